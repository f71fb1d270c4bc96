"""Payloads sent through the forms of the desk and of readers, as a browser sends them: each into every text field that a form has."""

import re
import urllib.parse
from collections.abc import Iterator
from html.parser import HTMLParser

from tests.trust.faults import Desk

Fields = dict[str, str]
SKIPPED = (  # what has a form of its own: a payload in it is refused, and shown again (see FormSender.send_refused)
    "slug",
    "url",
    "country",
    "language",
    "time_zone",
    "edtf",
    "published_",
    "captured_on",
    "coordinates",
    "latitude",
    "longitude",
    "plover",
)
TABLES = ("actor", "place", "conflict", "eventtype", "dataset", "briefing", "event")
BESIDE = {"/admin/timeline/redaction/add/": "", "/admin/auth/user/add/": "user_form"}  # forms, by their id
ROWS = {"actor": ("aliases",), "briefing": ("speakers",), "event": ("participations", "citations")}  # of inline tables
LABEL = "MS PORTER"


class FormFields(HTMLParser):
    """The fields of one form of a page, by its id, else its class, with what a browser would send; of a required choice the first."""

    def __init__(self, page: str, form: str):
        super().__init__()
        self.form, self.inside, self.sent, self.texts = form, False, Fields(), dict[str, int]()
        self.select, self.is_required, self.area = "", False, ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.inside = self.form == (given.get("id") or given.get("class", ""))
        name, kind = given.get("name", ""), given.get("type", "text")
        if not self.inside or not name and tag != "option":
            return
        if tag == "textarea" or (tag == "input" and kind == "text"):
            self.texts[name] = int(given.get("maxlength") or 5_000)
        if tag == "textarea":
            self.area, self.sent[name] = name, ""
        elif tag == "input" and kind in ("text", "hidden", "number", "time"):
            self.sent[name] = given.get("value", "")
        elif tag == "select":
            self.select, self.is_required = name, "required" in given
            self.sent |= {} if "multiple" in given else {name: ""}
        elif tag == "option" and given.get("value") and ("selected" in given or self._lacks_choice()):
            self.sent[self.select] = given["value"]

    def _lacks_choice(self) -> bool:
        return self.is_required and not self.sent.get(self.select)

    def handle_data(self, data: str) -> None:
        if self.area:
            self.sent[self.area] += data.removeprefix("\r\n").removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        self.area = "" if tag == "textarea" else self.area
        self.inside = self.inside and tag != "form"


class FormSender:
    """Somebody who adds a row of each kind with a payload."""

    def __init__(self, desk: Desk):
        self.desk, self.values, self.refused = desk, 0, list[str]()

    def send_all(self, payloads: list[str]) -> None:
        for number, payload in enumerate(payloads):
            made: Fields = {}
            for table in TABLES:
                made[table] = self.add(table, number, payload, made)
            self.send(f"/admin/timeline/event/{made['event']}/discussion/", "", payload)
            self.send("/admin/auth/group/add/", "group_form", payload)

    def add(self, table: str, number: int, payload: str, made: Fields) -> str:
        """Send the form; return the primary key of the row, empty where it was refused. `made`: the rows before it, by table."""
        path = f"/admin/timeline/{table}/add/"
        form = FormFields(self.desk.open(path)[1], f"{table}_form")
        fields = form.sent | {"slug": f"payload-{number}", "_continue": "1"}
        texts = [name for name in form.texts if "__prefix__" not in name] + self._rows(table, form, fields)
        for name in texts:
            if not any(part in name for part in SKIPPED) and name != "speakers-0-label":
                words = f"{number} {payload}" if name in ("name", "title") else payload
                fields[name] = words[: form.texts.get(name.replace("-0-", "-__prefix__-"), 5_000)]
        fields |= _chosen(table, number, payload, made)
        sent = {name: value for name, value in fields.items() if "__prefix__" not in name}
        status, page = self.desk.open(path, urllib.parse.urlencode(sent).encode())
        if status != 200 or '<li class="success">' not in page:
            self.refused.append(f"{table}: {payload}: {status} {_errors(page)}")
            return ""
        self.values += sum(payload[:12] in value for value in sent.values())
        return re.search(rf"/admin/timeline/{table}/(\d+)/", page).group(1)  # type: ignore[union-attr]

    @staticmethod
    def _rows(table: str, form: FormFields, fields: Fields) -> list[str]:
        """Add one row to its inline tables; return the names of their text fields."""
        names = []
        for prefix in ROWS.get(table, ()):
            fields[f"{prefix}-TOTAL_FORMS"] = "1"
            for name in [name for name in form.sent if name.startswith(f"{prefix}-__prefix__-")]:
                fields[name.replace("__prefix__", "0")] = form.sent[name]
            names += [
                name.replace("__prefix__", "0") for name in form.texts if name.startswith(f"{prefix}-__prefix__-")
            ]
        return names

    def send(self, path: str, name: str, payload: str, **choices: str) -> None:
        """Fill in each text of a form, and send it. `name`: its id or class; empty: the one that has none."""
        form = FormFields(self.desk.open(path)[1], name)
        texts = {text: payload for text in form.texts if not any(part in text for part in SKIPPED)}
        status, page = self.desk.open(path, urllib.parse.urlencode(form.sent | texts | choices).encode())
        if status != 200 or not texts or "errorlist" in page:
            self.refused.append(f"{path}: {payload}: {status} {_errors(page)}")
        self.values += len(texts)

    def report(self, event: str, payload: str) -> None:
        """Report an error in a public event, as a reader does. `event`: its address."""
        self.send(f"{event}report/", "report__form", payload)

    def send_refused(self, payloads: list[str]) -> Iterator[str]:
        """Send each form with payloads in all texts, those too that have a form of their own; yield the pages that refuse it."""
        paths = {f"/admin/timeline/{table}/add/": f"{table}_form" for table in TABLES}
        for path, name in (paths | BESIDE).items():
            form = FormFields(self.desk.open(path)[1], name)
            rows = {f"{table}-TOTAL_FORMS": "1" for table in ROWS.get(path.split("/")[3], ())}
            for payload in payloads:
                sent = form.sent | dict.fromkeys(form.texts, payload) | {"slug": payload, "name": ""}
                filled = {text.replace("__prefix__", "0"): words for text, words in (sent | rows).items()}
                status, page = self.desk.open(path, urllib.parse.urlencode(filled).encode())
                self.values += len(form.texts)
                if status != 200 or "errorlist" not in page:
                    self.refused.append(f"{path}: {payload}: {status}, though it should show what is wrong")
                yield page


def _errors(page: str) -> str:
    errors = re.findall(r'<ul class="errorlist[^>]*>(.*?)</ul>', page, re.DOTALL)
    return re.sub("<[^>]+>", " ", " ".join(errors))


def _chosen(table: str, number: int, payload: str, made: Fields) -> Fields:
    """Return what a form needs beside texts, so that all that was made shows in one public event."""
    from timeline.models import EventType

    if table == "briefing":
        text = f"{LABEL}: {payload} And the ceasefire holds."
        choices = {"publisher": made["actor"], "status": "published", "text": text}
        return choices | {"speakers-0-label": LABEL, "speakers-0-actor": made["actor"]}
    if table == "event":
        choices = {"event_type": str(EventType.objects.get(slug="statement").pk), "edtf": f"2021-01-{number + 1:02}"}
        choices |= {"place": made["place"], "conflict": made["conflict"]}
        choices |= {"participations-0-actor": made["actor"], "participations-0-role": "participant"}
        return choices | {
            "citations-0-briefing": made["briefing"],
            "citations-0-act": "reports",
            "citations-0-position": "0",
        }
    return {}
