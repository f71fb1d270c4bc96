import pytest

from timeline.extraction.captions import MOST_LINES
from timeline.imports.briefings.document import Document, Refused
from timeline.text.track import Track
from timeline.text.transcripts import parse

from .read_documents import read_document

VTT = """WEBVTT - Briefing of the spokesperson
Kind: captions
Language: en

STYLE
::cue { color: red }

NOTE made by hand

1
00:00:01.000 --> 00:00:03.000 align:start
<v Jalina Porter>Good afternoon, <i>everyone</i>.
We welcome the cease-

00:00:03.000 --> 01:00:05.500
<v.loud Jalina Porter>fire &amp; the <00:00:04.000>talks.

01:00:05.500 --> 01:00:07.000
<v Matt Lee>Why now?

01:00:11.000 --> 01:00:12.000
Why today?

01:00:12.000 --> 01:00:13.000
<v Jalina Porter>It is time.
"""
SRT = (
    '1\r\n00:00:01,000 --> 00:00:03,000\r\n{\\an8}>> MR. PRICE: Good <font color="red">afternoon</font>.\r\n\r\n'
    "2\r\n00:00:03,000 --> 00:00:05,000\r\n>> Why now?\r\n"
)
WORDS = """Jalina Porter: Good afternoon, everyone.
We welcome the cease-
fire & the talks.

Matt Lee: Why now?

Why today?

Jalina Porter: It is time."""
TIMES = "00:00:01.000 --> 00:00:02.000"


def cues(*words: str) -> bytes:
    return "\n\n".join(["WEBVTT", *(f"{TIMES}\n{line}" for line in words), ""]).encode()


def test_webvtt_is_joined_into_turns():
    assert read_document(VTT.encode(), "f.vtt") == Document(
        where="f.vtt",
        title="Briefing of the spokesperson",
        text=WORDS,
        language="en",
        notes=("5 captions joined, with their time codes", "day of publication not known"),
        track=Track("time", ((0, "0:00:01"), (63, "0:00:03"), (82, "1:00:05"), (102, "1:00:11"), (114, "1:00:12"))),
    )
    assert [turn.speaker for turn in parse(WORDS).turns] == ["Jalina Porter", "Matt Lee", "Jalina Porter"]


def test_subrip_is_joined_into_paragraphs_and_named_after_its_file():
    document = read_document(SRT.encode(), "folder/press-briefing_25.srt")

    assert (document.title, document.text) == ("press briefing 25", "MR. PRICE: Good afternoon.\n\n>> Why now?")
    assert document.notes[:2] == (
        "title taken from the name of the file",
        "2 captions joined, with their time codes",
    )


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["one", "one"], "one\none"),
        (["one", "one<00:00:01.500> two", "one two", "three"], "one\none two\nthree"),
        (["- Yes.", "- No."], "- Yes.\n\n- No."),
        (["<b>bold</b> 2 < 3 <laughs>"], "bold 2 < 3 <laughs>"),
        (["x", "", "y"], "x\ny"),
    ],
)
def test_words_of_captions_are_read_once_and_whole(words, text):
    assert read_document(cues(*words), "f.vtt").text == text


def test_captions_of_several_speakers_without_names_are_not_told_apart():
    text = read_document(cues(">> Hello.", ">> Why?", ">> Because.", ">> Thanks."), "f.vtt").text

    assert parse(text).is_uncut


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "Line 1 is not WEBVTT"),
        (SRT.encode(), "Line 1 is not WEBVTT"),
        (b"WEBVTT\n\n", "It has no captions."),
        (b"WEBVTT\n\nwords alone", "Line 3, “words alone”: write times like"),
        (cues("x") + b"1\n00:00:61.000 --> 00:00:62.000\nx", "Line 7, “00:00:61.000 --> 00:00:62.000”"),
        (cues("x") + b"00:00:02.000 --> 00:00:01.000\nx", "Line 6: the caption ends before it begins."),
        (cues(""), "There is no text in it."),
        (b"WEBVTT\n\n\0", "is NUL"),
        (b"WEBVTT\n\n\xff", "in line 3, is 0xff"),
        (cues("x" * 1_000_001), "at most 1,000,000 are kept"),
        (b"WEBVTT\n" + b"\n" * MOST_LINES, "at most 200,000 are read. Split it."),
        (cues("<c" * 600_000), "at most 1,000,000 are kept"),
    ],
    ids=range(12),
)
def test_file_is_refused_with_what_and_where(data, message):
    with pytest.raises(Refused) as caught:
        read_document(data, "f.vtt")

    assert message in str(caught.value)
