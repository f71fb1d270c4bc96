import datetime as dt

import pytest

from timeline.imports.briefings.document import Document, Refused
from timeline.models.source_day import SourceDate

from .read_documents import read_document

PAGE = """<!doctype html><html lang="en-US"><head><meta charset="utf-8"><title>Call | MFA</title>
<meta property="og:title" content="Call &amp; meeting"><meta property="og:site_name" content="MFA of Zembla">
<meta property="article:published_time" content="2022-03-25T18:00:00+04:00">
<link rel="canonical" href="https://mfa.example/call"><script>alert("no")</script><style>p{}</style></head>
<body><header>Site <nav><a href="/">Home</a></nav></header>
<main><article><header><h1>Call &amp; meeting</h1></header>
<p>MS&nbsp;PORTER: The <s>cease</s> [ceasefire]
 holds<b>.</b></p><ul><li>First</li><li>Second</li></ul>
<ul><li><a href="/1">Share on One</a></li><li><a href="/2">Share on Two</a></li><li><a href="/3">Mail</a></li></ul>
<p hidden>Unseen</p><p style="color: red; DISPLAY : none">Unseen</p><form>Subscribe</form><p>Line one<br>line two</p></article></main>
<aside>Related</aside><footer>Privacy</footer></body></html>"""


def page(body: str, head: str = "<title>T</title>") -> bytes:
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


def test_page_becomes_a_document_without_its_furniture():
    assert read_document(PAGE.encode(), "call.html") == Document(
        where="call.html",
        title="Call & meeting",
        text=(
            "Call & meeting\n\nMS PORTER: The [struck: cease] [ceasefire] holds.\n\nFirst\n\nSecond\n\nLine one\nline two"
        ),
        published=SourceDate(dt.date(2022, 3, 25)),
        stamp=dt.datetime(2022, 3, 25, 18, tzinfo=dt.timezone(dt.timedelta(hours=4))),
        url="https://mfa.example/call",
        language="en-US",
        publisher="MFA of Zembla",
    )


def test_page_that_says_nothing_of_itself():
    document = read_document(page("<h1>Title</h1><p>Words"), "f.html")

    assert (document.title, document.text, document.url, document.published.day, document.publisher) == (
        "Title",
        "Title\n\nWords",
        "",
        None,
        "",
    )


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        ('<meta name="DC.date.issued" content="2022-03-25">', "", dt.date(2022, 3, 25)),
        (
            '<script type="application/ld+json">{"@graph":[{"datePublished":"2022-03-25"}]}</script>',
            "",
            dt.date(2022, 3, 25),
        ),
        ('<script type="application/ld+json">{"datePublished":</script>', "", None),
        ("", '<article><time datetime="2022-03-25">Friday</time> Words</article>', dt.date(2022, 3, 25)),
        ("", '<footer><time datetime="2026-01-01">Today</time></footer>', None),
        ("", "<p>March 25, 2022</p>", dt.date(2022, 3, 25)),
        ("", "<p>We met on March 25, 2022.</p>", None),
    ],
)
def test_day_of_publication_is_the_one_the_page_gives(head, body, day):
    assert read_document(page(f"<p>Words</p>{body}", f"<title>T</title>{head}"), "f.html").published.day == day


def test_page_in_another_character_set_is_read_as_it_says():
    text = '<meta charset="windows-1251"><title>Заявление</title><p>Слова'.encode("cp1251")

    document = read_document(text, "f.html")

    assert (document.title, document.text, document.notes[0]) == (
        "Заявление",
        "Слова",
        "read as windows-1251, as the page says",
    )


def test_address_that_is_none_is_left_out():
    assert (
        read_document(page("<p>Words", '<title>T</title><link rel=canonical href="javascript:x">'), "f.html").url == ""
    )


def test_page_nested_without_end_is_refused():
    assert read_document(page("<div>" * 1_900 + "Words"), "f.html").text == "Words"
    assert read_document(page("<p>Words" * 5_000), "f.html").text.count("Words") == 5_000
    with pytest.raises(Refused) as caught:
        read_document(page("<div>" * 60_000 + "Words"), "f.html")

    assert str(caught.value) == "It opens more than 2,000 elements inside one another. Is it a web page?"


@pytest.mark.parametrize("body", ["", "<script>x</script>", "<nav>Home</nav>"])
def test_page_without_words_is_refused(body):
    with pytest.raises(Refused, match="There is no text in it"):
        read_document(page(body), "f.html")


def test_entities_are_not_expanded_twice():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + "<title>T</title><p>&b; &amp;lt; words"

    assert read_document(bomb.encode(), "f.html").text.endswith("&lt; words")
