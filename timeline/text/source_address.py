"""One address of a source, however it was copied: with marks that follow readers, from an archive, with `www.` or without."""

import re

LONGEST = 500  # characters of an address that is stored

# Parameters that say who follows a link, never what is read: those that newsletters, advertisements and shares add.
_TRACKING = re.compile(
    r"(?:amp;)?(?:utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|ttclid|li_fat_id|igshid|igsh"
    r"|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|_openstat|_ga|_gl|vero_id|oly_anon_id|oly_enc_id|ref_src)",
    re.IGNORECASE | re.ASCII,
)
# What may be before an address: a scheme (archives keep one slash of two), `www.`, an archive with the moment of its copy.
_BEFORE = re.compile(
    r"https?:/{1,2}"
    r"|www\.(?=[^/?#]*\.)"
    r"|(?:web\.)?archive\.org/web/\d{1,14}[a-z_]*/"
    r"|archive\.(?:ph|is|today|li|fo|md|vn)/(?:newest/|[\d.-]{4,20}/|o/\w{3,10}/)(?=https?:/)",
    re.IGNORECASE | re.ASCII,
)
_ROUTE = re.compile("[!/]")  # a fragment that begins so names a page, not a place on it
_ESCAPED = re.compile("(?:%[89A-F][0-9A-F])+", re.IGNORECASE | re.ASCII)  # letters outside ASCII


def comparable_address(url: str) -> str:
    """Return what is the same for all addresses of one page: without scheme, `www.`, default port, tracking parameters,
    closing slash, fragment and the archive that holds a copy; its host in small letters, its letters not escaped.

    Other parameters stay, in their order. Never longer than the address; "" for "". Of its own result it is the same again.
    """
    comparable = _plain(url)
    while (again := _plain(comparable)) != comparable:
        comparable = again
    return comparable


def comparable_lines(urls: str) -> str:
    """Return the comparable addresses of lines, each between line ends, for one to be looked up; "" for none."""
    lines = dict.fromkeys(filter(None, map(comparable_address, urls.splitlines())))
    return "\n" + "\n".join(lines) + "\n" if lines else ""


def _plain(url: str) -> str:
    url = url.strip()
    while before := _BEFORE.match(url):
        url = url[before.end() :]
    address, mark, fragment = url.partition("#")
    rest, _, query = address.partition("?")
    host, slash, path = rest.partition("/")
    host = re.sub(r"(?<=[^:]):(?:80|443)\Z", "", host.lower()).rstrip(".")
    parameters = [parameter for parameter in query.split("&") if parameter and not _is_tracking(parameter)]
    page = f"{host}{slash}{path}".rstrip("/")
    if _ROUTE.match(fragment):
        return _unescaped(
            "".join([page, *(["?", "&".join(parameters)] if parameters else []), mark, fragment]).rstrip("/")
        )
    return _unescaped("?".join([page, "&".join(parameters)] if parameters else [page]))


def _is_tracking(parameter: str) -> bool:
    return _TRACKING.fullmatch(parameter.partition("=")[0]) is not None


def _unescaped(address: str) -> str:
    return _ESCAPED.sub(_letters, address)


def _letters(escaped: re.Match[str]) -> str:
    try:
        return bytes.fromhex(escaped[0].replace("%", "")).decode()
    except UnicodeDecodeError:
        return escaped[0].upper()
