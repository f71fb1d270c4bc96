"""Words of the import pages."""

from django import template

register = template.Library()


@register.filter
def grouped(number) -> str:
    """Return a whole number with its thousands apart."""
    return f"{number:,}" if isinstance(number, int) else str(number)


@register.filter
def near(offers: list) -> list:
    """Return those that something known is called nearly like."""
    return [one for one in offers if one.near]


@register.filter
def unlike(offers: list) -> list:
    """Return those that nothing known is called like."""
    return [one for one in offers if not one.near]
