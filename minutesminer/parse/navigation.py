"""Lines of a web page's own furniture, told from lines of minutes that have the same words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from minutesminer.text import BULLET

_LONGEST = 300  # characters
_LONGEST_WHOLE = 170
_LONGEST_BUTTONS = 100
_NETWORK = r"(?:facebook|twitter|x|linked ?in|e-?mail|whatsapp|bluesky|instagram|social media|print)"
_ALONE = re.compile(  # words that are buttons of a page, but may be entries of a list in minutes too
    rf"(?:home|menu|search|main menu|navigation|breadcrumb|close|items|media|print|{_NETWORK})\.?", re.I
)
_WHOLE = re.compile(
    r"(?:agenda item(?: \d+)?|agenda,? (?:decisions )?and minutes|issue (?:- )?(?:details|meetings|decisions)"
    r"|decision details|meeting (?:details|documents)|attendance details|email this page"
    rf"|share(?: this)?(?: (?:item|page|link|article|meeting))?"
    rf"(?:(?: (?:on|via|by|to))?\W+{_NETWORK}(?:[ ,]+(?:and )?{_NETWORK})*)?:?"
    r"|rhaglen a chofnodion|eitemau|rhif\.? eitem|eitem (?:ar yr )?(?:agenda|rhaglen)|</?AI\d+>"
    r"|\(\d{1,2}[.:]\d\d(?: ?[-–] ?\d{1,2}[.:]\d\d)?\)"
    r"|audio recording\W+(?:\d+ (?:hours?|minutes?|seconds?)[ ,]*(?:and )?)+"
    r"|tweet(?: this)?|print (?:this )?page|back to top|(?:back )?to meeting|no\.? item"
    r"|(?:pdf icon )?pdf \d[\d.]* ?[km]b|page \d+(?: of \d+)?"
    r"|this page is (?:intentionally|deliberately) (?:left )?blank"
    r"|(?:this |the )?(?:page )?(?:was )?last (?:updated|modified|reviewed)(?: on)?:?.{0,40}"
    r"|(?:was|is) this page (?:useful|helpful)\b.{0,40}|powered by [\w. ]{3,30}|all rights reserved"
    r"|(?:©|\(c\)|copyright ©?) ?(?:(?:19|20)\d\d\b.{0,100}|.{0,60}\b(?:19|20)\d\d))\.?",
    re.I,
)
_OPENING = re.compile(  # what follows these is the page's own too, unless it tells of a meeting
    r"(?:skip to (?:the )?(?:main )?(?:content|navigation|menu|footer)\b"
    r"|view the background to item |view (?:the )?(?:recorded vote|declarations?|webcast)\b"
    r"|return to (?:top|list)\b|you are here\b|accept (?:all )?cookies|cookie (?:settings|policy|preferences)"
    r"|(?:this|our) (?:web)?site uses (?:essential )?cookies|we use (?:essential |necessary )?cookies"
    r"|agenda frontsheet|agenda reports pack|printed (?:draft )?(?:minutes|decisions)|public reports pack)",
    re.I,
)
_COOKIES = re.compile(
    r"(?=.*\bcookies?\b)"
    r".*(?:\b(?:we|our|us|you|your)\b|\bthis (?:web ?)?site\b|\b(?:settings|preferences)\b|^\W*cookies\b)"
    r"|\W*(?:(?:accept|reject|allow|manage|save|cookies?|settings|preferences|essential|only|all|my|more|options)\b\W*)"
    r"{2,8}",
    re.I,
)
_TELLS = re.compile(
    r"\b(?:was|were|had|noted|agreed|advised|asked|queried|reported|explained|resolved|requested|heard|said|told"
    r"|considered|received|discussed|undertook|welcomed|presented|invited|confirmed|stated|highlighted|outlined"
    r"|(?:would|should|could) (?:be|have|no|not)|penderfynwyd|nodwyd|cytunwyd)\b",
    re.I,
)
_LABELLED = re.compile(r"\S (?:Minutes|Decisions?|Cofnod(?:ion)?|Penderfyniad(?:au)?): ?(?=[A-Z“‘(•]|$)")
_TRAIL = re.compile(r"[^\W\d][^>.;:]*(?: > [^\W\d][^>.;:]*){2,}")  # where a page stands: `Home > Council > Meetings`


def tells(line: str) -> bool:
    """Whether a line has a word that tells of a meeting: `was`, `noted`, `asked`."""
    return _TELLS.search(line) is not None


def is_navigation(line: str) -> bool:
    """True for a line of a page's own furniture: `Skip to content`, share links, cookie notices."""
    bare = line.removeprefix(BULLET)
    if len(bare) > _LONGEST:
        return False
    if len(bare) <= _LONGEST_WHOLE and (_ALONE.fullmatch(bare) or _WHOLE.fullmatch(bare)):
        return True
    if not (_OPENING.match(bare) or (" > " in bare and _TRAIL.fullmatch(bare)) or _is_cookie_notice(bare)):
        return False
    return not tells(bare) and not _LABELLED.search(bare)  # a page copied into one line opens with its navigation


def without_navigation(lines: Iterable[str]) -> Iterator[str]:
    """The lines without the page's own. In a list that a line of the text opens, entries of one word stay."""
    opened = False  # whether the line before opens or goes on with such a list
    for line in lines:
        entry = opened and line.startswith(BULLET)
        if is_navigation(line) and not (entry and _ALONE.fullmatch(line.removeprefix(BULLET))):
            continue
        opened = entry or line.endswith(":")
        yield line


def _is_cookie_notice(line: str) -> bool:
    """Whether a line speaks of cookies to the reader of the page, or is the buttons under such a notice."""
    spoken = "cookie" in line.lower()
    found = _COOKIES.match(line) if spoken or len(line) <= _LONGEST_BUTTONS else None
    return found is not None and (spoken or found.end() == len(line))
