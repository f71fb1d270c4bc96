"""The key of a form as somebody has it open, signed: whose it is and of which table."""

import uuid
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from timeline.models import UnsavedForm

FIELD = "unsaved"  # in a form, and in the address of a form that is put back
_SIGNER = signing.Signer(salt="timeline.admin.unsaved")  # without the time: a form has one key as long as it is open
_NOT_TYPED = ("csrfmiddlewaretoken",)


@dataclass(frozen=True, slots=True)
class FormKey:
    key: uuid.UUID
    owner: int  # primary key of the account
    table: str  # as `timeline.event`

    def signed(self) -> str:
        return _SIGNER.sign_object([self.key.hex, self.owner, self.table])

    def store(self, path: str, typed: QueryDict) -> int:
        """Store what was typed into the form at this path of the desk; return the status (see `UnsavedFormManager.store`)."""
        if not path.startswith(reverse("admin:index")):
            return 409
        title = typed.get("title") or typed.get("name") or ""
        return UnsavedForm.objects.store(self.key, self.owner, self.table, path, title, _as_typed(typed))


def new_key(request: HttpRequest, table: str) -> FormKey:
    return FormKey(uuid.uuid4(), request.user.pk, table)


def key_of(unsaved: UnsavedForm) -> FormKey:
    return FormKey(unsaved.key, unsaved.owner_id, unsaved.table)


def read_key(signed: str) -> FormKey | None:
    """Return the key; None where we have not signed it."""
    try:
        key, owner, table = _SIGNER.unsign_object(signed)
    except signing.BadSignature:
        return None
    return FormKey(uuid.UUID(key), owner, table)


def put_back_address(path: str, key: FormKey) -> str:
    return f"{path}?{FIELD}={key.signed()}"


def list_address() -> str:
    return reverse("admin:unsaved-forms")


def _as_typed(typed: QueryDict) -> str:
    """Return the fields without buttons and passwords."""
    fields = QueryDict(mutable=True)
    for name, texts in typed.lists():
        if name not in _NOT_TYPED and not name.startswith("_") and "password" not in name.lower():
            fields.setlist(name, texts)
    return fields.urlencode()
