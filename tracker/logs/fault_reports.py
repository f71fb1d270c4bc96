"""Reports of faults to Sentry, or to what speaks its protocol, at the address in SENTRY_DSN."""

from django.core.exceptions import ImproperlyConfigured

from tracker.logs.lines import without_values

KEPT_HEADERS = {"Host", "User-Agent", "X-Request-Id"}


def report_to(address: str, **options) -> None:
    """Report unhandled faults from now on; nothing without an address. `options`: of sentry_sdk.init.

    Raises ImproperlyConfigured where the library is not installed: it is not among the requirements.
    """
    if not address:
        return
    try:
        import sentry_sdk
    except ImportError as error:
        raise ImproperlyConfigured("SENTRY_DSN is set: run pip install sentry-sdk, or remove the setting.") from error
    sentry_sdk.init(
        address,
        include_local_variables=False,  # they hold what was entered
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_send=without_entries,
        **options,
    )


def without_entries(event: dict, hint: dict) -> dict:
    """Return a report without what was entered: no query, form, cookie or value of a row."""
    request = event.get("request", {})
    for name in ("query_string", "data", "cookies", "env"):
        request.pop(name, None)
    request["url"] = request.get("url", "").partition("?")[0]
    request["headers"] = {name: value for name, value in request.get("headers", {}).items() if name in KEPT_HEADERS}
    for exception in event.get("exception", {}).get("values", ()):
        exception["value"] = without_values(exception.get("value") or "")
    return event
