"""The words of a page without its furniture: menus, footers, forms, scripts, lists of links."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


_UNSEEN = _words("script style noscript template svg iframe form button select dialog object canvas head")
_FURNITURE = _words("nav footer aside")
_FURNITURE_ROLES = _words("navigation banner contentinfo search complementary menu dialog")
_BLOCKS = _words("""address article aside blockquote body br dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header
    hr li main ol p pre section summary table td th tr ul""")
_STRUCK = _words("s del strike")
_MAIN = ("article", "main", "[role=main]", "#content", "#main")
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
    """Return the words in paragraphs parted by blank lines. Struck words are kept and said to be."""
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
    if "hidden" in attributes or attributes.get("aria-hidden") == "true" or attributes.get("role") in _FURNITURE_ROLES:
        return True
    if tag == "header":
        return root.tag == "body"
    return tag in ("ul", "ol") and _is_menu(node)


def _is_menu(node: LexborNode) -> bool:
    links = node.css("a[href]")
    if len(links) < LINKS:
        return False
    linked = sum(len(link.text(strip=True)) for link in links)
    return linked >= LINK_SHARE * len(node.text(strip=True))
