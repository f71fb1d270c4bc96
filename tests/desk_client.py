"""How tests use the editors' desk: who works there, what a form holds, and what the tables hold."""

import re
from html.parser import HTMLParser

from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.contrib.messages import get_messages
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from timeline.admin.history_pages import MOMENT

MODELS = ("actor", "actoralias", "briefing", "briefingspeaker", "citation", "conflict", "event")
ROWS = ("eventrelation", "eventtype", "participation", "place", "placeexternalid")


def desk(name: str, *codenames: str) -> Client:
    """Return a member of staff with these permissions of the timeline, logged in."""
    user = User.objects.create_user(name, password=f"password of {name}", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="timeline", codename__in=codenames))
    client = Client()
    client.force_login(user)
    return client


def editor(name: str = "editor") -> Client:
    """Return an editor: enters, changes and deletes, and may not publish."""
    actions = ("view", "add", "change", "delete")
    return desk(name, *(f"{action}_{model}" for model in (*MODELS, *ROWS) for action in actions))


def reviewer(name: str = "reviewer") -> Client:
    client = editor(name)
    User.objects.get(username=name).user_permissions.add(Permission.objects.get(codename="publish_event"))
    return client


def member(role: str, name: str = "") -> Client:
    """Return one who has this role as the site comes with it, logged in."""
    client = desk(name or role.lower())
    User.objects.get(username=name or role.lower()).groups.set([Group.objects.get(name=role)])
    return client


# What `_Fields` reads of a page: to parse all of it would take a tenth of the time of the tests of the desk.
CONTROLS = re.compile(
    r"<textarea\b.*?</textarea>|<(?:input|select)\b[^>]*>|<option\b[^>]*\bselected\b[^>]*>|</select>", re.DOTALL
)


class _Fields(HTMLParser):
    """Reads what a browser would send from the main form of a page, buttons apart."""

    def __init__(self):
        super().__init__()
        self.data: dict[str, str] = {}
        self._textarea = self._select = ""

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name", "")
        if tag == "input" and attrs.get("type") not in ("submit", "checkbox"):
            self.data[name] = attrs.get("value") or ""
        elif tag == "textarea":
            self._textarea, self.data[name] = name, ""
        elif tag == "select":
            self._select = name
            self.data[name] = ""
        elif tag == "option" and self._select and "selected" in attrs:
            self.data[self._select] = attrs.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.data[self._textarea] = self.data[self._textarea].removeprefix("\n").replace("\n", "\r\n")
            self._textarea = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data):
        if self._textarea:
            self.data[self._textarea] += data


def fields(response) -> dict[str, str]:
    """Return the form as a browser would send it back."""
    parser = _Fields()
    parser.feed("".join(CONTROLS.findall(response.content.decode())))
    return {name: value for name, value in parser.data.items() if name and "__prefix__" not in name}


def send(client: Client, url: str, button: str = "_save", **changes):
    """Open the page at `url`, change these fields, press the button; return the answer. A new event happened, unless a
    field says otherwise: nothing is preset there."""
    page = client.get(url)
    assert page.status_code == 200, page
    typed = fields(page)
    if typed.get("actuality") == "":
        typed["actuality"] = "occurred"
    return client.post(url, typed | changes | {button: "1"})


def said(response) -> list[str]:
    """Return the messages that the answer left for the next page."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def errors(response) -> list[str]:
    """Return every error of a form that came back."""
    context_errors = response.context["errors"]  # of a field: its own list; of a set of rows: the words
    return [text for error in context_errors for text in ([error] if isinstance(error, str) else error)]


def rows() -> dict[str, list]:
    """Return every row of every table of the timeline, to compare before and after."""
    return {
        model._meta.db_table: list(model.objects.order_by("pk").values())
        for model in apps.get_app_config("timeline").get_models()
    }


def lines(prefix: str, *lines: dict, start: int = 0) -> dict[str, str]:
    """Return fields of lines added to the form, as the button "Add another" makes them."""
    data = {f"{prefix}-TOTAL_FORMS": str(start + len(lines))}
    for number, line in enumerate(lines, start):
        data |= {f"{prefix}-{number}-{name}": str(value) for name, value in line.items()}
    return data


def change(row: Model) -> str:
    """Return the address of the form of a row."""
    return reverse(f"admin:timeline_{row._meta.model_name}_change", args=[row.pk])


def opened(client: Client, row: Model) -> dict[str, str]:
    """Return the form of a row as somebody has it open."""
    return fields(client.get(change(row)))


def entries(client: Client, row: Model) -> list:
    """Return the entries of the history of a row, the newest first."""
    address = reverse(f"admin:timeline_{row._meta.model_name}_history", args=[row.pk])
    return client.get(address).context["page"].entries


def restore(client: Client, row: Model, entry: int = -1) -> str:
    """Return the address that the history offers for one of its entries; the first that was written, where none is named."""
    at = entries(client, row)[entry].at
    return f"{reverse(f'admin:timeline_{row._meta.model_name}_restore', args=[row.pk])}?at={at.strftime(MOMENT)}"
