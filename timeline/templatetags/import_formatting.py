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
    return [offer for offer in offers if offer.near]


@register.filter
def unlike(offers: list) -> list:
    """Return those that nothing known is called like."""
    return [offer for offer in offers if not offer.near]
