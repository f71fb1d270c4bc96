"""Furniture of a page is left out and counted; no word of the document is.

The pages here are made up by the published structure of the sites; they prove little about pages as they are.
"""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.text.page_furniture import plain_title, without_furniture

from .hypothesis_examples import examples
from .read_documents import read_document

STATE_HEAD = """An official website of the United States government
Here's how you know
Official websites use .gov A .gov website belongs to an official government organization in the United States.
Secure .gov websites use HTTPS
A lock ( A locked padlock ) or https:// means you’ve safely connected to the .gov website. Share sensitive information only on official, secure websites.
Skip to content
Home > Office of the Spokesperson > Press Releases > Department Press Briefing
Search
Hide
Share this page on:
Facebook
Twitter
"""
STATE_FOOT = """
Tags
Back to Top
White House USA.gov Office of the Inspector General Archives Contact Us
Privacy Policy
"""
WORDS = """Department Press Briefing
Jalina Porter, Principal Deputy Spokesperson
Washington, DC
March 25, 2022
MS PORTER: Good afternoon. The ceasefire holds.
QUESTION: Share?
MS PORTER: No.
# # #"""
SITES = {
    "kremlin": (
        '<main><h1>Call with Nikol Pashinyan</h1><div class="read__share">Share Telegram</div><p>March 25, 2022</p>'
        "<p>They discussed Karabakh.</p><p>Publication status</p><p>Published in sections: News, Transcripts</p>"
        "<p>Publication date: March 25, 2022, 15:40</p><p>Direct link: en.kremlin.ru/d/68037</p><p>Text version</p></main>",
        "Call with Nikol Pashinyan • President of Russia",
        "Call with Nikol Pashinyan\n\nMarch 25, 2022\n\nThey discussed Karabakh.",
    ),
    "white house": (
        "<main><p>Skip to content</p><p>Mobile Menu Toggle Button</p><p>Search this site:</p><h1>Readout</h1>"
        "<p>March 25, 2022</p><p>They spoke.</p><p>Scroll to Top</p><p>Stay Connected</p><p>Copyright Policy</p></main>",
        "Readout | The White House",
        "Readout\n\nMarch 25, 2022\n\nThey spoke.",
    ),
    "mfa.am": (
        '<main><div class="breadcrumb"><a href="/">Home</a> / Press</div><h1>Comment</h1><p>25 March, 2022</p>'
        "<p>We condemn it.</p><p>Print</p><p>Share</p><p>Facebook | Twitter</p></main>",
        "Comment | Ministry of Foreign Affairs of the Republic of Armenia",
        "Comment\n\n25 March, 2022\n\nWe condemn it.",
    ),
    "mfa.gov.az": (
        "<main><p>Main page / Media / News</p><p>English | Azərbaycan | Русский</p><h1>No:123/22</h1><p>25 March 2022</p>"
        "<p>We reject it.</p><p>Paylaş</p><p>Çap et</p></main>",
        "No:123/22 - Ministry of Foreign Affairs of the Republic of Azerbaijan",
        "No:123/22\n\n25 March 2022\n\nWe reject it.",
    ),
    "un": (
        "<main><p>Skip to main content</p><p>Welcome to the United Nations</p><p>Toggle navigation</p>"
        "<p>العربية 中文 English Français Русский Español</p><h1>Council Meets</h1><p>SC/14837</p><p>25 March 2022</p>"
        "<p>It met.</p><p>For information media. Not an official record.</p></main>",
        "Council Meets | Meetings Coverage and Press Releases",
        "Council Meets\n\nSC/14837\n\n25 March 2022\n\nIt met.\n\nFor information media. Not an official record.",
    ),
}


def test_state_page_has_its_words_title_and_day():
    document = read_document(f"{STATE_HEAD}\n{WORDS}\n{STATE_FOOT}".encode(), "state.txt")

    assert (document.title, document.text) == ("Department Press Briefing", WORDS)
    assert document.published.day == dt.date(2022, 3, 25)
    assert document.notes == ("16 lines of the page around it left out",)


@pytest.mark.parametrize("site", SITES)
def test_pages_have_their_words_title_and_day(site):
    body, title, words = SITES[site]
    document = read_document(
        f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode(), "page.html"
    )

    assert (document.text, document.published.day) == (words, dt.date(2022, 3, 25))


@pytest.mark.parametrize(
    ("title", "site", "plain"),
    [
        *((title, "", words.partition("\n")[0]) for _, title, words in SITES.values()),
        ("Briefing - United States Department of State", "", "Briefing"),
        ("Call – The Site", "The Site", "Call"),
        ("The White House", "The White House", "The White House"),
        ("Remarks at the White House", "", "Remarks at the White House"),
        ("Talks - round two", "", "Talks - round two"),
    ],
)
def test_title_is_without_the_site(title, site, plain):
    assert plain_title(title, site) == plain


@pytest.mark.parametrize(
    ("words", "stays"), [("Share it. " * 100, True), ("Share it.", False), ("<i>a</i>" * 301, True)]
)
def test_a_large_part_is_kept_whatever_its_class(words, stays):
    page = f'<html><head><title>T</title></head><body><p>Hello</p><div class="social-share"><p>{words}</p></div></body></html>'

    assert (read_document(page.encode(), "page.html").text != "Hello") == stays


def test_lines_behind_a_paragraph_and_a_text_of_nothing_else_stay():
    paragraph = "The ministers spoke again about the line of contact, the return of prisoners and the road. " * 2
    text = f"{paragraph}\nShare\nPrint\n{paragraph}"

    assert without_furniture(text) == (text, [])
    assert without_furniture("Share\n\nPrint") == ("Share\n\nPrint", [])
    assert without_furniture(f"Print\n{paragraph}") == (paragraph, ["1 line of the page around it left out"])


@settings(max_examples=examples(200))
@given(st.lists(st.text("abc :.", min_size=1, max_size=30).map("MS PORTER: {}".format), min_size=1, max_size=80))
def test_no_turn_is_left_out(turns):
    words = "\n".join(turns)

    assert without_furniture(words) == (words, [])
    assert without_furniture(f"{STATE_HEAD}{words}\n{STATE_FOOT}")[0] == words
