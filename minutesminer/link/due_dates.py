"""The day on which a request or a promise is due, by its wording and the calendar of meetings.

A meeting that the wording names is looked up: the next, the one after next, the next of another body of the same
council, the one in a month or a season, the annual meeting, the first of a year or after a recess. What is due before
a meeting is due on its day. Without `of` or a name it is the committee's own; `the Panel` is its own where its name
says so. Where the calendar has no such meeting, a month's meeting keeps the day that the wording gives by itself.

Sources of fact, for England: the annual meeting of a council is held from March to May (Local Government Act 1972,
schedule 12, paragraph 1); here it is the council's first meeting in May, and until it is known the municipal year
begins on 1 May. What else has a day of its own by convention is in `link.due_periods`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from minutesminer.link.calendar import Calendar, name_words
from minutesminer.link.due_periods import opening_day, period_day, season_bounds
from minutesminer.mine.engine import numbers
from minutesminer.mine.promises import due as worded
from minutesminer.mine.promises.days import months_on, working_days

Source = Literal["wording", "next_meeting", "named_meeting", "month_meeting"]

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "|".join(_MONTHS) + "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
_DAY_STATED = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH})\b|\b(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?\b(?!\d)"
    r"|\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b|\b\d{1,2}(?:st|nd|rd|th)\b"
)
_MEETING = re.compile(r"\b(?:meetings?|session|cycle)\b")
_BODY_NAMES = r"(?:sub[ -]?committee|committee|panel|board|commission|forum|scrutiny|group)"
_BODY = re.compile(
    rf"\b(?:{_BODY_NAMES}|cabinet|council|executive|assembly|partnership)\b"
    rf"(?=\W*$|'s|,|\s+(?:in|on|of|at|to|for|and|meeting|scheduled|due|before|after|{_MONTH})\b)"
)
_TOLD_APART = re.compile(rf"\b(?:next|following|forthcoming|upcoming|coming|subsequent|annual|first|{_MONTH})\b")
_THIS_ONE = re.compile(
    r"(?:(?:advance|after|ahead|at|before|between|during|following|in|of|outside|outwith|prior|since|to) )*"
    r"(?:the |this |that |today's )?meetings?"
)
_AGAIN = re.compile(
    r"\b(?:all meetings|each|every|future meetings|basis|intervals)\b"
    r"|\b(?:[a-z]+-)?(?:weekly|monthly|quarterly|yearly|annually)\b(?! meeting\b)"
)
_STARTS = re.compile(r"^(?:from|since|starting|beginning)\b|\bonwards?\b")
_PUT_OFF = re.compile(r"\bnot? (?:by|before|until|earlier|sooner)\b")
_UNFIXED = re.compile(
    r"\b(?:a|an|another|some|any|one of the)\b(?! (?:week|month|fortnight|day)).*\b(?:meetings?|session|cycle)\b"
    r"|\b(?:additional|appropriate|extraordinary|future|later|possible|special|suitable)\b"
    rf"|\b(?:a|an) [\w ]*{_BODY_NAMES}$"
)
_NEXT = re.compile(r"\b(?:next|following|forthcoming|upcoming|coming|subsequent)\b")
_AFTER_NEXT = re.compile(r"\b(?:after|following) next\b|\bnext but one\b|\bsecond (?:next )?meeting\b")
_SO_MANY = re.compile(r"\b(\w+) (?:meetings|cycles)'? time\b|\b(?:next|following) (\w+) (?:meetings|cycles)\b")
_BEFORE = re.compile(
    r"\b(?P<number>\w+) (?P<working>(?:clear |working )?)(?P<unit>day|week|month)s?'? "
    r"(?:before|prior to|ahead of|in advance of)\b"
)
_OF = re.compile(
    r"\b(?:meetings?|session|cycle) of (?:(?:the|its|their|our|this|that) )?(?P<name>[^,;(]+?)"
    r"(?=\s+(?:in|on|at|to be|scheduled|due|before|after)\b|[,;(]|$)"
)
_PERIOD = re.compile(r"\b(?:year|term|month|quarter|recess|spring|summer|autumn|winter|20\d\d)\b")
_DETERMINERS = re.compile(r"\b(?:the|its|their|our|this|that|a|an)\b ")
_PREPOSITIONS = re.compile(r"\b(?:at|to|by|before|until|in|for|of|after|following|with|on)\b ")
_TELLING = frozenset(  # words about which meeting, not whose
    "next first second last final following forthcoming upcoming coming subsequent annual ordinary scheduled formal "
    "public full regular available early late mid meeting meetings new current spring summer autumn winter week month "
    "one two three four five six but general later further another future special extraordinary additional "
    "appropriate possible suitable monthly quarterly".split()
)


@dataclass(frozen=True, slots=True)
class Due:
    """The ISO day, what gave it and why, in words; `date` and `source` are None where no day is meant or known."""

    date: str | None
    source: Source | None
    reason: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """A wording in small letters, its own day, the day of the meeting, and where that was."""

    text: str
    day: str | None
    held: str
    committee: str | None
    council: str | None
    calendar: Calendar


def resolve(
    due: str | None,
    due_date: str | None,
    held: str,
    committee_id: str | None,
    council_id: str | None,
    calendar: Calendar,
) -> Due:
    """When what was asked or promised on `held` (ISO) at a committee's meeting is due.

    `due` is the wording and `due_date` the ISO day that mining read from it by itself, which is kept unless the
    wording means a meeting whose day the calendar has. Raises ValueError where `held` is no ISO day.
    """
    today = date.fromisoformat(held)
    text = " ".join((due or "").lower().replace("’", "'").split()).strip(" .,;")
    if not text:
        return _as_worded(due_date, "no time is stated")
    for pattern, reason in (
        (_AGAIN, "what comes again and again has no one day"),
        (_STARTS, "only a start is stated"),
        (_PUT_OFF, "what is put off has no day"),
    ):
        if pattern.search(text):
            return _as_worded(due_date, reason)
    if _means_a_meeting(text):
        day = due_date or worded.due_date(text.removeprefix("until "), held)
        found = _meeting(_Asked(text, day, held, committee_id, council_id, calendar))
        if found is not None:
            return found
    if due_date is not None or text.startswith(("until", "till")):
        return _as_worded(due_date, "only an end is stated")
    period = period_day(text, today)
    if period is None:
        return Due(None, None, "the wording names no day")
    return Due(period[0].isoformat(), "wording", period[1])


def _as_worded(day: str | None, otherwise: str) -> Due:
    return Due(day, "wording", "the day that the wording gives") if day is not None else Due(None, None, otherwise)


def _means_a_meeting(text: str) -> bool:
    if _MEETING.search(text):
        return not re.search(r"\bmeetings? with\b", text)
    return _BODY.search(text) is not None and _TOLD_APART.search(text) is not None


def _meeting(asked: _Asked) -> Due | None:
    """The meeting that the wording means; None where the wording has a day of its own that says more."""
    text = asked.text
    month = _month(asked)
    if re.match(r"(?:after|following) (?!(?:the |this |today's )?meeting$)", text):
        return None if asked.day is not None else Due(None, None, "only a start is stated")
    opening = _opening(asked)
    if asked.day is not None and month is None and (opening is None or _DAY_STATED.search(text)):
        return None
    if _THIS_ONE.fullmatch(text):
        return Due(None, None, "it names this meeting and no later day")
    annual = re.search(r"\bannual (?:general )?(?:council|meeting)\b", text)
    words = _whose(text) or ("council" if annual else "")
    key = _committee(asked, words)
    if key is None:
        known = f"by the words {words!r}" if words else "as its own"
        return _unless_worded(asked, f"no one committee of the council is known {known}")
    name = asked.calendar.committees[key].name if key in asked.calendar.committees else "the committee"
    if month is not None:
        found = _in_month(asked, key, month)
        said = f"the meeting of {name} in {(found or month)[:7]}"
        return _found(asked, found, "month_meeting", said) or _unless_worded(
            asked, f"no meeting of {name} in {month} is known"
        )
    which: Source = "next_meeting" if key == asked.committee else "named_meeting"
    if annual and key == asked.calendar.find_committee(asked.council, "council"):
        which = "named_meeting"
        found, said = _annual_meeting(asked), f"the annual meeting of {name}"
    elif opening is not None:
        found = asked.calendar.next_meeting(key, _day_before(max(opening, _day_after(asked.held))))
        said = f"the first meeting of {name} from {opening}"
    elif (season := season_bounds(text, date.fromisoformat(asked.held))) is not None:
        found = asked.calendar.next_meeting(key, max(asked.held, _day_before(season[0].isoformat())))
        found = found if found is not None and found <= season[1].isoformat() else None
        which, said = "month_meeting", f"the first meeting of {name} from {season[0]} to {season[1]}"
        if found is None:
            return None
    elif _UNFIXED.search(text) and not re.search(r"(?<!one of the )\bnext (?!appropriate|possible|suitable)", text):
        return Due(None, None, "no particular meeting is meant")
    elif (count := _count(text)) is not None:
        found = asked.calendar.next_meeting(key, asked.held, count)
        said = f"the next meeting of {name}" if count == 1 else f"meeting {count} of {name}"
        said += f" after {asked.held}"
    else:
        return Due(None, None, "no particular meeting is meant")
    return _found(asked, found, which, said) or _unless_worded(asked, f"{said} is not known")


def _found(asked: _Asked, day: str | None, source: Source, said: str) -> Due | None:
    """What is due on a meeting's day, or so many days before it where the wording says so."""
    if day is None:
        return None
    before = _BEFORE.search(asked.text)
    if before is None:
        return Due(day, source, said)
    number = numbers.digits_value(before["number"]) or numbers.word_value(before["number"]) or 1
    meeting, count = date.fromisoformat(day), -int(min(number, 366))
    if before["unit"] == "month":
        early = months_on(meeting, count)
    elif before["working"]:
        early = working_days(meeting, count)
    else:
        early = meeting + timedelta(days=count * (7 if before["unit"] == "week" else 1))
    if early.isoformat() < asked.held:
        return Due(None, None, f"{before[0]} {said} is before this meeting")
    return Due(early.isoformat(), source, f"{before[0]} {said}")


def _unless_worded(asked: _Asked, reason: str) -> Due:
    if asked.day is None:
        return Due(None, None, reason)
    return Due(asked.day, "wording", f"{reason}: the day that the wording gives by itself")


def _month(asked: _Asked) -> str | None:
    """The month (`2024-03`) whose meeting is meant; None where a day is stated or no month is."""
    if asked.day is None or _DAY_STATED.search(asked.text):
        return None
    name = _MONTHS[int(asked.day[5:7]) - 1]
    if re.search(rf"\b(?:{name}|{name[:3]}|{name[:4]})\b|\b(?:next|this|the following) month\b", asked.text):
        return asked.day[:7]
    return None


def _in_month(asked: _Asked, key: str, month: str) -> str | None:
    """The meeting in a month; one still to come in the month of the meeting itself goes before next year's."""
    months = [month]
    if month[5:] == asked.held[5:7] and not re.search(r"\d{4}", asked.text):
        months = [asked.held[:7], f"{int(asked.held[:4]) + 1}{month[4:]}"]
    days = (asked.calendar.meeting_in_month(key, each, asked.held) for each in months)
    return next((day for day in days if day is not None), None)


def _opening(asked: _Asked) -> str | None:
    """The day from which on the first meeting is meant: of a year, or after a recess."""
    if not re.search(r"\bfirst\b.*\b(?:in|of|after|following)\b|\bmeeting (?:after|following) (?!next)", asked.text):
        return None
    if re.search(r"\b(?:municipal|civic|council) year\b", asked.text):
        return _annual_meeting(asked) or _first_of_may(asked.held)
    day = opening_day(asked.text, date.fromisoformat(asked.held))
    return day.isoformat() if day is not None else None


def _annual_meeting(asked: _Asked) -> str | None:
    """The council's first meeting in May, this year's if it is still to come."""
    council = asked.calendar.find_committee(asked.council, "council")
    for year in (int(asked.held[:4]), int(asked.held[:4]) + 1):
        day = asked.calendar.meeting_in_month(council, f"{year}-05", f"{year}-04-30")
        if day is not None and day > asked.held:
            return day
        if f"{year}-05-01" > asked.held:
            return None
    return None


def _first_of_may(held: str) -> str:
    return f"{int(held[:4]) + (held[5:] >= '05-01')}-05-01"


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _count(text: str) -> int | None:
    """How many meetings on: 1 the next, 2 the one after next."""
    many = _SO_MANY.search(text)
    if many is not None:
        word = many[1] or many[2]
        number = numbers.digits_value(word) or numbers.word_value(word)
        return int(number) if number is not None and 1 <= number <= 99 else None
    if _AFTER_NEXT.search(text):
        return 2
    return 1 if _NEXT.search(text) else None


def _whose(text: str) -> str:
    """The words for the body that meets; empty where the wording has none."""
    of = _OF.search(text)
    if of is not None and not _PERIOD.search(of["name"]):
        return _without_telling(of["name"])
    meeting = _MEETING.search(text)
    bodies = list(_BODY.finditer(text))
    head = text[: meeting.start()] if meeting is not None else text[: bodies[-1].end()] if bodies else ""
    parts = _DETERMINERS.split(head) if _DETERMINERS.search(head) else _PREPOSITIONS.split(head)
    return _without_telling(parts[-1])


def _without_telling(name: str) -> str:
    words = [re.sub(r"'s?$", "", word) for word in name.split()]
    kept = [word for word in words if word not in _TELLING and not re.fullmatch(rf"{_MONTH}|\d+\w*|", word)]
    return " ".join(kept)


def _committee(asked: _Asked, words: str) -> str | None:
    """The key of the body that meets: the committee itself, or the one of its council that `words` mean."""
    own = asked.calendar.committees.get(asked.committee or "")
    if not words or words == "committee":
        return asked.committee
    if own is not None and re.search(rf"\b{_BODY_NAMES}$", words) and name_words(words) <= name_words(own.name.lower()):
        return asked.committee
    return asked.calendar.find_committee(asked.council, words)
