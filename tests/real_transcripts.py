"""How tests read a transcript."""

from timeline.text.transcripts import parse


def spoken(text):
    return [(turn.speaker, turn.kind, text[turn.start : turn.end]) for turn in parse(text).turns]


def speakers(text):
    return [turn.speaker for turn in parse(text).turns]


def kinds(text):
    return [(turn.speaker, turn.kind) for turn in parse(text).turns]


def check_shape(text, transcript):
    position = 0
    for turn in transcript.turns:
        words = text[turn.start : turn.end]
        assert position <= turn.label_start <= turn.start < turn.end <= len(text)
        assert words == words.strip()
        assert turn.paragraphs[0][0] == turn.start
        assert turn.paragraphs[-1][1] == turn.end
        inside = "".join(text[start:end] for start, end in turn.paragraphs)
        assert "".join(inside.split()) == "".join(words.split())
        assert all(left[1] < right[0] for left, right in zip(turn.paragraphs, turn.paragraphs[1:], strict=False))
        assert (turn.speaker == "") == (turn.label_start == turn.start)
        position = turn.end
