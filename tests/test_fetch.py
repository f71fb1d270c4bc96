"""What the one command that calls out may fetch, and what it leaves alone."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.capture import fetch as fetching
from timeline.capture import web_address
from timeline.capture.fetch import fetch
from timeline.capture.web_address import NotFetched, WebAddress, is_public, parse

from .hypothesis_examples import examples
from .web_server import answer, web_server

AGENT = "tests/1"
CALLS_OUT = re.compile(
    r"\b(?:urllib\.request|http\.client|create_connection|smtplib|ftplib|send_mail|urlopen|import (?:requests|httpx|aiohttp))\b"
)


def refusal(url: str, **options) -> str:
    with pytest.raises(NotFetched) as caught:
        fetch(url, AGENT, **options)
    return str(caught.value)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://example.gov", WebAddress("http", "example.gov", 80, "/")),
        (" HTTPS://Example.GOV:8443/a b?q=ü#x ", WebAddress("https", "example.gov", 8443, "/a%20b?q=%C3%BC")),
        ("https://mfa.am/a%20b?x=1&y=[2]", WebAddress("https", "mfa.am", 443, "/a%20b?x=1&y=[2]")),
        ("http://пример.рф/", WebAddress("http", "xn--e1afmkfd.xn--p1ai", 80, "/")),
        ("http://[::1]:80/x", WebAddress("http", "::1", 80, "/x")),
        ("http://a.example/\r\nX: y", WebAddress("http", "a.example", 80, "/X:%20y")),
    ],
)
def test_address_is_taken_apart_as_a_request_has_it(url, address):
    assert parse(url) == address


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("file:///etc/passwd", "is not a web address"),
        ("ftp://example.gov/", "is not a web address"),
        ("example.gov", "is not a web address"),
        ("http://", "is not a web address"),
        ("http://a.example:99999/", "is not an address"),
        ("http://[::1/", "is not an address"),
        ("http://ada:pw@example.gov/", "carries a user name or a password"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url, message):
    assert message in refusal(url)


@pytest.mark.parametrize(
    ("machine", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 (an address to refuse)
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("2002:0a00:0001::", False),
        ("64:ff9b::0a00:0001", False),
        ("64:ff9b::5db8:d822", True),
    ],
)
def test_private_machines_are_known(machine, public):
    assert is_public(machine) is public


def test_host_that_leads_to_a_private_machine_is_refused_even_beside_a_public_one(monkeypatch):
    answers = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("10.0.0.7", 80))]
    monkeypatch.setattr(web_address.socket, "getaddrinfo", lambda *arguments, **options: answers)

    assert refusal("http://rebound.example/") == (
        "“rebound.example” leads to 10.0.0.7, which is not a public address. If that is meant, add --allow-private."
    )


def test_page_is_fetched_as_it_was_sent():
    page = answer(b"<p>Words", "200 OK", "Content-Type: text/html")
    with web_server({"/a?b=c": page}) as (site, requests):
        (exchange,) = fetch(f"{site}/a?b=c#d", AGENT, allows_private=True)

    assert (exchange.answer, exchange.status, exchange.machine) == (page, 200, "127.0.0.1")
    assert exchange.url == f"{site}/a?b=c"
    assert requests == [exchange.request]
    assert exchange.request.split(b"\r\n")[:3] == [
        b"GET /a?b=c HTTP/1.1",
        b"Host: " + site.removeprefix("http://").encode(),
        b"User-Agent: tests/1",
    ]


def test_private_address_is_refused_before_anything_is_sent():
    with web_server({"/": answer(b"Words")}) as (site, requests):
        assert "leads to 127.0.0.1, which is not a public address" in refusal(site)

    assert requests == []


def test_redirects_are_followed_and_each_is_looked_at(monkeypatch):
    with web_server(
        {
            "/": answer(b"", "302 Found", "Location: next"),
            "/next": answer(b"", "301 Moved Permanently", "Location: /last"),
            "/last": answer(b"Words"),
            "/out": answer(b"", "302 Found", "Location: http://localhost:1/"),
            "/file": answer(b"", "302 Found", "Location: file:///etc/passwd"),
            "/round": answer(b"", "307 Temporary Redirect", "Location: /round"),
        }
    ) as (site, requests):
        looked_at = []
        monkeypatch.setattr(
            fetching, "machine_of", lambda address, **_: looked_at.append(address.target) or "127.0.0.1"
        )
        exchanges = fetch(site, AGENT)
        assert [exchange.url for exchange in exchanges] == [site, f"{site}/next", f"{site}/last"]
        assert looked_at == ["/", "/next", "/last"]
        monkeypatch.undo()
        assert "is not a web address" in refusal(f"{site}/file", allows_private=True)
        assert refusal(f"{site}/round", allows_private=True) == f"{site}/round: redirected more than 5 times."

    assert len(requests) == 3 + 1 + 6


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (answer(b"", "404 Not Found"), "answers 404 Not Found."),
        (answer(b"", "302 Found"), "answers 302 Found."),
        (b"", "no answer that can be read"),
        (b"no http at all\r\n\r\n", "no answer that can be read"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ncut", "no answer that can be read"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", "no answer that can be read"),
        (answer(b"zz\r\n", "200 OK", "Transfer-Encoding: chunked"), "no answer that can be read"),
        (answer(b"x" * 3_000), "The response has more than 2,000 bytes."),
    ],
    ids=range(8),
)
def test_answer_that_is_no_page_is_refused(monkeypatch, sent, message):
    monkeypatch.setattr(fetching, "LARGEST", 2_000)
    with web_server({"/": sent}) as (site, _):
        assert message in refusal(site, allows_private=True)


def test_answer_that_never_ends_is_given_up(monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS", 0.2)
    with web_server({"/": None}) as (site, _):
        assert refusal(site, allows_private=True) == f"{site}: no whole answer within 0.2 seconds."


def test_host_that_is_not_known_is_refused():
    assert refusal("http://nobody.invalid/") == "The host “nobody.invalid” is not known."


@settings(max_examples=examples(100), deadline=None)
@given(st.text(max_size=60))
def test_any_words_are_an_address_or_refused(words):
    try:
        address = parse(f"http://{words}")
    except NotFetched:
        return
    assert not set(" \r\n\t") & set(address.target + address.host)
    assert fetching._request(address, AGENT).count(b"\r\n") == 7


def test_nothing_else_calls_out_and_one_command_alone_fetches():
    root = Path(fetching.__file__).parent.parent.parent
    modules = [path for folder in ("timeline", "tracker") for path in (root / folder).rglob("*.py")]
    with_words = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in modules}

    assert [name for name, text in with_words.items() if CALLS_OUT.search(text)] == ["timeline/capture/fetch.py"]
    assert [name for name, text in with_words.items() if "timeline.capture" in text and "/capture/" not in name] == [
        "timeline/management/commands/capture.py"
    ]
