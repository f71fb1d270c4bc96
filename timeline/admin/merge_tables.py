"""What is compared, taken over and offered when two rows of each table are merged."""

from django.db.models import Q

from timeline.merging import ActorMerge, BriefingMerge, EventMerge, PlaceMerge
from timeline.merging.merge_briefings import TAKEABLE_BRIEFING_FIELDS
from timeline.merging.merge_events import TAKEABLE_FIELDS
from timeline.merging.merge_places import TAKEABLE_PLACE_FIELDS

from .merge_pages import MergePages

NEAR = 50.0  # km within which places are offered to be merged


class EventMergePages(MergePages):
    merge_class = EventMerge
    merge_choices = TAKEABLE_FIELDS
    merge_fields = (
        *("title", "status", "summary", "event_type", "actuality", "conflict", "place", "place_precision"),
        *("date_as_stated", "edtf", "date_note", "time_of_day", "time_zone"),
        *("deaths_low", "deaths_best", "deaths_high", "value_note"),
    )

    def merge_candidates(self, row):
        actors = row.participations.values_list("actor", flat=True)
        return self.model.objects.possible_duplicates(row.event_type_id, row.start_earliest, row.end_latest, actors)


class ActorMergePages(MergePages):
    merge_class = ActorMerge
    merge_fields = ("name", "slug", "kind", "parent", "country", "description")

    def merge_candidates(self, row):
        return self.model.objects.named_like(row.name)


class PlaceMergePages(MergePages):
    merge_class = PlaceMerge
    merge_choices = TAKEABLE_PLACE_FIELDS
    merge_fields = ("name", "slug", "country", "latitude", "longitude", "parent", "description")

    def merge_candidates(self, row):
        """Return places near by, and those of the same name wherever they are."""
        near = [place.pk for _, place in self.model.objects.near(row.point, NEAR)] if row.point else []
        return self.model.objects.filter(Q(pk__in=near) | Q(name__iexact=row.name))


class BriefingMergePages(MergePages):
    merge_class = BriefingMerge
    merge_choices = TAKEABLE_BRIEFING_FIELDS
    merge_fields = ("title", "slug", "status", "kind", "publisher", "origin", "published_on", "published_within")
    merge_fields += ("captured_on", "url", "further_urls", "archive_url", "language", "rights", "text_sha256")

    def merge_candidates(self, row):
        """Return sources with one of its addresses or its text, and those of its publisher and day or headline."""
        urls = [row.url or row.archive_url, *row.further_urls.splitlines()]
        same_day = Q(published_on=row.published_on, published_on__isnull=False)
        near = self.model.objects.published_by(row.publisher_id).filter(same_day | Q(title__iexact=row.title))
        same = self.model.objects.same_document(urls, row.text_sha256)
        return self.model.objects.filter(
            Q(pk__in=same.order_by().values("pk")) | Q(pk__in=near.order_by().values("pk"))
        )
