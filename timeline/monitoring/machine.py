"""Whether a machine is set up for the site: each finding that is not well says how to put it right."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from timeline.site_identity import site_identity

from .checks import Finding, check_backup, check_disk, check_migrations


def check_secret() -> Finding:
    is_well = len(settings.SECRET_KEY) >= 50 and (settings.PRODUCTION or bool(os.environ.get("SECRET_KEY")))
    words = (
        "a secret that stays is set" if is_well else "set SECRET_KEY in .env to what python -m tracker.new_key prints"
    )
    return Finding("secret", is_well, words)


def check_env_file() -> Finding:
    path = settings.BASE_DIR / ".env"
    if not path.exists():
        return Finding("env file", True, "there is none: the settings come from the environment")
    mode = stat.S_IMODE(path.stat().st_mode)
    words = ".env is readable by its owner and group alone" if not mode & 0o007 else f"chmod 600 {path}: it is {mode:o}"
    return Finding("env file", not mode & 0o007, words)


def check_address() -> Finding:
    host = urlsplit(settings.SITE_URL).hostname or ""
    if settings.DEBUG:
        return Finding("address", False, "remove DEBUG from .env: error pages would show settings")
    if not settings.PRODUCTION:
        return Finding("address", False, "set SITE_URL to the https:// address of the site")
    if host not in settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        return Finding("address", False, f"set ALLOWED_HOSTS={host}: the site refuses its own name")
    if not settings.BEHIND_PROXY:
        return Finding("address", False, "set BEHIND_PROXY=on: the proxy that has the certificate is not believed")
    return Finding("address", True, f"{settings.SITE_URL}, behind a proxy")


def check_folders() -> Finding:
    named = {"IMPORT_DIR": settings.IMPORT_DIR, "BACKUP_DIR": settings.BACKUP_DIR}
    if connection.vendor == "sqlite":
        named["the folder of DATABASE_URL"] = str(Path(connection.settings_dict["NAME"]).parent)
    wrong = [f"{name} ({path})" for name, path in named.items() if path and not _can_be_written(Path(path))]
    words = f"cannot be written by {os.geteuid()}: {', '.join(wrong)}" if wrong else "all can be written"
    return Finding("folders", not wrong, words)


def _can_be_written(path: Path) -> bool:
    """Return whether files can be made there, or the folder itself can."""
    while not path.exists():
        path = path.parent
    return os.access(path, os.W_OK | os.X_OK)


def check_static_files() -> Finding:
    is_well = not settings.PRODUCTION or (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
    words = "they are there" if is_well else "run manage.py collectstatic --noinput: pages would have no styles"
    return Finding("static files", is_well, words)


def check_user() -> Finding:
    is_well = os.geteuid() != 0
    return Finding(
        "user", is_well, "not root" if is_well else "run the site and its commands as a user of its own, not root"
    )


def check_identity() -> Finding:
    missing = site_identity().missing
    words = f"set {', '.join(missing)} in .env: readers cannot see who publishes the site, how to write to them, or on what terms"
    return Finding("who and how", not missing, words if missing else "owner, contact and licence are set")


CHECKS: tuple[Callable[[], Finding], ...] = (
    check_user,
    check_secret,
    check_env_file,
    check_address,
    check_identity,
    check_folders,
    check_static_files,
    check_migrations,
    check_disk,
    check_backup,
)


def machine_findings() -> Iterator[Finding]:
    for check in CHECKS:
        yield check()
