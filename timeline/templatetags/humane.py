"""Words of the import pages."""

from django import template

register = template.Library()


@register.filter
def grouped(number) -> str:
    """Return a whole number with its thousands apart."""
    return f"{number:,}" if isinstance(number, int) else str(number)


@register.filter
def any_near(names: list[dict]) -> bool:
    """Return whether something known is called nearly like one of these."""
    return any(one["near"] for one in names)
