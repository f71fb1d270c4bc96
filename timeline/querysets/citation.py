import datetime as dt

from django.db import models, transaction

from .revised import EventRowQuerySet


class CitationQuerySet(EventRowQuerySet):
    def get_by_natural_key(self, public_id: str) -> models.Model:
        return self.get(public_id=public_id)

    def public_source(self):
        """Return citations of briefings that the public can read."""
        return self.filter(briefing__status="published")

    def public(self):
        """Return citations that the public can see: of a published event, in a published briefing."""
        return self.public_source().filter(event__status="published")

    def known_by(self, day: dt.date):
        """Return what briefings published on that day or before had said; undated briefings had said nothing yet."""
        return self.filter(briefing__published_on__lte=day)

    def supporting(self):
        """Return citations that speak for their event; denials and disputes speak about it."""
        return self.exclude(act__in=["denies", "disputes"])

    def holding(self):
        """Return citations that can be checked: quote in the stored text, or no text but an address."""
        has_address = ~models.Q(briefing__url="")
        return self.filter(models.Q(state__in=["verified", "moved"]) | (models.Q(state="no_text") & has_address))

    def with_source(self):
        """Return citations with briefing, publisher and speaker, without the briefing's long text. No further query."""
        return self.select_related("briefing__publisher", "speaker").defer("briefing__text")

    def in_text(self):
        """Return citations as their words follow each other, the longer first; those without a place come last."""
        return self.order_by(models.F("start").asc(nulls_last=True), models.F("end").desc(), "position", "pk")

    def with_event(self):
        """Return citations with their event, its type, and the speaker. No further query."""
        return self.select_related("event__event_type", "speaker")

    @transaction.atomic
    def delete(self):
        """Delete, and take the evidence from the events."""
        events = self.model._meta.get_field("event").related_model
        touched = list(self.values_list("event", flat=True))
        deleted = super().delete()
        events.objects.filter(pk__in=touched).refresh_evidence()
        return deleted

    delete.queryset_only = True  # as Django's own: never `Citation.objects.delete()`
