"""The editors' guide on the desk: the pages of docs/ that editors need, as they appear there."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from markdown_it.token import Token

from timeline.text.markdown_html import parse_markdown, to_html

PAGES = {  # file in docs/ -> what its link says
    "editors": "From source to event",
    "codebook": "Codebook",
    "dates-and-quotes": "Dates and quotes",
    "working-together": "Working together",
    "redaction": "Redacting words",
    "suggestions": "Proposed events",
    "importing-briefings": "Importing sources",
    "importing": "Importing events",
}
DOCS = settings.BASE_DIR / "docs"


def guide(request: HttpRequest, page: str) -> HttpResponse:
    """Show a page of the guide. No query but those of the session."""
    if page not in PAGES:
        raise Http404("The guide has no such page.")
    title, html = render_page((DOCS / f"{page}.md").read_text("utf-8"))
    listed = [(label, page_url(name), name == page) for name, label in PAGES.items()]
    context = admin.site.each_context(request) | {"title": title, "html": html, "pages": listed}
    return TemplateResponse(request, "admin/timeline/guide.html", context)


def picture(request: HttpRequest, file: str) -> HttpResponse:
    pictures = {image.name: image for image in (DOCS / "images").glob("*.png")}
    if file not in pictures:
        raise Http404("The guide has no such picture.")
    return HttpResponse(pictures[file].read_bytes(), content_type="image/png")


def page_url(page: str) -> str:
    return reverse("guide") if page == "editors" else reverse("guide-page", args=[page])


def render_page(text: str) -> tuple[str, str]:
    """Return the title of a page and the rest of it as HTML, with links and pictures that lead somewhere on the desk."""
    _, title, _, *tokens = parse_markdown(text)
    for token in tokens:
        if token.children:
            token.children = list(_with_desk_links(token.children))
    return title.content, to_html(tokens)


def _with_desk_links(tokens: list[Token]) -> Iterator[Token]:
    """Yield the tokens; of a link to what is no page of the guide its words alone."""
    is_link = True
    for token in tokens:
        if token.type == "image":
            token.attrSet("src", reverse("guide-picture", args=[token.attrs["src"].removeprefix("images/")]))
        if token.type == "link_open":
            href = _href(token.attrs["href"])
            is_link = bool(href)
            token.attrSet("href", href)
        if is_link or token.type not in ("link_open", "link_close"):
            yield token


def _href(href: str) -> str:
    """Return where a link leads from the desk; empty: to a file that is no page of the guide."""
    file, _, part = href.partition("#")
    if not file or "://" in file:
        return href
    page = file.removesuffix(".md")
    return f"{page_url(page)}{'#' if part else ''}{part}" if page in PAGES else ""


urlpatterns = [
    path("", admin.site.admin_view(guide), {"page": "editors"}, name="guide"),
    path("<slug:page>/", admin.site.admin_view(guide), name="guide-page"),
    path("images/<str:file>", admin.site.admin_view(picture), name="guide-picture"),
]
