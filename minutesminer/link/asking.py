"""The wording of requests and answers: which words of a request say what is wanted, and what an answer looks like."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

from minutesminer.link.words import FUNCTION_WORDS, stem, stems

Kind = Literal["item", "tracker", "matters", "programme"]

# Words of asking, reporting and committee business: they are in every request and every answer.
_BUSINESS = frozenset(
    stems(
        """action actions add added agenda agree agreed analysis annual arrange ask asked attend board breakdown
        briefing bring broken brought chair circulate circulated come committee conclusion confirm consider
        copy council councillor councillors data date detail detailed details director document down email examine
        explain feedback figure figures finding first forward full further future give given go head include
        included information issue issues item last lead let list look made make many matter meeting
        meetings member members minute minutes much next note noted number officer officers outcome overview
        panel paper point position present presented previous programme progress provide provided quarter
        question receive received regard regarding relation report reported reports request requested
        response result results return review scrutiny second see send sent service session set share shared
        show shown sight split statistics sub submit submitted summary supplied supply take third undertake
        undertook update updated updates work write writing written
        year years month months week weeks day days one two three four five six seven eight nine ten"""
    )
)

_BODY = r"(?:Committee|Board|Panel|Commission|Forum)"
BODIES = re.compile(rf"(?:\b[Tt]he )?\b(?:[A-Z][\w’']+,? (?:(?:and|of|for|on) )*)+(?:Sub-)?{_BODY}\b")
"""The name of a committee."""
_OF_ANY_BODY = frozenset(
    "Scrutiny Overview Select Joint Standing Committee Board Panel Sub Services Commission Forum".split()
)

_ASKED = r"(?:actions?|recommendations?|resolutions|requests?)"
_EARLIER = (
    r"(?:(?:the|its|our|all|any|previous|past|last|earlier|agreed|outstanding|scrutiny|committee|members?[’']?) )*"
)
_TRACKER = re.compile(
    rf"\btracker\b|\b{_ASKED} (?:log|list|sheet|schedule|register|track(?:ed|ing)|monitor(?:ed|ing)?)\b"
    rf"|\b(?:tracking|monitoring|review|status|schedule|list|register|log)(?: of)? {_EARLIER}(?:{_ASKED}|decisions)\b"
    rf"|\bdecisions? track(?:ed|ing)\b|\baction (?:points|notes)\b|\b(?:rolling|follow[ -]?up) actions?\b"
    rf"|\bactions? (?:arising|updates?|outstanding|progress|status)\b|\brecommendations? (?:updates?|progress)\b"
    rf"|\b{_ASKED} (?:arising )?from (?:(?:the|its|our) )?(?:previous|past|last|earlier)\b"
    rf"|\b(?:progress|updates?)(?: reports?)? (?:on|against|of|with) {_EARLIER}{_ASKED}\b"
    r"|\boutstanding (?:actions|requests|matters|items|recommendations)\b|\b(?:matters|items) outstanding\b"
    r"|\brequests for information\b|(?<!freedom of )\binformation requests\b"
    rf"|\b(?:responses?|answers?|repl(?:y|ies)) to {_EARLIER}(?:requests|questions|queries)\b(?! from (?:the )?public)"
    r"|^resolutions of (?:the|this) ",
    re.I,
)
_MATTERS = re.compile(
    r"\b(?:matters?|business|issues?|points) arising\b|^(?:draft )?minutes\b|\bminutes (?:of|and|from)\b", re.I
)
_PROGRAMME = re.compile(r"\b(?:work|forward) (?:programme|plan)\b", re.I)

REFERS_BACK = re.compile(
    r"\bfurther to\b|\bfollowing (?:a|the|its|their|that|his|her) (?:request|question|query|discussion)\b"
    r"|\bas (?:had been )?(?:requested|asked|promised|agreed)\b"
    r"|\b(?:had|was|were|been) (?:asked for|requested|promised)\b"
    r"|\bin (?:response|answer|reply) to\b|\b(?:last|previous) (?:meeting|time)\b|\bminute(?: no\.?| number)? \d+\b"
    r"|\bsince (?:the|its) last meeting\b|\bactions? (?:arising|from)\b",
    re.I,
)
"""An answer that says what it answers."""

_DONE = re.compile(
    r"\b(?:completed?|closed|done|circulated|e-?mailed|sent|supplied|provided|shared|replied|written|wrote|received"
    r"|arranged|held|delivered|issued|published|reported|answered|submitted|reviewed)\b",
    re.I,
)
_NOT_DONE = re.compile(
    r"\b(?:outstanding|awaited|overdue|not yet|still to|no reply|remains? open|in hand|carried forward|deferred"
    r"|held over|to follow|chas(?:ed|ing))\b"
    r"|\b(?:had|has|have|was|were) not (?:yet )?(?:been )?(?:received|provided|supplied|circulated|sent|programmed)\b",
    re.I,
)
_STILL_OPEN = re.compile(
    r"\bcarried over\b|\bin (?:preparation|progress)\b|\bbeing (?:prepared|drafted|finalised|collated)\b|\bpending\b"
    r"|\bawaiting\b|\bon-?going\b|\bunable to\b|\bno (?:reply|response|answer|figures?)\b"
    r"|\bnot (?:yet )?(?:due|received)\b"
    r"|\bto be (?:provided|circulated|confirmed|sent|supplied|arranged|programmed)\b",
    re.I,
)
_PROPER = re.compile(r"\b[A-Z]\w+")
_ANY_WORD = re.compile(r"[A-Za-z]+")
_WANTS_FIGURES = re.compile(
    r"\b(?:figures?|numbers?|how (?:many|much|long)|rates?|percentages?|proportion|breakdown|broken down|costs?"
    r"|statistics|averages?|times?|timescales?|length|totals?|take-up|data|split|backlog|compar(?:ed|ison)|ratings)\b",
    re.I,
)
_WANTS_REPORT = re.compile(
    r"\b(?:reports?|updates?|presentation|papers?|review(?:ed)?|examin\w+|consider\w*|look (?:at|into)|invit\w+|added"
    r"|brought|come back|evaluation|outcomes?|results?|findings)\b",
    re.I,
)
_FIGURE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
    r"|half|third|quarter|hundred)\b",
    re.I,
)

_YEAR_BEFORE = r"(?:(?:19|20)\d\d(?:[/-]\d\d)?[/-](?=\d))?"  # `2024/27`
_CITED = re.compile(
    r"\bmin(?:ute)?s?\.?(?: (?:no|number|ref|reference|item|para|paragraph)s?\b\.?:?)? "
    rf"(?:[a-z]{{1,6}}[./-])?{_YEAR_BEFORE}(?!(?:19|20)\d\d\b)(\d{{1,4}})\b(?! ?%)",
    re.I,
)
_NUMBER = re.compile(rf"(?<!\d){_YEAR_BEFORE}(\d+)")
_CITING = ("inute", "MINUTE", "Min", "min.")  # what any citation has: to look for that is ten times quicker
_MONTHS = {name[:3]: at for at, name in enumerate(calendar.month_name) if at}
_DAY = re.compile(
    r"\b(?P<d>\d{1,2})(?:[/.](?P<m>\d{1,2})[/.](?P<y>\d{4}|\d\d)\b"
    rf"|(?:st|nd|rd|th)? (?P<month>{'|'.join(_MONTHS)})[a-z]*\b\.?(?: (?P<year>(?:19|20)\d\d)\b)?)",
    re.I,
)
_AT_MEETING = re.compile(
    r"(?:\b(?:meeting|minutes?|session)(?: held)?(?: (?:on|of))?|\b(?:asked|requested|raised|promised)(?: (?:for|on))*)"
    rf"(?: (?:{'|'.join(calendar.day_name)}),?)? (?:the )?$",
    re.I,
)
_ENTRY_NUMBER = re.compile(r"^\W*(\d{1,3})(?:/\d{2,4})?(?:, | \(|[.:)] | [-–] )(?=\S)", re.M)
_ITEM_NUMBER = re.compile(r"^\W*(?:\w{1,4}\) )?(?:agenda )?item (?:no\.? )?(\d{1,3})(?: ?[-–—:,(]|\. )", re.I | re.M)
_ROW_NUMBER = re.compile(r"^(\d{1,3})(?:/\d{2,4})?[,.]? (?=[A-Z])", re.M)
_NUMBERS_FIRST = re.compile(
    r"^(?:min(?:ute)?s?\.?|item)(?: (?:no\.?|number|ref\.?))?\W+"
    r"(?:actions?|date|issue|item|matter|meeting|recommendations?|requests?|resolutions?|subject|title|topic)\b",
    re.I | re.M,
)
_THIS_AGENDA = r"(?:this|the|today[’']?s|tonight[’']?s) agenda"
_ITEM = r"(?:agenda )?item (?:no\.? )?"
_ON_THE_AGENDA = re.compile(
    rf"\bon {_THIS_AGENDA}\W{{1,3}}(?:as |at |see |under )?{_ITEM}(?P<after>\d{{1,3}})\b"
    rf"|\b(?:see|under|at|as) {_ITEM}(?P<before>\d{{1,3}})(?: (?:of|on) {_THIS_AGENDA}| below|\W*$)"
    rf"|\(see {_ITEM}(?P<alone>\d{{1,3}})\)",
    re.I,
)
_OPENS = 24  # characters of an entry in which a date is that of the meeting
_NAMED = re.compile(
    r"(?:(?:Councillor|Cllr|Alderman|Mrs?|Ms|Miss|Mx|Dr|Prof(?:essor)?|Sir|Dame|Canon|Rev(?:erend)?)\.? )?"
    r"(?!The |A |An |She\b|He\b|They\b|It\b|Members?\b|Officers?\b)"
    r"(?:[A-Z][\w’'.-]*\s)*?(?P<surname>[A-Z][\w’'-]+)(?:,|\s\(|$)"
)
_ASKS_AGAIN = re.compile(
    r"\b(?:asked|requested|repeated|pressed)\b.*\b(?:again|once more|more than once|(?:second|third|fourth) time)\b"
    r"|\b(?:again|once more)\b.*\b(?:asked|requested|pressed)\b|\brepeated (?:her|his|its|the|their) request\b",
    re.I,
)
_ENTRY = re.compile(r"\s[–—-]\s|: |\. |; |\b(?:outstanding|completed?|closed|in hand)\b", re.I)
_ENTRY_WORDS = 12  # of the name of an entry, at most


def telling(found: Iterable[str]) -> list[str]:
    """Stems in order, each once, without the words of asking and of committee business."""
    return [each for each in dict.fromkeys(found) if each not in _BUSINESS]


def wanted(text: str) -> list[str]:
    """The telling stems of what is asked for."""
    return telling(stems(text))


def names_of_body(name: str, besides: str = "") -> re.Pattern[str] | None:
    """What finds a committee named in a text, if not in full: by a word of its name, none of `besides`, and then
    `Committee` or the like. None where it has no such word.
    """
    own = [re.escape(word) for word in sorted(own_words(name)) if word not in besides]
    return re.compile(rf"\b(?:{'|'.join(own)})[^.]{{0,40}}\b{_BODY}\b") if own else None


def own_words(body: str) -> frozenset[str]:
    """The words of a committee's name that other committees do not have."""
    return frozenset(_PROPER.findall(body)) - _OF_ANY_BODY


def wants_figures(text: str) -> bool:
    """Whether what is asked for is figures."""
    return _WANTS_FIGURES.search(text) is not None


def wants_report(text: str) -> bool:
    """Whether what is asked for is to come to a meeting: a report, results, a review."""
    return _WANTS_REPORT.search(text) is not None


def has_figures(text: str) -> bool:
    """Whether a text holds a number, in digits or words."""
    return _FIGURE.search(text) is not None


def item_number(number: str | None) -> str:
    """The number of an item as a later text cites it (`27` of `27/24`, of `2024/27` and of `HSC.27`), or nothing."""
    found = _NUMBER.search(number or "")
    return found[1] if found else ""


def minutes_cited(text: str) -> list[str]:
    """The numbers of the minutes that a text cites: `Minute 27`, `Min. No. 27`."""
    return _CITED.findall(text) if any(hint in text for hint in _CITING) else []


def meetings_cited(line: str, before: str) -> list[str]:
    """The days (ISO) of the meetings that an entry of a list cites: at its opening, or after `the meeting on`.

    A day without its year is the last such day before `before`, the day of the list.
    """
    found = []
    for match in _DAY.finditer(line):
        if match.start() <= _OPENS or _AT_MEETING.search(line, 0, match.start()):
            day = _last_day(match, before)
            if day is not None:
                found.append(day)
    return found


def _last_day(match: re.Match[str], before: str) -> str | None:
    month = int(match["m"]) if match["m"] else _MONTHS[match["month"][:3].title()]
    stated = match["y"] or match["year"]
    year = int(stated) + (2000 if len(stated) == 2 else 0) if stated else int(before[:4])
    try:
        day = date(year, month, int(match["d"])).isoformat()
        return day if stated or day < before else date(year - 1, month, int(match["d"])).isoformat()
    except ValueError:
        return None


def entry_number(text: str, kind: Kind) -> re.Pattern[str] | None:
    """What finds the number of a minute by which an entry opens in the text of a list of requests of this kind.

    `13, Speech therapy, Open`; `Item 4 – circulated`; in a table whose columns say so, `13 Speech therapy Open`. None
    where entries do not open so; a single line that opens by a number alone does not tell.
    """
    if kind == "tracker" and len(_ENTRY_NUMBER.findall(text)) > 1:
        return _ENTRY_NUMBER
    if kind == "tracker" and _NUMBERS_FIRST.search(text):
        return _ROW_NUMBER
    return _ITEM_NUMBER if kind in ("tracker", "matters") and _ITEM_NUMBER.search(text) else None


def item_of_this_agenda(entry: str) -> str | None:
    """The number of the item to which an entry of a list points: `On this agenda (item 6)`; None where to none."""
    found = _ON_THE_AGENDA.search(entry)
    return (found["after"] or found["before"] or found["alone"]) if found else None


def initials(text: str) -> dict[str, list[str]]:
    """The abbreviations in small letters that runs of three to six words of a text may have, with the runs' stems."""
    words = [word for word in _ANY_WORD.findall(text) if word.lower() not in FUNCTION_WORDS]
    runs = [words[start : start + size] for size in range(3, 7) for start in range(len(words) - size + 1)]
    return {"".join(word[0] for word in run).lower(): [stem(word.lower()) for word in run] for run in runs}


def holds_abbreviation(text: str, letters: str) -> bool:
    """Whether a text has an abbreviation, in capitals or nearly."""
    return any(sum(map(str.isupper, found)) > 1 for found in re.findall(rf"\b{letters}(?=s?\b)", text, re.I))


def surname(who: str | None) -> str:
    """The surname in small letters of somebody by wording or as made out: `Jane Doe, Director`, `Councillor Doe`."""
    found = _NAMED.match(who or "")
    return found["surname"].lower().replace("’", "'") if found else ""


def kind_of_item(title: str | None, procedural: str | None) -> Kind:
    """What an item is for requests: a tracker of them, matters arising, the work programme, or any item."""
    if title and _TRACKER.search(title):
        return "tracker"
    if procedural in ("previous_minutes", "matters_arising") or (title and _MATTERS.search(title)):
        return "matters"
    if title and _PROGRAMME.search(title):
        return "programme"
    return "item"


def entry_name(sentence: str) -> list[str]:
    """The stems by which an entry of a tracker names what was asked (`exit interviews – Not yet due`)."""
    named = [each for each in stems(_ENTRY.split(sentence, 1)[0]) if each not in _BUSINESS]
    return named if len(named) <= _ENTRY_WORDS else []


def asks_again(sentence: str) -> bool:
    """Whether a sentence says that something is asked for once more."""
    return _ASKS_AGAIN.search(sentence) is not None


def says_not_done(text: str, *, of_list: bool = False) -> bool:
    """Whether words say of a request that it was not met yet; those of a list of actions say so in more ways."""
    return _NOT_DONE.search(text) is not None or (of_list and _STILL_OPEN.search(text) is not None)


def says_of_it(text: str) -> bool:
    """Whether words say that something asked for was done, or was not."""
    return _DONE.search(text) is not None or says_not_done(text)
