"""Facts of a meeting in the words of a document: committee, date, time, venue, status."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from rapidfuzz import fuzz, process

from minutesminer.models import Meeting
from minutesminer.text import BULLET, fold

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WELSH = [
    "ionawr",
    "chwefror",
    "mawrth",
    "ebrill",
    "mai",
    "mehefin",
    "gorffennaf",
    "awst",
    "medi",
    "hydref",
    "tachwedd",
    "rhagfyr",
]
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|" + "|".join(_WELSH) + r")"
)
_DAYS = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tue|Wed|Thu|Fri|Sat|Sun"
    r"|(?:Dydd|Nos)\s+(?:Llun|Fawrth|Mawrth|Mercher|Fercher|Iau|Gwener|Wener|Sadwrn|Sul))"
)
_ORDINAL = r"(?:st|nd|rd|th|af|ail|ydd|fed|eg|ain)"
_DATE = re.compile(
    rf"(?:{_DAYS},?\s+)?(?:the\s+)?\b(?P<d>\d{{1,2}})\s?{_ORDINAL}"
    rf"?(?:\s+(?:day\s+)?of)?[\s\-]+(?P<m>{_MONTH})\.?,?[\s\-]+(?P<y>\d{{4}})\b"
    rf"|\b(?P<mf>{_MONTH})\.?\s+(?P<df>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<yf>\d{{4}})\b"
    r"|\b(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})\b"
    r"|\b(?P<nd>\d{1,2})[/.\-](?P<nm>\d{1,2})[/.\-](?P<ny>\d{4}|\d{2})\b",
    re.I,
)
_TIME = re.compile(
    r"(?<![\d.:/£])(?P<h>\d{1,2})(?:[.:](?P<min>[0-5]\d))?\s*(?:(?P<half>[ap])\.?\s?m\b\.?|y(?P<welsh>[bh])\b)"
    r"|(?<![\d.:/£])(?P<h24>[01]?\d|2[0-3])[:.](?P<min24>[0-5]\d)(?:\s*(?:hrs|hours))?(?![\d%])",
    re.I,
)
_BODY = (
    r"(?:Sub-?\s?Committee|Committee|Panel|Board|Commission|Cabinet|Council|Forum|Executive"
    r"|(?:Working|Task|Scrutiny|Steering|Review|Reference|Advisory|Finish) Group|Assembly|Partnership)"
)
_NAME = (
    rf"[A-Z][\w’'&\-]*(?:,?\s+(?:[A-Z][\w’'&\-]*|&|and|of|for|the|on|in|–"
    rf"|-)){{0,10}}?\s+{_BODY}(?:\s+{_BODY})*"
)
_MEETING_OF = re.compile(
    r"(?:(?:additional |extraordinary |special )?meeting of (?:the )?|cyfarfod (?:o['’]r |o |y )?)"
    r"(?P<name>[^,(]+?(?:\([^)]*\))?(?:, [^,\d]+?)*?),?\s+(?:held )?(?:on )?"
    rf"(?=(?:{_DAYS},?\s+)?\d{{1,2}}{_ORDINAL}?[\s/.\-])(?P<when>.*?)"
    r"(?:\((?:Item|Eitem) (?P<item>[\w.()/]+)\))?[.)]?\s*$",
    re.I,
)
_OPENING = re.compile(
    r"(?:^|\b(?=minutes?\b|notes?\b|proceedings\b))(?:at\s+)?(?:(?:a|an|the)\s+)?"
    r"(?:(?:draft|confidential|open|public|action)\s+)*(?:minutes?|notes?|record|proceedings"
    r"|(?:(?:\w+\s+)?meeting))\s+of\s+(?:(?:a|an|the)\s+)?",
    re.I,
)
_HELD = re.compile(
    rf"(?P<name>.{{0,120}}?{_BODY}(?:\s*\([^)]*\))?)(?:\s+of\s+(?:the\s+)?[^,]*?\b(?:council|borough|authority)\b[^,]*?)?"
    r"(?=\s+(?:(?:meeting\s*)?(?:held|on|at|in|via|meeting)\b)|\s*[,:–-]|$)",
    re.I,
)
_KIND = r"(?:(?:County|City|Borough|District|Metropolitan|Unitary|Town)\s+){0,3}"
_COUNCIL = re.compile(
    rf"^(?:(?:London|Royal) Borough of [A-Z][\w’'-]+(?: (?:and|upon) [A-Z][\w’'-]+| [A-Z][\w’'-]+)*"
    rf"|[A-Z][\w’'-]+(?:\s+(?:and|upon|of|on|[A-Z][\w’'-]+)){{0,4}}?\s+{_KIND}Council)(?=$|\s*[-–,:|])"
    r"|^[A-Z][A-Z’'-]+(?:\s+[A-Z’'-]+){0,5}\s+COUNCIL$"
)
_NAMELESS = re.compile(r"(?:the )?(?:sub-?\s?)?(?:committee|panel|board|commission|forum|group|partnership)", re.I)
_FULL_COUNCILS = {f"{kind}council" for kind in ("", "full ", "county ", "city ", "borough ", "district ", "annual ")}
_ANY_COUNCIL = re.compile(
    r"(?:the )?(?:full|county|city|borough|district|town|your|modern|about the|about your) council", re.I
)
_ISSUE = re.compile(
    r"Meeting:\s*(?P<when>\d{1,2}/\d{1,2}/\d{2,4})\s*[-–]\s*(?P<name>.+?)\s*(?:\(Item (?P<item>[^)]*)\))?\s*$"
)
_PUBLISHED = re.compile(
    r"\b(?:publi(?:shed|cation)|next meeting|previous|agenda (?:published|item)|call-?in|deadline"
    r"|effective)\b",
    re.I,
)
_VENUE = re.compile(r"(?:venue|location|place)\s*:\s*(?P<venue>.+)$", re.I)
_HELD_IN = re.compile(
    r"\bheld (?:on (?:(?! in (?:the )?[A-Z]).){6,70}? )?(?:in|at) (?:the )?"
    r"(?P<venue>(?!\d{1,2}[.:]|\d{1,2}\s?[ap]\.?m).+?)(?:,? on (?=\w)|,? (?:at|commencing) \d|\.$|$)",
    re.I,
)
_STATUS = re.compile(r"\b(?:draft|unconfirmed|confirmed|unapproved|approved|cancelled|postponed|inquorate)\b", re.I)
_OWN = re.compile(r"\b(?:to|of|by|behalf of|remit of|that|for) the ?$|\bfell under the remit of the ?$", re.I)
_OTHER = re.compile(
    r"\b(?:previous|previously|earlier|referred|refer|recommend\w*|submitted|went|informed|Chair of"
    r"|members of|considered by)\b[^.;]{0,40}$",
    re.I,
)


def find_date(text: str) -> str | None:
    """The first date in `text` as ISO, read day first; None where there is none."""
    for match in _DATE.finditer(text):
        found = _iso(match)
        if found:
            return found
    return None


def find_time(text: str) -> str | None:
    """The first clock time in `text` as `HH:MM`."""
    for match in _TIME.finditer(text):
        if match["h24"]:
            return f"{int(match['h24']):02}:{match['min24']}"
        hour = int(match["h"])
        if 1 <= hour <= 12:
            after_noon = (match["half"] or "").lower() == "p" or (match["welsh"] or "").lower() == "h"
            hour = hour % 12 + 12 * after_noon
            return f"{hour:02}:{match['min'] or '00'}"
    return None


def meeting_line(line: str) -> tuple[Meeting, str | None] | None:
    """The meeting and item number of `Meeting of X, Monday, 17th December, 2018 6.30 p.m. (Item 4.1)`."""
    match = _MEETING_OF.match(line.removeprefix(BULLET))
    if match is None or find_date(match["when"]) is None:
        return None
    meeting = Meeting(
        committee=fold(match["name"]), date=find_date(match["when"]), time=_time_after_date(match["when"])
    )
    return meeting, _bare_number(match["item"])


def issue_line(line: str) -> tuple[Meeting, str | None] | None:
    """The meeting and item number of `Meeting: 18/06/2012 - Overview and Scrutiny Board (Item 12)`."""
    match = _ISSUE.match(line.removeprefix(BULLET))
    if match is None or find_date(match["when"]) is None:
        return None
    return Meeting(committee=fold(match["name"]), date=find_date(match["when"])), _bare_number(match["item"])


def header_facts(lines: Sequence[str]) -> Meeting:
    """What the lines above the first item say of the meeting; fields not found are None."""
    meeting = Meeting()
    titles: list[str] = []
    for line in (raw.removeprefix(BULLET) for raw in lines):
        placed = meeting_line(line)
        if placed:
            meeting.committee = meeting.committee or placed[0].committee
            meeting.date, meeting.time = meeting.date or placed[0].date, meeting.time or placed[0].time
            continue
        meeting.committee = meeting.committee or _named_in_title(line)
        venue = _VENUE.match(line) or (_HELD_IN.search(line) if len(line) < 400 else None)
        if venue and not meeting.venue:
            meeting.venue = _short_venue(venue["venue"])
        if (
            not meeting.date
            and len(line) < 400
            and not re.match(r"\d+\.?\s+minutes of", line, re.I)
            and not _PUBLISHED.search(line)
            and (len(line) <= _LONGEST_HEADING or _OPENING.search(line) or re.search(r"\bheld\b", line, re.I))
        ):
            meeting.date = find_date(line)
        if meeting.date and not meeting.time and len(line) < 400:
            meeting.time = _time_after_date(line)
        status = _STATUS.search(line) if len(line) < 60 else None
        if status and not meeting.status:
            meeting.status = status[0].lower()
        title = _committee_title(line)
        if title:
            titles.append(title)
    if not meeting.committee and titles:
        meeting.committee = titles[0]
    if meeting.committee:
        meeting.committee = _printed_small(meeting.committee, "\n".join(lines)) or meeting.committee
    return meeting


def committee_in_prose(text: str) -> str | None:
    """The committee that running text names as its own, or None where it does not say.

    How the text calls itself (`The Sub-Committee`) tells which of the bodies it names is its own.
    """
    own = Counter(
        match[1].replace(" ", "-")
        for match in re.finditer(r"\b[Tt]he (Sub-?Committee|Committee|Panel|Board|Commission)\b", text)
    )
    kind = own.most_common(1)[0][0] if own else None
    for match in re.finditer(rf"\b(?P<name>{_NAME})\b", text):
        printed = fold(match["name"])
        name = re.sub(r"^(?:The|That|Of|For|And|In|On)\s+", "", printed)
        name = re.sub(r"^(?:(?:Vice-)?Chair\w*|Members?|Leaders?|Minutes(?: of the Meeting)?) of (?:the )?", "", name)
        if re.match(r"\s+(?:Procedure|Rules|Papers|Services|Room)\b", text[match.end() : match.end() + 12]):
            continue
        before = text[max(0, match.start() - 60) : match.start()]
        body = re.search(rf"{_BODY}$", name)
        if body is None or len(name.split()) < 2 or (kind and not _same_body(body[0], kind)) or (kind is None):
            continue
        if re.match(_MONTH, name) or _OTHER.search(before) and not re.search(r"remit of the $", before):
            continue
        articled = printed.startswith("The ") or before.rstrip().endswith(("the", "The"))
        if _OWN.search(before) or articled or not before.strip():
            return name
    return None


def printed_council(header: str) -> str | None:
    """The council that a header names in a line of its own, as printed; None for several or none.

    It serves the councils that are not in the register.
    """
    names: dict[str, str] = {}
    for part in re.split(r"\n|\s[-–|]\s|©", header):
        match = _COUNCIL.match(part.strip().removeprefix(BULLET)) if len(part) < 120 else None
        if match and not _ANY_COUNCIL.fullmatch(match[0]):
            name = fold(match[0])
            names.setdefault(name.casefold(), _in_title_case(name) if name.isupper() else name)
    return next(iter(names.values())) if len(names) == 1 else None


CALLED_OFF = re.compile(r"cancel|postpon|abandon|gohirio|canslo", re.I)
"""What the status of a meeting that did not take place says."""

_LONGEST_HEADING = 100  # characters: a longer line tells of something, and its dates are not the meeting's
_LETTERS = r"[^\W\d_]+"
_INITIALS = frozenset("AI AONB ASC EDI EU HOSC HOSP ICB ICS ICT IOW IT LEA OSC SACRE SEN SEND UK".split())
_VOWEL = re.compile(r"[AEIOUY]", re.I)
_SMALL_WORDS = frozenset("and for in of on the to under upon with".split())


def in_small_letters(name: str, text: str) -> str:
    """A name in capitals in small letters: as `text` prints it, else with the capitals of a title.

    A word of up to four letters that `text` prints in capitals only stays where it has no vowel, or is known as such.
    """
    if not name.isupper():
        return name
    small = _printed_small(name, text)
    if small:
        return small
    printed = set(re.findall(_LETTERS, text))

    def initials(match: re.Match[str]) -> str:
        word = match[0]
        short = len(word) <= 4 and word[0].isupper()
        short = short and (word.upper() in _INITIALS or not _VOWEL.search(word))
        return word.upper() if short and not {word, word.lower()} & printed else word

    return re.sub(_LETTERS, initials, _in_title_case(name))


def _printed_small(name: str, text: str) -> str | None:
    if not name.isupper():
        return None
    for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I):
        if not match[0].isupper() and match[0][0].isupper():
            return match[0]
    return None


def match_committee(name: str, known: Sequence[str]) -> str:
    """The one of `known` names that `name` means, however it is punctuated; else `name` itself."""
    if not known or name in known:
        return name
    best = process.extractOne(
        _committee_key(name),
        [_committee_key(other) for other in known],
        scorer=fuzz.token_sort_ratio,
        score_cutoff=90,
    )
    if best is None:
        return name
    other = known[best[2]]
    return other if set(re.findall(r"\d+", other)) == set(re.findall(r"\d+", name)) else name


def _bare_number(number: str | None) -> str | None:
    return number.strip().rstrip(".") or None if number else None


def _committee_key(name: str) -> str:
    lowered = name.casefold().replace("’", "'").replace("&", " and ")
    lowered = re.sub(r"\b(sub)[?\s-]*committee", r"\1committee", lowered)
    lowered = re.sub(r"\([^)]*\)|\b(?:the|a|meeting|of|members?')\b", " ", lowered)
    return fold(re.sub(r"[^\w\s]", "", lowered))


def _same_body(body: str, kind: str) -> bool:
    sub = "sub" in body.lower()
    return sub == ("sub" in kind.lower()) and body.lower()[-5:] == kind.lower()[-5:]


def _iso(match: re.Match[str]) -> str | None:
    if match["m"] or match["mf"]:
        name = (match["m"] or match["mf"]).lower()
        month = _WELSH.index(name) + 1 if name in _WELSH else _MONTHS.index(name[:3]) + 1
        day, year = int(match["d"] or match["df"]), int(match["y"] or match["yf"])
    elif match["iy"]:
        day, month, year = int(match["id"]), int(match["im"]), int(match["iy"])
    else:
        day, month, year = int(match["nd"]), int(match["nm"]), int(match["ny"])
        year += 2000 if year < 80 else 1900 if year < 100 else 0
    if not 1960 <= year <= 2100:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _time_after_date(line: str) -> str | None:
    stated = _DATE.search(line)
    return find_time(line[stated.end() :] if stated else line)


def _named_in_title(line: str) -> str | None:
    """The committee of `Minutes of the meeting of the Audit Panel held on ...`, or None for any other line."""
    rest, opened = line, False
    while opening := _OPENING.search(rest) if not opened else _OPENING.match(rest):
        rest, opened = rest[opening.end() :], True
    held = _HELD.match(rest) if opened else None
    name = fold(held["name"]) if held else ""
    if re.match(r"(?:previous|last|earlier|next|above)\b", name, re.I) or _is_council(name):
        return None
    return None if _NAMELESS.fullmatch(name) else name or None


def _is_council(name: str) -> bool:
    """True for a council's own name, which is no committee's; `Full Council` is one."""
    return name.lower().endswith("council") and name.lower() not in _FULL_COUNCILS


def _committee_title(line: str) -> str | None:
    """The committee that a title line names: `CORPORATE PARENTING PANEL – 10th December 2024`."""
    if len(line) > 160 or re.search(
        r"\b(?:present|attendance|contact|membership|forms part|will be held|councillors?)\b", line, re.I
    ):
        return None
    bare = _DATE.sub("", line)
    bare = re.sub(
        r"^(?:(?:committee|(?:name of )?meeting|decision.maker|decided at meeting|body)\s*:"
        r"|agenda(?:,? decisions)?(?: and minutes)?|(?:draft |printed )?minutes|decisions)"
        r"\s*(?:of|for|[-–:])?\s*(?:the )?",
        "",
        bare,
        flags=re.I,
    )
    bare = re.sub(r"(?:[-–,:]|\bon\b|\bat\b)?\s*(?:\d{1,2}[.:]\d{2}.*)?$", "", bare).strip(" -–,:")
    parts = re.split(r"\s[-–|]\s", bare)
    if len(parts) > 1 and _is_council(parts[0]):
        bare = parts[-1]
    bare = re.sub(r"\s+(?:draft |printed |unconfirmed )?(?:minutes|notes)$", "", bare, flags=re.I)
    if not re.search(rf"\b{_BODY}(?:\s+\d)?(?:\s*\([^)]*\))?$", bare, re.I) or bare.endswith((".", ";")):
        return None
    return None if _is_council(bare) or _NAMELESS.fullmatch(bare) else fold(bare)


def _short_venue(venue: str) -> str | None:
    bare = re.sub(r"\s*View directions\s*$", "", fold(venue)).strip(" .,")
    return bare if 2 < len(bare) <= 160 else None


def _in_title_case(name: str) -> str:
    def titled(match: re.Match[str]) -> str:
        small = match.start() > 0 and match[0].lower() in _SMALL_WORDS
        return match[0].lower() if small else match[0].capitalize()

    return re.sub(rf"{_LETTERS}(?:['’]{_LETTERS})*", titled, " ".join(name.split()))
