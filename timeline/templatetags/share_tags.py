"""What templates hand to other sites."""

import json

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

HARMLESS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}  # no text can end the element


@register.filter
def json_ld(data: dict) -> SafeString:
    """Return the element with this structured data. The browser runs nothing of it, so the content policy allows it."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False).translate(HARMLESS)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 (escaped above)
