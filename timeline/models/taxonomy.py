from django.db import models, transaction
from django.urls import reverse

from timeline.database.transactions import take_write_lock
from timeline.evidence.support import Claim
from timeline.querysets import ConflictQuerySet, VersionedQuerySet
from timeline.text.search_words import index_words

from .history_field import History
from .validators import choice_constraint, clean_constraint, length_constraint, one_line, plain_text, with_derived


class Category(models.TextChoices):
    """The groups of event types. Each has a colour, a shape and a letter, so there are never more than eight."""

    AGREEMENT = "agreement", "Ceasefire & agreement"
    TALKS = "talks", "Talks & mediation"
    CALL = "call", "Call"
    STATEMENT = "statement", "Statement & appeal"
    TROOPS = "troops", "Troop movement"
    CLASH = "clash", "Clash & strike"
    HUMANITARIAN = "humanitarian", "Humanitarian"
    OTHER = "other", "Other"

    @property
    def letter(self) -> str:
        """Return the letter that is on the category's shape."""
        return {"talks": "M", "clash": "X"}.get(self.value, self.label[0] if self.value != "agreement" else "A")


class Quad(models.IntegerChoices):
    """PLOVER's four groups. Source: PLOVER manual 0.8, SANCTION counted as material conflict as its section says."""

    VERBAL_COOPERATION = 1, "verbal cooperation"
    MATERIAL_COOPERATION = 2, "material cooperation"
    VERBAL_CONFLICT = 3, "verbal conflict"
    MATERIAL_CONFLICT = 4, "material conflict"


_VersionedManager = models.Manager.from_queryset(VersionedQuerySet)


class EventTypeManager(_VersionedManager["EventType"]):
    def get_by_natural_key(self, slug: str) -> "EventType":
        return self.get(slug=slug)

    def in_category(self, category: str) -> models.QuerySet:
        return self.filter(category=category)


EXPLAINED = ("description", "include", "exclude", "boundary", "example", "counter_example")


class EventType(models.Model):
    """A kind of event. Editable; each is mapped to PLOVER where PLOVER has a word for it."""

    slug = models.SlugField(
        max_length=50, unique=True, help_text="Part of web addresses and exports; do not change it."
    )
    name = models.CharField(max_length=80, validators=[one_line])
    category = models.CharField(max_length=12, choices=Category)
    claim = models.CharField(
        max_length=12,
        choices=Claim,
        default=Claim.DEED,
        help_text="What an event of this type claims: that something was done, or that it was said. Decides which act supports it.",
    )
    description = models.TextField("definition", blank=True, max_length=500, validators=[plain_text])
    include = models.TextField(blank=True, max_length=500, validators=[plain_text], help_text="What belongs to it.")
    exclude = models.TextField(blank=True, max_length=500, validators=[plain_text], help_text="What does not.")
    boundary = models.TextField(
        blank=True, max_length=500, validators=[plain_text], help_text="How it is told from its neighbours."
    )
    example = models.TextField(blank=True, max_length=500, validators=[plain_text])
    counter_example = models.TextField(blank=True, max_length=500, validators=[plain_text])
    plover_event = models.CharField(
        "PLOVER event", max_length=12, blank=True, help_text="Like CONSULT. Leave empty if PLOVER has no word for it."
    )
    plover_mode = models.CharField("PLOVER mode", max_length=20, blank=True, help_text="Like phone. May be empty.")
    quad = models.PositiveSmallIntegerField(
        "PLOVER quad", choices=Quad, null=True, blank=True, help_text="Empty where PLOVER has no event for it."
    )
    synonyms = models.CharField(
        max_length=500,
        blank=True,
        default="",
        db_default="",
        validators=[one_line],
        help_text="Words by which coders look for it, with commas between: attack, shelling. Readers do not see them.",
    )
    search_text = models.TextField(editable=False, default="")  # the name, as searched
    # The name and the synonyms, as searched at the desk
    known_as = models.TextField(editable=False, default="", db_default="")

    history = History(excluded_fields=["search_text", "known_as"])
    objects = EventTypeManager()

    class Meta:
        ordering = ["category", "name"]
        constraints = [
            choice_constraint("category", Category),
            choice_constraint("claim", Claim),
            length_constraint("name", 80),
            clean_constraint("name", "synonyms", lines=EXPLAINED),
        ]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        """Save; where it claims something else than before, derive again what supports its events."""
        take_write_lock()
        before = type(self).objects.filter(pk=self.pk).values_list("claim", flat=True).first()
        self.search_text, self.known_as = index_words(self.name), index_words(self.name, *self.synonyms.split(","))
        super().save(*args, **with_derived(kwargs, "search_text", "known_as"))
        if before not in (None, self.claim):
            events = self.events.all()
            events.refresh_support()
            events.refresh_evidence()
            events.update(event_type=self)  # so that each counts as changed

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Conflict(models.Model):
    """The conflict an event belongs to. An event may stand alone."""

    slug = models.SlugField(
        max_length=80, unique=True, help_text="Part of the web address; do not change it after publication."
    )
    name = models.CharField(max_length=300, validators=[one_line])
    description = models.TextField(blank=True, max_length=2000, validators=[plain_text])
    search_text = models.TextField(editable=False, default="")  # the name, as searched

    history = History(excluded_fields=["search_text"])
    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [length_constraint("name", 300), clean_constraint("name", lines=("description",))]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("conflict-detail", args=[self.slug])

    def save(self, *args, **kwargs) -> None:
        self.search_text = index_words(self.name)
        super().save(*args, **with_derived(kwargs, "search_text"))
