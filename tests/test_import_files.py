import os

import pytest

from timeline.extraction.readers import extract
from timeline.imports.briefings.document import Refused
from timeline.imports.briefings.document_files import LARGEST, documents, find_files


def test_folder_is_walked_in_the_order_of_names_without_links_and_other_kinds(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("z.md", "b/a.TXT", "b/c.html", "README.md", "x.json", ".hidden.md", ".git/d.md"):
        (tmp_path / name).write_text("words")
    (tmp_path / "link.md").symlink_to(tmp_path / "z.md")
    (tmp_path / "b" / "loop").symlink_to(tmp_path)

    document_files = find_files([str(tmp_path), str(tmp_path / "z.md")])

    assert [str(path.relative_to(tmp_path)) for path in document_files.files] == ["z.md", "b/a.TXT", "b/c.html"]
    assert sorted(path.name for path in document_files.left) == ["README.md", "link.md", "x.json"]
    assert document_files.refused == []


def test_paths_that_lead_nowhere_are_refused(tmp_path):
    link, other = tmp_path / "one.md", tmp_path / "other.md"
    link.symlink_to(other), other.symlink_to(link)
    (tmp_path / "x.doc").write_bytes(b"%PDF")
    nowhere = "There is no such file or folder, or its links lead in a circle."

    assert find_files([str(link), str(tmp_path / "none"), str(tmp_path / "x.doc")]).refused == [
        (str(link), nowhere),
        (str(tmp_path / "none"), nowhere),
        (
            str(tmp_path / "x.doc"),
            "This kind of file cannot be read. Files that can be read: .md, .markdown, .html, .htm, .txt, .pdf, .vtt, .srt, .csv.",
        ),
    ]


def test_large_file_is_refused_unread(tmp_path):
    path = tmp_path / "large.md"
    with path.open("wb") as file:
        file.truncate(100_000_000)  # takes no room

    with pytest.raises(Refused) as caught:
        list(documents(path, extract))

    assert str(caught.value) == "It has 100,000,000 bytes; at most 8,000,000 are read. Split it."


@pytest.mark.long
def test_file_of_the_largest_size_is_read(tmp_path):
    path = tmp_path / "largest.txt"
    path.write_bytes(b"Title\nWords" + b"\n" * (LARGEST - 11))

    assert next(documents(path, extract)).title == "Title"


def test_what_is_no_plain_file_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")

    with pytest.raises(Refused, match="It is not a regular file."):
        list(documents(tmp_path / "pipe.md", extract))
