from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Max

if TYPE_CHECKING:
    from timeline.models import EarlierText


class EarlierTextQuerySet(models.QuerySet["EarlierText"]):
    def once_public(self) -> Self:
        """Return the texts that the public could read."""
        return self.filter(was_public=True)

    def hashed(self, sha256: str) -> Self:
        """Return the texts with this SHA-256, in hexadecimal, the last first."""
        return self.filter(text_sha256=sha256).order_by("-number")

    def after(self, number: int) -> Self:
        """Return the texts that came after this one, the next first."""
        return self.filter(number__gt=number).order_by("number")

    def without_text(self) -> Self:
        """Return the texts with who recorded and who replaced them, without the long texts themselves."""
        return self.defer("text").select_related("recorded_by", "replaced_by")

    def archive(self, stored, replacing) -> None:
        """Keep the text of `stored`, the briefing as it was, that `replacing`, as it is now, has no more. Six queries.

        When and by whom it was recorded is read from the briefing's history; where there is none, it was when the briefing
        was, and by a command.
        """
        now = replacing.history.first()
        came = self.version_with_text(replacing, stored.text_sha256)
        last = self.filter(briefing=replacing).aggregate(last=Max("number"))["last"] or 0
        self.create(
            briefing=replacing,
            number=last + 1,
            text=stored.text,
            text_sha256=stored.text_sha256,
            captured_on=stored.captured_on,
            recorded_at=came.history_date if came else stored.recorded_at,
            recorded_by_id=came.history_user_id if came else None,
            replaced_at=now.history_date,
            replaced_by_id=now.history_user_id,
            was_public=stored.is_public,
        )

    def version_with_text(self, briefing, sha256: str):
        """Return the row of the history with which this text came, the last time it did; None: there is none."""
        rows = briefing.history.defer("text").order_by("-history_date", "-history_id")
        with_text = rows.filter(text_sha256=sha256)
        if (last := with_text.first()) is None:
            return None
        other = rows.exclude(text_sha256=sha256).filter(history_id__lt=last.history_id).first()
        return (with_text.filter(history_id__gt=other.history_id) if other else with_text).last()
