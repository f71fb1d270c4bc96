"""A line for each sign-in and each change of what an account may do. Accounts are named by their number: what is typed in the
field of the name may be a password."""

import logging

from django.contrib.auth.models import Group, User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_delete, post_init, post_save

from timeline.absolute_urls import client_address

logger = logging.getLogger(__name__)

WATCHED = ("is_active", "is_staff", "is_superuser", "password")


def watch() -> None:
    """Log from now on. Called once, when the apps are loaded."""
    user_logged_in.connect(_signed_in)
    user_logged_out.connect(_signed_out)
    user_login_failed.connect(_refused)
    post_init.connect(_remember, sender=User)
    post_save.connect(_account_saved, sender=User)
    post_delete.connect(_account_deleted, sender=User)
    for through in (User.groups.through, User.user_permissions.through, Group.permissions.through):
        m2m_changed.connect(_rights_changed, sender=through)


def _log(what: str, account: int | None, **fields) -> None:
    rest = "".join(f", {name} {value}" for name, value in fields.items())
    logger.info("%s: account %s%s", what, account, rest, extra={"fields": {"account": account, **fields}})


def _address(request) -> str:
    return client_address(request) if request else "unknown"


def _signed_in(sender, request, user, **kwargs) -> None:
    _log("signed in", user.pk, address=_address(request))


def _signed_out(sender, request, user, **kwargs) -> None:
    if user:
        _log("signed out", user.pk, address=_address(request))


def _refused(sender, request=None, **kwargs) -> None:
    logger.warning("sign-in refused: from %s", _address(request), extra={"fields": {"address": _address(request)}})


def _remember(sender, instance: User, **kwargs) -> None:
    loaded = instance.__dict__
    instance.watched = {name: loaded.get(name) for name in WATCHED}


def _account_saved(sender, instance: User, created: bool, **kwargs) -> None:
    changed = [name for name in WATCHED if getattr(instance, name) != instance.watched.get(name)]
    if created:
        _log("account made", instance.pk, superuser=instance.is_superuser)
    elif changed:
        fields = {name: "changed" if name == "password" else getattr(instance, name) for name in changed}
        _log("account changed", instance.pk, **fields)
    _remember(sender, instance)


def _account_deleted(sender, instance: User, **kwargs) -> None:
    _log("account deleted", instance.pk)


def _rights_changed(sender, instance, action: str, pk_set: set | None, model, **kwargs) -> None:
    if action.startswith("post_"):
        kind, keys = model._meta.verbose_name, sorted(pk_set or ()) or "all"
        owner = "account" if isinstance(instance, User) else "group"
        logger.info(
            "rights changed: %s %s, %s %s %s",
            *(owner, instance.pk, action.removeprefix("post_"), kind, keys),
            extra={"fields": {owner: instance.pk, "action": action.removeprefix("post_"), str(kind): keys}},
        )
