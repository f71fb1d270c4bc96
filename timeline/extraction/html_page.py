"""The words of a page without its furniture: menus, footers, forms, scripts, lists of links."""

import json
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from timeline.extraction.decoding import decode
from timeline.extraction.extracted import Extracted, Refused


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


_UNSEEN = _words("script style noscript template svg iframe form button select dialog object canvas head")
_FURNITURE = _words("nav footer aside")
_FURNITURE_ROLES = _words("navigation banner contentinfo search complementary menu dialog")
_BLOCKS = _words("""address article aside blockquote body br dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header
    hr li main ol p pre section summary table td th tr ul""")
_STRUCK = _words("s del strike")
_MAIN = ("article", "main", "[role=main]", "#content", "#main")
_AROUND = re.compile(  # classes of what is around a document: banners, paths, buttons
    r"(?:^|[\s_-])(?:usa-banner|skip-?links?|breadcrumbs?|share(?:-block|-bar|-buttons|daddy)?|social(?:-share|-links)?"
    r"|read__(?:tags\w*|share|bottommeta|meta_share)|cookie-\w+)(?=[\s_-]|$)",
    re.IGNORECASE,
)
_UNSEEN_STYLE = re.compile(r"\b(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
LONGEST_AROUND, MOST_AROUND = 600, 300  # characters and nodes; what holds more may be the document itself
_BLANK = re.compile(r"[^\S\n]+")
_BESIDE_LINE_END = re.compile(r" ?\n ?")
LINKS, LINK_SHARE = 3, 0.9  # a list of at least so many links that is nearly all links is a menu


def main_part(page: LexborHTMLParser) -> LexborNode | None:
    """Return the one part of the page that says it is the document; the body where none does."""
    for selector in _MAIN:
        nodes = page.css(selector)
        if len(nodes) == 1 and nodes[0].text(strip=True):
            return nodes[0]
    return page.body


def words_of(root: LexborNode) -> str:
    """Return the words in paragraphs separated by blank lines. Struck words are kept and said to be."""
    text = _BLANK.sub(" ", "".join(_pieces(root)))
    text = _BESIDE_LINE_END.sub("\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _pieces(root: LexborNode) -> Iterator[str]:
    """Yield the words in order. No recursion: how deeply a page nests is not ours to trust."""
    node: LexborNode | None = root
    opens = True
    while node is not None:
        if opens:
            is_visible = not _is_furniture(node, root)
            yield _opening(node) if is_visible else ""
            if is_visible and node.child is not None:
                node = node.child
                continue
        yield "" if opens and not is_visible else _closing(node)
        if node.mem_id == root.mem_id:
            return
        opens = node.next is not None
        node = node.next if opens else node.parent


def _opening(node: LexborNode) -> str:
    tag = node.tag
    if tag == "-text":
        return re.sub(r"\s+", " ", node.text(deep=False))
    if tag == "br":
        return "\n"
    if tag in _STRUCK:
        return "[struck: "
    return "\n\n" if tag in _BLOCKS else ""


def _closing(node: LexborNode) -> str:
    if node.tag in _STRUCK:
        return "]"
    return "\n\n" if node.tag in _BLOCKS and node.tag != "br" else ""


def _is_furniture(node: LexborNode, root: LexborNode) -> bool:
    tag = node.tag or ""
    if tag == "-text":
        return False
    if tag.startswith("-") or tag == "!doctype" or tag in _UNSEEN or tag in _FURNITURE:
        return True
    attributes = node.attributes
    if "hidden" in attributes or _UNSEEN_STYLE.search(attributes.get("style") or ""):
        return True
    if attributes.get("aria-hidden") == "true" or attributes.get("role") in _FURNITURE_ROLES:
        return True
    if tag == "header":
        return root.tag == "body"
    if _AROUND.search(attributes.get("class") or "") and _is_small(node):
        return True
    return tag in ("ul", "ol") and _is_menu(node)


def _is_small(root: LexborNode) -> bool:
    """Return whether it holds few nodes and words. Reads no further than to the first too many: pages nest such parts."""
    characters = nodes = 0
    waiting = [root.child]
    while waiting:
        node = waiting.pop()
        while node is not None:
            nodes += 1
            characters += len(node.text(deep=False).strip()) if node.tag == "-text" else 0
            if nodes > MOST_AROUND or characters > LONGEST_AROUND:
                return False
            waiting.append(node.child)
            node = node.next
    return True


def _is_menu(node: LexborNode) -> bool:
    links = node.css("a[href]")
    if len(links) < LINKS:
        return False
    linked = sum(len(link.text(strip=True)) for link in links)
    return linked >= LINK_SHARE * len(node.text(strip=True))


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


def read(data: bytes, name: str, charset: str = "") -> Extracted:
    """Return the own words of a page, and what it says of itself in its head. `charset`: as its server says it.

    Nothing of it is run, fetched or kept as markup. Raises Refused.
    """
    if not charset and (declared := _CHARSET.search(data[:2_000])):
        charset = declared[1].decode()
    text, notes = decode(data, charset)
    _refuse_endless(text)
    page = LexborHTMLParser(text)
    main = main_part(page)
    if main is None:
        raise Refused("It has no body. Is it a web page?")
    return Extracted(words_of(main), _page_fields(page), tuple(notes))


def _refuse_endless(text: str) -> None:
    """Raise Refused where elements are opened and not closed without end: parsing takes the square of their number."""
    depth = 0
    for tag in _NESTING.finditer(text):
        depth = max(0, depth - 1) if tag["ends"] else depth + 1
        if depth > DEEPEST:
            raise Refused(f"It opens more than {DEEPEST:,} elements inside one another. Is it a web page?")


def _page_fields(page: LexborHTMLParser) -> dict[str, str]:
    meta = _meta(page)
    fields: dict[str, str] = {}
    fields["title"] = meta.get("og:title", "") or _text_of(page, "h1") or _text_of(page, "title")
    fields["site"] = meta.get("og:site_name", "")
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


def _listed(value: object) -> list:
    return value if isinstance(value, list) else []


def _text_of(page: LexborHTMLParser, selector: str) -> str:
    node = page.css_first(selector)
    return node.text(strip=True) if node is not None else ""


def _attribute(page: LexborHTMLParser, selector: str, name: str) -> str:
    node = page.css_first(selector)
    return (node.attributes.get(name) or "").strip() if node is not None else ""
