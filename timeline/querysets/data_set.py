from django.db.models import Exists, OuterRef

from .slugged import SluggedQuerySet


class DataSetQuerySet(SluggedQuerySet):
    def public(self):
        """Return data sets that a published event comes from."""
        events = self.model.events.rel.related_model.objects.public()
        return self.filter(Exists(events.filter(data_set=OuterRef("pk"))))

    def not_redistributable(self):
        """Return data sets whose licence forbids that their events leave the site."""
        return self.filter(redistributable=False)
