"""Addresses in full, as they stand in files and on other sites."""

from functools import cache

from django.conf import settings
from django.urls import reverse


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


@cache
def _parts(name: str, site: str) -> tuple[str, str]:
    before, after = f"{site}{reverse(name, args=['-'])}".rsplit("/-/", 1)
    return f"{before}/", f"/{after}"


def address_of(name: str, key: str) -> str:
    """Return the address of a page that has one argument, in full; quick where there are very many."""
    before, after = _parts(name, settings.SITE_URL)
    return f"{before}{key}{after}"
