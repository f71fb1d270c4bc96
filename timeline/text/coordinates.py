"""A point on the globe as people write it: read from one text, and written again.

Read are "15.55 N, 32.53 E", "40,1792° / 44,4991°", degrees with minutes and seconds, and `geo:` addresses. Sources: ISO 6709, annex D; RFC 5870.
"""

import math
import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

EARTH = 6371.0  # km, mean radius
STEP = Decimal("0.000001")  # degrees; about 11 cm
EXAMPLES = "15.55 N, 32.53 E; 40,1792 / 44,4991; 15°33′ N 32°32′ E; geo:40.17,44.49"

SIGNS = str.maketrans(
    {"−": "-", "–": "-", "º": "°", "˚": "°", "’": "′", "'": "′", "”": "″", '"': "″", "ʹ": "′", "ʺ": "″"}
)
GEO = re.compile(
    r"geo:(?P<north>-?\d+(?:\.\d+)?),(?P<east>-?\d+(?:\.\d+)?)(?:,-?[\d.]+)?(?P<more>(?:;[\w-]+(?:=[^;]*)?)*)"
)
NUMBER = r"\d+(?:[.,]\d+)?"
ANGLE = re.compile(
    rf"(?P<before>[NSEW])?\s*(?P<sign>[-+])?\s*(?P<degrees>{NUMBER})\s*°?"
    rf"(?:\s*(?P<minutes>{NUMBER})\s*′?(?:\s*(?P<seconds>{NUMBER})\s*″?)?)?\s*(?P<after>[NSEW])?"
)
SEPARATED = (  # the ways in which two angles are beside each other, the clearest first
    re.compile(r"([^/;|]+)[/;|]([^/;|]+)"),
    re.compile(r"([^NSEW]+[NSEW])[\s,]*([^NSEW]+[NSEW])"),
    re.compile(r"([NSEW][^NSEW]+?)[\s,]*([NSEW][^NSEW]+)"),
    re.compile(r"(.+?),\s(.+)"),
    re.compile(r"(\S+)\s(\S+)"),
    re.compile(r"([^,]+),([^,]+)"),
    re.compile(r"([^°]+°[^°]*?)\s([-+]?[\d.,]+\s?°.*)"),
)
LIMITS = {"latitude": 90, "longitude": 180}
AXES = {"N": "latitude", "S": "latitude", "E": "longitude", "W": "longitude"}

NOWHERE = "0, 0 lies in the Atlantic. Give the degrees of the place, or leave both empty."


class Point(NamedTuple):
    latitude: Decimal  # degrees north, WGS 84, in steps of STEP
    longitude: Decimal  # degrees east

    def __str__(self) -> str:
        """Return "15.55 N, 32.53 E"."""
        north, east = "NS"[self.latitude < 0], "EW"[self.longitude < 0]
        return f"{_plain(self.latitude)} {north}, {_plain(self.longitude)} {east}"


def _plain(degrees: Decimal) -> str:
    return f"{abs(degrees).normalize():f}"


def read_point(text: str) -> Point:
    """Return the point that the text gives, to six decimals. Raises ValueError, which says what would be right."""
    plain = " ".join(unicodedata.normalize("NFC", text).replace("′′", "″").translate(SIGNS).replace("′′", "″").split())
    if plain.lower().startswith("geo:"):
        return _checked(*_read_geo(plain))
    plain = plain.upper().replace(" ,", ",").strip("()[] ")
    if re.fullmatch(r"[-+]?\d+,\d+", plain):
        first, second = plain.split(",")
        raise ValueError(
            f"“{plain}” may be two numbers or one with a decimal comma. Write {first} / {second}, or add the other coordinate."
        )
    for separated in SEPARATED:
        if (halves := separated.fullmatch(plain)) and (point := _pair(*map(str.strip, halves.groups()))):
            return _checked(*point)
    raise ValueError(f"“{text[:60]}” is not a pair of coordinates. Write latitude and longitude, like {EXAMPLES}.")


def _read_geo(text: str) -> tuple[Decimal, Decimal]:
    parts = GEO.fullmatch(text.lower())
    if parts is None:
        raise ValueError(f"“{text[:60]}” is not a geo: address. Write latitude and longitude, like geo:40.17,44.49.")
    if (system := re.search(r";crs=([^;]*)", parts["more"])) and system[1] != "wgs84":
        raise ValueError(f"The coordinates are those of “{system[1][:20]}”. Give them by WGS 84.")
    return Decimal(parts["north"]), Decimal(parts["east"])


def _pair(first: str, second: str) -> tuple[Decimal, Decimal] | None:
    """Return latitude and longitude; None where the two are no angles, so that another way of parting them is tried. Raises
    ValueError where they are, and cannot be meant."""
    angles = [angle for half in (first, second) if (angle := ANGLE.fullmatch(half.strip(", ")))]
    if len(angles) < 2:
        return None
    axes = [AXES.get(angle["before"] or angle["after"] or "") for angle in angles]
    if (axes[0] is None) != (axes[1] is None):
        raise ValueError("One of the two says N, S, E or W and the other does not. Say it of both, or of neither.")
    if axes[0] and axes[0] == axes[1]:
        raise ValueError(f"Both are a {axes[0]}. Give one with N or S, and one with E or W.")
    north, east = map(_degrees, angles)
    return (east, north) if axes[0] == "longitude" else (north, east)


def _degrees(angle: re.Match) -> Decimal:
    letters = [letter for letter in (angle["before"], angle["after"]) if letter]
    if len(letters) > 1 or (letters and angle["sign"]):
        raise ValueError("Give one letter, N, S, E or W, or a sign, not both: 15.55 S, or -15.55.")
    degrees, *finer = (Decimal((angle[name] or "0").replace(",", ".")) for name in ("degrees", "minutes", "seconds"))
    if any(part >= 60 for part in finer):
        raise ValueError("Minutes and seconds are below 60. Write 15°33′ N, or 15.55 N.")
    if (angle["minutes"] and degrees % 1) or (angle["seconds"] and finer[0] % 1):
        raise ValueError("Only the last of degrees, minutes and seconds has decimals: 15°33.5′ N, or 15.55 N.")
    size = degrees + finer[0] / 60 + finer[1] / 3600
    return -size if angle["sign"] == "-" or letters in (["S"], ["W"]) else size


def _checked(latitude: Decimal, longitude: Decimal) -> Point:
    for (name, limit), degrees in zip(LIMITS.items(), (latitude, longitude), strict=True):
        if abs(degrees) > limit:
            turned = abs(latitude) <= 180 and abs(longitude) <= 90
            hint = " Where longitude comes first, say so: 32.53 E, 15.55 N." if turned else ""
            raise ValueError(f"{_plain(degrees)} is no {name}: it is outside -{limit} to {limit} degrees.{hint}")
    point = Point(latitude.quantize(STEP) + 0, longitude.quantize(STEP) + 0)  # no -0
    if not any(point):
        raise ValueError(NOWHERE)
    return point


def distance(first: tuple[Decimal, Decimal], second: tuple[Decimal, Decimal]) -> float:
    """Return the kilometres between two points, along the globe taken as a sphere: at most 0.6 % off."""
    (north, east), (north_too, east_too) = ([math.radians(degrees) for degrees in point] for point in (first, second))
    half = math.sin((north_too - north) / 2) ** 2
    half += math.cos(north) * math.cos(north_too) * math.sin((east_too - east) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(min(1.0, half)))
