"""Where a page begins, as a text that only this site can make, and that is good for one list alone."""

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer

SALT = "timeline.api.cursor"


def sign_cursor(scope: str, *place: Any) -> str:
    """Return the cursor of a place: values that JSON knows. `scope` names the list: resource, filter and order."""
    return Signer(salt=SALT).sign_object([_digest(scope), *place], compress=True)


def read_cursor(scope: str, cursor: str) -> list:
    """Return the place. Raises ValidationError where the cursor is not ours, or another list's."""
    try:
        digest, *place = Signer(salt=SALT).unsign_object(cursor)
    except BadSignature:
        raise ValidationError({"cursor": ["This is no cursor of this site. Start from the first page."]}) from None
    if digest != _digest(scope):
        words = "This cursor belongs to other parameters. Keep those of the first page, or start from it."
        raise ValidationError({"cursor": [words]})
    return place


def _digest(scope: str) -> str:
    return hashlib.sha256(scope.encode()).hexdigest()[:16]
