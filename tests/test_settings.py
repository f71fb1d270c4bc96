import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PRINTED = [
    "ALLOWED_HOSTS",
    "CSRF_COOKIE_SECURE",
    "CSRF_TRUSTED_ORIGINS",
    "DEBUG",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "SECURE_HSTS_SECONDS",
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SECURE",
    "SITE_URL",
]
PRINT = (
    "import json; from tracker import settings;"
    f"print(json.dumps({{name: getattr(settings, name) for name in {PRINTED}}}"
    " | {'key': len(settings.SECRET_KEY), 'proxy': hasattr(settings, 'SECURE_PROXY_SSL_HEADER')}))"
)
CLEAN = {name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")}


@cache
def run(code: str, *environment: tuple[str, str]) -> subprocess.CompletedProcess:
    """Run Python with this environment and nothing else of ours; what a `.env` may say is overruled."""
    given = CLEAN | {"SITE_URL": "http://127.0.0.1:8000", "SECRET_KEY": "", "DEBUG": "no", **dict(environment)}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True)  # noqa: S603 (our own code)


def settings_with(**environment: str) -> dict:
    done = run(PRINT, *environment.items())
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def https(**environment: str) -> dict:
    return settings_with(SITE_URL="https://tracker.example/", SECRET_KEY="k" * 50, **environment)


def test_settings_without_anything_serve_this_machine():
    assert settings_with() == {
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
        "CSRF_COOKIE_SECURE": False,
        "CSRF_TRUSTED_ORIGINS": [],
        "DEBUG": False,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": False,
        "SECURE_HSTS_PRELOAD": False,
        "SECURE_HSTS_SECONDS": 0,
        "SECURE_SSL_REDIRECT": False,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SECURE": False,
        "SITE_URL": "http://127.0.0.1:8000",
        "key": 50,
        "proxy": False,
    }


def test_settings_of_an_https_site_guard_cookies_and_transport():
    assert https(ALLOWED_HOSTS="tracker.example") == {
        "ALLOWED_HOSTS": ["tracker.example"],
        "CSRF_COOKIE_SECURE": True,
        "CSRF_TRUSTED_ORIGINS": ["https://tracker.example"],
        "DEBUG": False,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_HSTS_PRELOAD": True,
        "SECURE_HSTS_SECONDS": 31536000,
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SECURE": True,
        "SITE_URL": "https://tracker.example",
        "key": 50,
        "proxy": False,
    }


@pytest.mark.parametrize("address", ["https://tracker.example", "HTTPS://tracker.example"])
def test_settings_of_an_https_site_need_a_secret_key(address):
    done = run(PRINT, ("SITE_URL", address))

    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        1,
        "django.core.exceptions.ImproperlyConfigured: "
        "Set SECRET_KEY: a site with an https SITE_URL needs a secret that stays.",
    )


def test_settings_believe_a_proxy_only_where_told():
    assert https(BEHIND_PROXY="yes")["proxy"] is True


def test_new_key_has_64_letters_and_digits():
    done = run("import runpy; runpy.run_module('tracker.new_key', run_name='__main__')")

    assert (len(done.stdout.strip()), done.stdout.strip().isalnum()) == (64, True)


def test_policy_allows_own_files_only(settings):
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert {name: [str(source) for source in sources] for name, sources in policy.items()} == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/admin/login/", "/nowhere/"])
def test_policy_is_sent_with_every_page(client, address):
    headers = client.get(address).headers

    assert set(headers["Content-Security-Policy"].split("; ")) == {
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    }
    assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == (
        "DENY",
        "nosniff",
        "same-origin",
    )


def test_order_of_the_first_page_is_one_of_the_filter():
    done = run(PRINT, ("FIRST_PAGE_ORDER", "newest"))

    assert done.stderr.strip().endswith("FIRST_PAGE_ORDER has to be date, -date, -published or -recorded.")
