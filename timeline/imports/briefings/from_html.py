import json
import re

from selectolax.lexbor import LexborHTMLParser

from timeline.imports.briefings import front_matter
from timeline.imports.briefings.decode_text import decode

from .document import Document, Refused
from .html_text import main_part, words_of

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{1,40})""", re.IGNORECASE)
_DAYS: tuple[str, ...] = (
    "article:published_time",
    "datePublished",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
)
_DAYS += ("pubdate", "publication_date", "date")
_PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name")
_ENDS_ITSELF = "area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|d[td]|t[drh]|option|path|!"
_NESTING = re.compile(rf"<(?P<ends>/?)(?!(?:{_ENDS_ITSELF})\b|!)[a-z]", re.IGNORECASE)
DEEPEST = 2_000
MOST_LD = 200_000  # characters of one block of linked data


def read(data: bytes, where: str) -> Document:
    """Return the document of a page: its own words, and what it says of itself in its head.

    Nothing of it is run, fetched or kept as markup.
    """
    declared = _CHARSET.search(data[:2_000])
    text, notes = decode(data, declared[1].decode() if declared else "")
    _refuse_endless(text)
    page = LexborHTMLParser(text)
    main = main_part(page)
    if main is None:
        raise Refused("It has no body. Is it a web page?")
    return front_matter.make_document(where, _page_fields(page), words_of(main), notes)


def _refuse_endless(text: str) -> None:
    """Raise Refused where elements are opened and not closed without end: parsing takes the square of their number."""
    depth = 0
    for tag in _NESTING.finditer(text):
        depth = max(0, depth - 1) if tag["ends"] else depth + 1
        if depth > DEEPEST:
            raise Refused(f"It opens more than {DEEPEST:,} elements inside one another. Is it a web page?")


def _page_fields(page: LexborHTMLParser) -> dict[str, str]:
    meta = _meta(page)
    fields = dict.fromkeys(front_matter.NAMES, "")
    fields["title"] = meta.get("og:title", "") or _words(page, "h1") or _words(page, "title")
    fields["published"] = _published(page, meta)
    fields["url"] = _attribute(page, "link[rel=canonical]", "href") or meta.get("og:url", "")
    fields["language"] = _attribute(page, "html", "lang")
    fields["publisher"] = next((meta[name] for name in _PUBLISHERS if meta.get(name)), "")
    if not fields["url"].startswith(("http://", "https://")):
        fields["url"] = ""
    return fields


def _meta(page: LexborHTMLParser) -> dict[str, str]:
    values: dict[str, str] = {}
    for tag in page.css("meta[content]"):
        name = tag.attributes.get("property") or tag.attributes.get("name") or tag.attributes.get("itemprop") or ""
        values.setdefault(name.lower(), (tag.attributes["content"] or "").strip())
    return values


def _published(page: LexborHTMLParser, meta: dict[str, str]) -> str:
    """Return the day that the page says it was published on: in its head, in linked data, or as the time of its article."""
    in_head = next((meta[name.lower()] for name in _DAYS if meta.get(name.lower())), "")
    times = page.css("article time[datetime], main time[datetime]")
    return in_head or _linked(page) or (times[0].attributes["datetime"] or "" if len(times) == 1 else "")


def _linked(page: LexborHTMLParser) -> str:
    for block in page.css('script[type="application/ld+json"]'):
        try:
            data = json.loads(block.text()[:MOST_LD])
        except (ValueError, RecursionError):
            continue
        rows = data if isinstance(data, list) else [data]
        graph = [entry for row in rows if isinstance(row, dict) for entry in [row, *_listed(row.get("@graph"))]]
        for entry in graph:
            if isinstance(entry, dict) and isinstance(entry.get("datePublished"), str):
                return entry["datePublished"]
    return ""


def _listed(value) -> list:
    return value if isinstance(value, list) else []


def _words(page: LexborHTMLParser, selector: str) -> str:
    node = page.css_first(selector)
    return node.text(strip=True) if node is not None else ""


def _attribute(page: LexborHTMLParser, selector: str, name: str) -> str:
    node = page.css_first(selector)
    return (node.attributes.get(name) or "").strip() if node is not None else ""
