"""What is around a document on its page and is none of its words: banners, paths, buttons, and a site's name in a title.

Source: pages of the State Department, the White House, kremlin.ru, mfa.am, mfa.gov.az and UN press, by their published
structure. Only whole lines at the head and at the foot of a text are left out, never a line between its words.
"""

import re

HEAD, FOOT = 60, 40  # lines that are looked at, from the first and from the last
LONGEST = 120  # characters; a longer line that is no furniture is a paragraph: what lies behind it is the document

_BANNER = (
    r"An official website of the (?:United States|U\.?S\.?) government",
    r"Here[’']s how you know",
    r"(?:The )?Official websites use \.gov",
    r"A \.gov website belongs to an official government organization in the United States\.",
    r"Secure \.gov websites use HTTPS",
    r"A lock \(.{0,40}?\) or https:// means you[’']ve safely connected to the \.gov website\.",
    r"Share sensitive information only on official, secure websites\.",
)
_NETWORK = r"(?:Facebook|Twitter|LinkedIn|WhatsApp|Telegram|Reddit|Pinterest|Instagram|YouTube|Flickr|VK|VKontakte|RSS|E-?mail)"
_LINES = (
    *(
        r"Skip to (?:the )?(?:main )?(?:content|navigation|footer)",
        r"Toggle navigation",
        r"(?:Mobile )?Menu Toggle Button",
    ),
    *(r"Menu|Close menu|Home|Main page|Search|Search this site:?|You are here:?|Breadcrumbs?|Hide|Go back|Show all",),
    r"(?:Home|Main page|Main)\s*(?:[>/»→|]|\.\.\.).{0,150}",  # the path to the page
    rf"(?:Share|Print|Copy link|Link copied|Download PDF|Listen|{_NETWORK})(?:[\s,|/·]+(?:Print|Copy link|{_NETWORK}))*:?",
    rf"Share (?:this|on|via|to)(?: (?:page|article|post|this|on|via|X|{_NETWORK})){{0,6}}:?",
    *(r"(?:Back|Scroll) to (?:the )?top", r"Stay (?:connected|informed)", r"Sign up|Subscribe|Newsletter"),
    *(r"Tags:?|Related (?:articles|posts|content|news|materials):?|See also:?|Read more|Previous|Next|Latest news",),
    r"(?:Privacy|Copyright|Cookie|Linking) (?:policy|settings|information)|Accessibility statement|No FEAR Act|Terms of use",
    r"White House USA\.gov .{0,150}|USA\.gov|FOIA|Office of the Inspector General|Contact us|All rights reserved\.?|WH\.gov",
    *(r"Welcome to the United Nations", r"A–?-?Z site index"),
    r"(?:العربية|中文|English|Français|Русский|Español|Հայերեն|Azərbaycan(?:ca)?)(?:[\s|/·]+"
    r"(?:العربية|中文|English|Français|Русский|Español|Հայերեն|Azərbaycan(?:ca)?))*",
    r"Publication status|Published in sections?:.{0,110}|Publication date:.{0,60}|Direct link:.{0,80}|Text version",
    r"Статус материала|Опубликован[оа]? в разделах?:.{0,110}|Дата публикации:.{0,60}|Ссылка на материал:.{0,80}",
    r"Текстовая версия|Поделиться|Распечатать|Печать|Տպել|Կիսվել|Paylaş|Çap et|Çap versiyası|Ana səhifə",
)
_FURNITURE = re.compile(rf"(?:(?:{'|'.join(_BANNER)})\s*)+|{'|'.join(_LINES)}", re.IGNORECASE)

_SITES = (
    r"(?:United States|U\.S\.) Department of State|(?:The )?White House|(?:The )?White House \(archived\)|whitehouse\.gov",
    r"President of Russia|Президент России|kremlin\.ru|UN Press|United Nations|Meetings Coverage and Press Releases|UN News",
    r"(?:The )?Ministry of Foreign Affairs(?: of (?:the )?Republic of (?:Armenia|Azerbaijan))?|MFA(?: of)? (?:Armenia|Azerbaijan)",
)
_SITE_NAME = re.compile(rf"\s*(?:\s[-–—•:]{{1,2}}|[|»•])\s+(?:{'|'.join(_SITES)})\.?\s*\Z", re.IGNORECASE)
_BESIDE_SITE = r"\s*(?:\s[-–—•:]{1,2}|[|»•])\s+"


def plain_title(title: str, site: str = "") -> str:
    """Return the title without the site's name behind it: one that is known, or `site`, as the page names it. A title that
    is nothing else stays."""
    plain = _SITE_NAME.sub("", title)
    if site.strip():
        plain = re.sub(rf"{_BESIDE_SITE}{re.escape(site.strip())}\s*\Z", "", plain, flags=re.IGNORECASE)
    return plain if plain.strip() else title


def without_furniture(text: str) -> tuple[str, list[str]]:
    """Return the text without furniture at its head and foot, and a note that says how many lines were left out."""
    around = furniture_lines(text)
    if not around:
        return text, []
    rest = "\n".join(line for number, line in enumerate(text.split("\n")) if number not in around)
    counted = f"{len(around)} line{'' if len(around) == 1 else 's'}"
    return re.sub(r"\n{3,}", "\n\n", rest).strip("\n"), [f"{counted} of the page around it left out"]


def furniture_lines(text: str) -> set[int]:
    """Return which lines are furniture, by their numbers from 0; none of a text that is nothing else."""
    lines = text.split("\n")
    around = {*_furniture(lines, range(len(lines)), HEAD), *_furniture(lines, range(len(lines) - 1, -1, -1), FOOT)}
    return around if len(around) < sum(1 for line in lines if line.strip()) else set()


def _furniture(lines: list[str], numbers: range, most: int) -> list[int]:
    """Return which of the first lines in this order are furniture, up to the first paragraph."""
    around: list[int] = []
    looked_at = 0
    for number in numbers:
        line = " ".join(lines[number].split()) if len(lines[number]) <= 1_000 else lines[number]
        if not line:
            continue
        looked_at += 1
        if len(line) <= 1_000 and _FURNITURE.fullmatch(line):
            around.append(number)
        elif len(line) > LONGEST or looked_at >= most:
            break
    return around
