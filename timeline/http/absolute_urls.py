"""Addresses in full, as they stand in files and on other sites."""

from functools import cache

from django.conf import settings
from django.urls import reverse


def absolute_url(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


@cache
def _parts(name: str, site: str) -> tuple[str, str]:
    before, after = f"{site}{reverse(name, args=['-'])}".rsplit("/-/", 1)
    return f"{before}/", f"/{after}"


def absolute_page_url(name: str, key: str) -> str:
    """Return the address of a page that has one argument, in full."""
    before, after = url_around_key(name)
    return f"{before}{key}{after}"


def url_around_key(name: str) -> tuple[str, str]:
    """Return what stands before and after the argument in such an address: for very many of them."""
    return _parts(name, settings.SITE_URL)
