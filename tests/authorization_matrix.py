"""The authorization matrix: who may do what at each address, declared in `authorization.csv` and checked by
`test_authorization.py`, which for an undeclared address prints the lines to add.

`name@case` is of a row in another state (see `World.cases`). An address with an argument that `World.arguments` cannot fill
needs a line there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from tests import make
from timeline.admin.selection.selected_words import Selection, signed_part
from timeline.imports.briefings.document import Received
from timeline.imports.briefings.originals import keep_original
from timeline.models import (
    Citation,
    DataSet,
    Event,
    EventType,
    ImportBatch,
    ImportUpload,
    PendingChange,
    Preset,
    Redaction,
    Release,
)
from timeline.models.original import Way
from timeline.models.preset import PresetKind

from .authorization import IDENTITIES, METHODS, REFUSED, written
from .clients import let_go
from .desk_client import member

QUERIES = {  # what an address says nothing without
    "admin:autocomplete": "?app_label=timeline&model_name=participation&field_name=actor&term=a",
    "compare": "?a=&b=",
    "oembed": "?url=http://testserver/events/{public_id}/",
} | {
    f"admin:timeline_{table}_restore": "?at=2100-01-01T00:00:00.000000Z"
    for table in ("actor", "briefing", "citation", "conflict", "dataset", "event", "eventtype", "place")
}
LOGIN = "/admin/login/"


@dataclass(frozen=True, slots=True)
class Address:
    name: str
    route: str
    pattern: URLPattern
    prefix: str

    @property
    def key(self) -> str:
        return self.route if not self.name or self.name.endswith(":") else self.name


def addresses() -> Iterator[Address]:
    """Yield every address of the site, as the resolver holds them."""
    yield from _walk(get_resolver(), "", "")


def _walk(resolver, namespace: str, route: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = f"{route}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield Address(f"{namespace}{pattern.name or ''}", here, pattern, route)
        else:
            yield from _walk(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace, here)


@dataclass
class World:
    """A few rows of each kind, and what stands for each argument of an address."""

    clients: dict[str, Client] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._make_rows()
        for identity in IDENTITIES[1:]:
            self.clients[identity], self.users[identity] = _identity(identity)
        self.clients["anonymous"] = Client()
        self.uploads = {identity: self._upload(user) for identity, user in self.users.items()}

    def _make_rows(self) -> None:
        self.place, self.conflict = make.place(), make.conflict()
        self.actor, self.briefing = make.actor(), make.briefing("MS PORTER: The ceasefire holds. Talks go on.")
        self.briefing.text = "MS PORTER: The ceasefire holds. Troops moved. Talks go on."
        self.briefing.save()
        self.original = keep_original(self.briefing, Received(b"Words", "text"), Way.PASTED)
        self.event, self.waiting = make.event(), make.event()
        for event in (self.event, self.waiting):
            make.citation(event, self.briefing, quote="Troops moved.")
            make.participation(event, self.actor)
        self.waiting.submit()
        self.public_briefing = make.briefing("MS PORTER: The ceasefire holds.")
        self.published = make.published(
            briefing=self.public_briefing,
            place=self.place,
            conflict=self.conflict,
            cited={"quote": "The ceasefire holds."},
        )
        self.public_actor = make.participation(self.published).actor
        self.withdrawn = make.published()
        self.withdrawn.withdraw("A mistake")
        self.change = PendingChange.objects.create(event=self.published, reason="The day is wrong.")
        self.hidden = make.briefing(status="draft")
        self.colleague = User.objects.create_user("colleague", is_staff=True)
        template = {
            "kind": PresetKind.TEMPLATE,
            "table": "timeline.event",
            "name": "Calls",
            "values": "type=phone-call",
        }
        self.preset = Preset.objects.create(owner=self.colleague, **template)
        self.group = Group.objects.create(name="Translators")
        terms = {"name": "Zembla events", "licence": "CC BY 4.0", "attribution": "Zembla, 2022"}
        self.data_set = DataSet.objects.create(slug="zembla", **terms)
        package = {"package": b"PK", "sha256": "0" * 64, "size": 2}
        Release.objects.create(number=1, at=timezone.now(), revision=1, event_count=1, **package)
        self.redaction = Redaction.objects.create(act="erase", reason="Danger", at=timezone.now())
        self.batch = ImportBatch.objects.create(
            format="csv", file_name="a.csv", sha256="0" * 64, rows=0, data_set=self.data_set, at=timezone.now()
        )

    def _upload(self, user: User) -> ImportUpload:
        """Return a file that this person sent and that was refused."""
        return ImportUpload.objects.create(
            format="csv", file_name="a.csv", path="nowhere/a.csv", by=user, state="failed"
        )

    def cases(self, case: str) -> dict:
        """Return the arguments that a case changes: the row is in another state."""
        return {
            "": {},
            "review": {"event_id": self.waiting.pk, "event": self.waiting.pk},
            "published": {"event_id": self.published.pk, "event": self.published.pk}
            | {
                "briefing_id": self.public_briefing.pk,
                "briefing": self.public_briefing.pk,
                "actor": self.public_actor.pk,
            },
            "withdrawn": {
                "event_id": self.withdrawn.pk,
                "event": self.withdrawn.pk,
                "public_id": self.withdrawn.public_id,
            },
            "draft": {"public_id": self.event.public_id},
            "hidden": {"slug": self.hidden.slug},
        }[case]

    def arguments(self, address: Address, identity: str) -> dict[str, object]:
        """Return what stands for each argument of any address; those in angle brackets of its route are taken."""
        words = Selection(self.briefing, *_span(self.briefing.text, "Talks go on."))
        return {
            "event_id": self.event.pk,
            "briefing_id": self.briefing.pk,
            "change_id": self.change.pk,
            "preset_id": self.preset.pk,
            "original_id": self.original.pk,
            "number": self._number(address, identity),
            "public_id": self.published.public_id,
            "slug": self._slugs().get(address.name.partition("-")[0], ""),
            "key": self._key(address),
            "section": "events",
            "rest": "nowhere/",
            "page": "dates-and-quotes",
            "file": "desk-date.png",
            "sha256": self.briefing.earlier_texts.get().text_sha256,
            "other": self.briefing.text_sha256,
            "name": "events.csv" if "/template/" in address.route else "actor",
            "extension": "json",
            "id": self.colleague.pk,
            "content_type_id": ContentType.objects.get_for_model(Event).pk,
            "app_label": "timeline",
            "url": "nowhere",
            "part": signed_part(words, self.users.get(identity, self.colleague)),
        } | self._rows()

    def _number(self, address: Address, identity: str) -> int:
        """Return the number of an import, of an upload of this person, or of an earlier text."""
        if "/uploads/" in address.route:
            return self.uploads.get(identity, self.uploads["superuser"]).pk
        numbers = {"importbatch": self.batch.pk, "redaction": self.redaction.pk}
        return next((number for table, number in numbers.items() if f"/{table}/" in address.route), 1)

    def _key(self, address: Address) -> str:
        """Return what names a row in an address of the API."""
        name = address.name.removeprefix("api-")
        return self.published.public_id if name == "event" else self._slugs().get(name, "")

    def _slugs(self) -> dict[str, str]:
        """Return the slug for an address, by the first word of its name."""
        return {
            "actor": self.public_actor.slug,
            "briefing": self.briefing.slug,
            "conflict": self.conflict.slug,
            "facet": "actor",
            "place": self.place.slug,
        }

    def _rows(self) -> dict[str, object]:
        """Return the row that stands for `object_id`, by the name of its table in the route."""
        return {
            "actor": self.actor.pk,
            "briefing": self.briefing.pk,
            "citation": Citation.objects.filter(event=self.event).get().pk,
            "conflict": self.conflict.pk,
            "dataset": self.data_set.pk,
            "event": self.event.pk,
            "importbatch": self.batch.pk,
            "eventtype": EventType.objects.get(slug="other").pk,
            "place": self.place.pk,
            "user": self.colleague.pk,
            "group": self.group.pk,
        }

    def path(self, address: Address, identity: str, case: str = "") -> str:
        """Return the path that this identity asks for."""
        values = self.arguments(address, identity) | self.cases(case)
        table = address.route.split("/")[2] if address.route.count("/") > 2 else ""
        values["object_id"] = values["row_id"] = values.get(table, self.published.pk)
        return "/" + _filled(address.route, values) + QUERIES.get(address.name, "").format(**values)

    def ask(self, path: str, method: str, identity: str) -> int:
        client = self.clients[identity]
        cookies = client.cookies.copy()
        try:
            return _status(client.generic(method, path))
        finally:
            client.cookies = cookies


def _identity(identity: str) -> tuple[Client, User]:
    if identity == "superuser":
        user, client = User.objects.create_superuser("superuser"), Client()
        client.force_login(user)
        return client, user
    if identity == "staff":
        user, client = User.objects.create_user("staff", is_staff=True), Client()
        client.force_login(user)
        return client, user
    client = member(identity.title(), identity)
    return client, User.objects.get(username=identity)


def _span(text: str, words: str) -> tuple[int, int]:
    at = text.index(words)
    return at, at + len(words)


def _filled(route: str, values: dict) -> str:
    """Return the route with every argument filled in. Raises KeyError for one that `World.arguments` does not know."""
    route = route.replace("^(?P<app_label>timeline|auth)/$", "<app_label>/").replace("(?P<url>.*)$", "<url>")
    route = route.replace("^(?P<rest>(?s:.*/))?$", "<rest>")
    filled, rest = "", route
    while "<" in rest:
        before, _, rest = rest.partition("<")
        argument, _, rest = rest.partition(">")
        filled += before + str(values[argument.rpartition(":")[2]])
    return filled + rest


def _status(answer) -> int:
    """Return the status; 401 stands for being sent to sign in. An export that nobody reads to its end is ended."""
    let_go(answer)
    return 401 if answer.status_code == 302 and answer.url.startswith(LOGIN) else answer.status_code


def observed(world: World, address: Address, case: str = "") -> list[str]:
    """Return the lines for this address as the site answers now, its refusals apart; what is written is taken back."""
    name = f"{address.key}@{case}" if case else address.key
    alike: dict[tuple[int, ...], list[str]] = {}  # statuses -> methods that are answered so
    for method in METHODS:
        statuses = tuple(_undone(world, address, case, method, identity) for identity in IDENTITIES)
        alike.setdefault(statuses, []).append(method)
    return [written(name, tuple(methods), list(statuses)) for statuses, methods in alike.items() if statuses != REFUSED]


def _undone(world: World, address: Address, case: str, method: str, identity: str) -> int:
    with transaction.atomic():
        status = world.ask(world.path(address, identity, case), method, identity)
        transaction.set_rollback(True)
    return status
