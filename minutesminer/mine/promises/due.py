"""When something is due: the words that say so, and the date they mean.

Conventions, all counted from the day of the meeting:

- a month without a day means its last day, and the first such month that is not over at the meeting
  (`at their March meeting`: 31 March); a month's meeting named in that same month is next year's;
- `before March` is the last day of February, `by the start of March` its first, `the second week of March` the 14th;
- a day without a year is the first such day after the meeting, as is a day without a month (`by the 31st`);
- the financial year ends on 31 March, and its quarters on 30 June, 30 September, 31 December and 31 March: so does
  `Q4 2024`, a quarter of the year that begins in 2024; `in 2024` and `in 2024/25` mean the year's last day;
- `in six months` is the same day of the month six months on, or that month's last day where it is shorter;
- a range of weeks or months means its longer end; hours are full days;
- a week (`w/c 3 June`, `next week`, `by the end of the week`) means its Friday, `next month` its last day;
- `by Christmas` is 24 December, `by Easter` Good Friday, `by the new year` 31 December, `in the new year` the end of
  January, `early next year` and `in early 2026` the end of March, `mid-2026` of June; `the end of the year` is
  31 December unless the year is a financial one; `next Friday` is next week's, `Friday week` the Friday after this.

What comes again and again or only starts or stops then (`each quarter`, `from April 2025`, `until March`) has no date:
it is not late once the day is over; nor has what is put off (`not before March`) or is past (`last Friday`). What
depends on a calendar of meetings (`at the next meeting`), of terms or of recesses has no date, nor has a season:
`link.due_dates` knows those.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date, timedelta
from typing import TYPE_CHECKING

from minutesminer.mine.engine import numbers
from minutesminer.mine.promises.days import (
    friday,
    good_friday,
    month_end,
    months_on,
    quarter_end,
    real_day,
    working_days,
)

if TYPE_CHECKING:  # linking reads due dates too, and would load all of spaCy for two names
    from minutesminer.mine.engine.matching import Match
    from minutesminer.mine.engine.words import Words

_MONTHS_OF_YEAR = "january february march april may june july august september october november december"
_MONTHS = {name: number for number, name in enumerate(_MONTHS_OF_YEAR.split(), start=1)}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_MONTH_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MONTH = rf"(?P<month>{_MONTH_NAMES})\b"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d|'\d\d\b|[2-4]\d(?=\W*$)))"
_DATE = re.compile(rf"\b{_DAY}(?:\s+of)?\s+{_MONTH}{_YEAR}?")
_AMERICAN = re.compile(rf"\b{_MONTH}\s+{_DAY}\b(?!\d){_YEAR}?")
_SLASHED = re.compile(r"\b(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}|\d{2})\b")
_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b")
_YEARLESS = re.compile(r"\b(?:by|on|before|w/c)\s+(?P<day>\d{1,2})/(?P<month>\d{1,2})\b(?!/)")
_DATES = (_DATE, _AMERICAN, _SLASHED, _ISO, _YEARLESS)
_DAY_OF_MONTH = re.compile(r"\b(?:by|on|before) (?:the )?(\d{1,2})(?:st|nd|rd|th)\b(?=\W*$| of (?:the|this) month)")
_MONTH_YEAR = re.compile(rf"\b{_MONTH}{_YEAR}?")
_EARLIER_MONTH = re.compile(  # of a range, which means its later end
    rf"\b(?:{_MONTH_NAMES})(?:\s*[/–-]\s*|\s+(?:to|or)\s+)(?=(?:early|mid|late)?[ -]*(?:{_MONTH_NAMES})\b)"
    rf"|\bbetween (?:{_MONTH_NAMES}) and (?=(?:{_MONTH_NAMES})\b)"
)
_BEFORE_MAY = re.compile(  # the month, where `as the work may allow` is none
    r"(?:^|'s|[\d,(/-]|\b(?:a|after|annual|around|at|before|by|during|early|end|for|in|its|late|mid|next|of|on|our|start"
    r"|the|their|this|to|until))\s*$"
)
_WEEKDAYS = {name: k for k, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
_WEEKDAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4}
_WEEKDAY = re.compile(r"(?<!last )\b(" + "|".join(_WEEKDAYS) + r")\b")
_SPAN = re.compile(
    r"\b(?:in|within|after|every|at|over)\s+(?:(?:about|around|approximately|no more than|up to|less than)\s+)?"
    r"(?:a further\s+|the\s+)?(?:next\s+|coming\s+|following\s+)?(?:(?:(?:[a-z]+|\d+)\s?(?:-|–|to|or)\s?)?"
    r"(?P<number>[a-z]+(?:-[a-z]+)?|\d+)\s+)?(?P<working>(?:working|business)\s+)?"
    r"(?P<unit>hour|day|week|fortnight|month|year)(?P<many>s)?\b(?![ -]end\b)"
)
_FROM_HERE = r"\b(?:after|from|of|following) (?:now|today|(?:the|this|today's) meeting)\b"
_BARE_SPAN = re.compile(
    r"(?!(?:next|coming|following|the)\b)(?:\w+\s?(?:-|–|to|or)\s?)?[\w-]+ (?:working )?"
    r"(?:hour|day|week|fortnight|month|year)s?(?:'s?)?(?: time)?"
    rf"(?: hence| {_FROM_HERE})?\W*"
)
_QUARTER = re.compile(
    r"\b(?:q([1-4])\b|quarter\s+(?:([1-4])|(one|two|three|four))\b|(first|second|third|fourth)\s+quarter\b)"
)
_QUARTER_ENDS = {1: (6, 30), 2: (9, 30), 3: (12, 31), 4: (3, 31)}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "one": 1, "two": 2, "three": 3, "four": 4}
_FORTNIGHT_DAYS = 14
_WEEK = re.compile(r"\bw/[ce]\b|\bweek (?:commencing|beginning|ending|of)\b")
_YEAR_END = re.compile(r"\b(?:(?:end|close) of|by|during|in|within) (20\d\d)\b(?![/–-])")
_FINANCIAL_YEAR = re.compile(
    r"\b(?<!academic year )(?<!municipal year )(?:20(?P<long>\d\d)[/–-]|(?P<short>[1-4]\d)/)"
    r"(?:20)?(?P<next>\d\d)\b(?! (?:academic|civic|council|municipal|school))"
)
_IN_YEAR = re.compile(r"\bend of\b|(?<!early )\b(?:by|during|in|within) (?=20\d\d[/–-])")
_PART_OF_YEAR = re.compile(r"\b(early|mid|late)[ -]*(20\d\d)\b(?![/-])")
_PART_ENDS = {"early": (3, 31), "mid": (6, 30), "late": (12, 31)}
_CALENDAR_QUARTER = re.compile(r"\b(first|second|third|fourth|last|final) quarter of (20\d\d)\b(?![/-])")
_NEXT_WEEKDAY = re.compile(r"\bnext (" + "|".join(_WEEKDAYS) + r")\b")
_NO_DAY = re.compile(  # what goes on from or up to a day, or comes again and again
    r"^(?:from|until|till|since|starting|beginning)\b|\b(?:every|each|basis|intervals|per|(?:once|twice) a)\b"
    r"|\b(?:[a-z]+-)?(?:weekly|monthly|quarterly|yearly|annually)\b|\bnot? (?:by|before|until|earlier|sooner)\b"
)
_OPEN_ENDED = frozenset({"from", "to", "for"})  # a period of figures, unless the clause ends there
_ATTENDING = frozenset("attend attends attending join address".split())  # `attend the next meeting`
_MEETING_BODIES = frozenset(
    "committee sub-committee subcommittee panel board commission forum cabinet council executive group".split()
)
_PHRASE_ENDS = frozenset(", ; . ( ) : – - and to that which who about so by with".split())
_TEMPORAL = frozenset("once when after before until as".split())
_AFTER_FUTURE = frozenset(
    "this the and that to be all so by for on it a with as at but when if would should these such".split()
)


def due_within(words: Words, matches: list[Match], start: int, end: int) -> tuple[int, int] | None:
    """The due wording among words `start` to `end`: of several, the one that says most, then the last.

    `matches` are those of the due rules in the order of their starts; neighbours are taken together.
    """
    first = bisect_left(matches, start - 1, key=lambda m: m.start)
    spans: list[list[int]] = []
    for match in matches[first:]:
        if match.start >= end:
            break
        begin = match.start + (words.lower[match.start] in _ATTENDING)
        at_once = words.lower[begin - 1 : begin + 1] == ["at", "once"]
        if begin < start or match.end > end or at_once or _goes_on(words, match.end):
            continue
        onwards = words.lower[match.end : match.end + 1] in (["onwards"], ["onward"], ["on"]) and match.end < end
        open_ended = words.lower[begin] in _OPEN_ENDED and "meeting" not in words.lower[begin : match.end]
        if open_ended and (match.end + onwards < end or words.lower[begin - 1] in _MONTHS):
            continue
        stop = _clause_tail(words, begin, _whose_meeting_end(words, begin, match.end, end), end)
        if onwards and words.lower[begin] == "from":
            stop += 1
        if spans and begin <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], stop)
        else:
            spans.append([begin, stop])
    if not spans:
        return None
    best = max(spans, key=lambda span: (_weight(words, span), span[0]))
    return best[0], best[1]


def _whose_meeting_end(words: Words, start: int, stop: int, end: int) -> int:
    """`stop` moved right over whose meeting is meant: `the next meeting of the Panel`, `after the meeting with police`.

    `start` and `stop` are the due wording, `end` is the clause's end.
    """
    lower = words.lower
    if lower[stop - 1] not in {"meeting", "meetings"} or stop + 1 >= end:
        return stop
    if lower[stop] == "of" and lower[stop + 1] in {"the", "this", "that", "our", "its", "full"}:
        for k in range(stop + 1, min(end, stop + 14)):
            if lower[k] in _MEETING_BODIES and lower[k + 1 : k + 2] != ["’s"]:
                return k + 1
            if lower[k] in _PHRASE_ENDS and not (lower[k] == "and" and words.text[k + 1][:1].isupper()):
                break
    if lower[stop] == "of" and words.text[stop + 1][:1].isupper():  # `the next meeting of SACRE`
        k = stop + 1
        while k < end and words.text[k][:1].isupper():
            k += 1
        return k
    if lower[stop] == "with" and lower[start] in {"after", "following", "before"}:
        k = stop + 1
        while k < end and lower[k] not in _PHRASE_ENDS:
            k += 1
        return k
    return stop


def _clause_tail(words: Words, start: int, stop: int, end: int) -> int:
    """`stop` moved right over what still belongs to `once the owners had seen it`, `once agreed by the Board`."""
    lower = words.lower
    if lower[start] not in _TEMPORAL or stop >= end:
        return stop
    if lower[stop] in {"it", "them", "this"} and words.lower[stop - 1] not in {"meeting", "meetings"}:
        return stop + 1
    if lower[stop] == "by" and stop + 1 < end and not lower[stop - 1].startswith("meeting"):
        k = stop + 1
        while k < end and lower[k] not in _PHRASE_ENDS:
            k += 1
        return k if k > stop + 1 else stop
    return stop


def _goes_on(words: Words, end: int) -> bool:
    """Whether `in future` is the start of `in future reports`, which is a place and no time."""
    if words.lower[end - 1] != "future" or end >= len(words):
        return False
    following = words.lower[end]
    return following.isalpha() and following not in _AFTER_FUTURE


def _weight(words: Words, span: list[int]) -> int:
    inside = words.lower[span[0] : span[1]]
    if "meeting" in inside or "meetings" in inside or inside[0] in {"by", "before", "within"}:
        return 2
    return 1


def due_date(wording: str | None, meeting: str | None) -> str | None:
    """The ISO date that `wording` means at a meeting held on `meeting` (ISO); None where it means no date."""
    if wording is None or _NO_DAY.search(wording.lower()):
        return None
    held = date.fromisoformat(meeting) if meeting is not None and re.fullmatch(r"\d{4}-\d\d-\d\d", meeting) else None
    found = _date_of(" ".join(wording.lower().replace("’", "'").split()), held)
    return found.isoformat() if found is not None else None


def _date_of(text: str, held: date | None) -> date | None:
    for pattern in _DATES:
        match = pattern.search(text)
        if match is not None:
            month = _MONTHS.get(match["month"]) or int(match["month"])
            day = _day(int(match["day"]), month, match.groupdict().get("year"), held)
            return friday(day) if day is not None and _WEEK.search(text[: match.start()]) else day
    text = _EARLIER_MONTH.sub("", text)
    for match in _MONTH_YEAR.finditer(text):
        if match["month"] != "may" or match["year"] is not None or _BEFORE_MAY.search(text[: match.start()]):
            return _part_of_month(text, match, held)
    stated = _stated_year(text)
    if stated is not None:
        return stated
    if held is None:
        return None
    return _calendar(text, held) or _span(text, held)


def _part_of_month(text: str, named: re.Match[str], held: date | None) -> date | None:
    """The day that a month stands for, by the words before it."""
    month, year, before = _MONTHS[named["month"]], named["year"], text[: named.start()]
    week = re.search(r"\b(first|second|third|fourth) week (?:of|in) $", before)
    if week is not None:
        return _day(7 * _ORDINALS[week[1]], month, year, held)
    start = re.search(r"\b(by|before) the (?:start|beginning) of $|\b(?:before|prior to) $", before)
    if start is None or re.search(r"\w", text[named.end() :]):
        return _month_end(month, year, held, "meeting" in text)
    first = _day(1, month, year, held + timedelta(days=1) if held is not None else None)
    return first - timedelta(days=start[1] != "by") if first is not None else None


def _stated_year(text: str) -> date | None:
    """The day of a wording that names a year but no month: `in early 2026`, `by the end of 2025/26`."""
    match = _PART_OF_YEAR.search(text)
    if match is not None:
        return date(int(match[2]), *_PART_ENDS[match[1]])
    match = _CALENDAR_QUARTER.search(text)
    if match is not None:
        return month_end(date(int(match[2]), 3 * _ORDINALS.get(match[1], 4), 1))
    match = _YEAR_END.search(text)
    if match is not None:
        return date(int(match[1]), 12, 31)
    quarter = _QUARTER.search(text)
    match = re.match(r"(?: of)? 20(?P<long>\d\d)\b(?![/–-])", text[quarter.end() :]) if quarter is not None else None
    if match is None:
        match = _FINANCIAL_YEAR.search(text)
        if match is None or int(match["next"]) != (int(match["long"] or match["short"]) + 1) % 100:
            return None
    year = 2000 + int(match["long"] or match["short"])
    if quarter is None:
        return date(year + 1, 3, 31) if _IN_YEAR.search(text) else None
    month, day = _QUARTER_ENDS[_quarter_number(quarter)]
    return date(year + (month == 3), month, day)


def _day(day: int, month: int, year: str | None, held: date | None) -> date | None:
    if year is not None:
        return real_day(_year(year), month, day)
    if held is None:
        return None
    this_year = real_day(held.year, month, day)
    return this_year if this_year is not None and this_year >= held else real_day(held.year + 1, month, day)


def _year(text: str) -> int:
    number = int(text.lstrip("'"))
    return number if number > 99 else number + (2000 if number < 80 else 1900)


def _month_end(month: int, year: str | None, held: date | None, next_meeting: bool) -> date | None:
    if year is None:
        if held is None:
            return None
        over = month < held.month or (month == held.month and next_meeting)
        number = held.year + over
    else:
        number = _year(year)
    return month_end(date(number, month, 1))


def _calendar(text: str, held: date) -> date | None:
    quarter = _QUARTER.search(text)
    if quarter is not None:
        month, day = _QUARTER_ENDS[_quarter_number(quarter)]
        return _day(day, month, None, held)
    following = "next " in text or "the following " in text
    if re.search(r"\bend of\b|\b(?:month|quarter|financial year)[ -]end\b", text):
        if "quarter" in text:
            return quarter_end(quarter_end(held) + timedelta(days=1)) if following else quarter_end(held)
        if "financial year" in text:
            this = _day(31, 3, None, held)
            return date(this.year + 1, 3, 31) if this is not None and following else this
        if "calendar year" in text:
            return date(held.year, 12, 31)
        if following and "month" in text:
            return month_end(held, 1)
        if following and "week" in text:
            return friday(held + timedelta(days=7))
        if following and re.search(r"\byear\b", text) and "municipal" not in text and "academic" not in text:
            return date(held.year + 1, 12, 31)
        if re.search(r"\b(?:the|this) (?:current )?year\b", text):
            return date(held.year, 12, 31)
        if re.search(r"\bof (?:the |this )?month\b|\bmonth[ -]end\b", text):
            return month_end(held)
        if re.search(r"\bof (?:the |this )?week\b", text):
            return friday(held)
    year = re.search(r"\b20\d\d\b", text)
    if "christmas" in text and "after" not in text:
        return _day(24, 12, year[0] if year is not None else None, held)
    if re.search(r"\beaster\b|\bgood friday\b", text):
        return _easter(text, int(year[0]) if year is not None else None, held) if "after" not in text else None
    if re.search(r"\b(?:by|before) (?:the )?new year\b", text):
        return date(held.year, 12, 31)
    if "new year" in text:
        return date(held.year + 1, 1, 31)
    if "early next year" in text or "early in the next year" in text:
        return date(held.year + 1, *_PART_ENDS["early"])
    if "tomorrow" in text or re.search(
        r"\bthe (?:following|next) (?:day|morning|afternoon|evening)\b|\bovernight\b", text
    ):
        return held + timedelta(days=1)
    if re.search(r"\b(?:today|this (?:afternoon|evening))\b", text):
        return held
    if re.search(r"(?<!the )\bnext week\b|\bthe following week\b", text):
        return friday(held + timedelta(days=7))
    if re.search(r"(?<!the )\bnext month\b|\bthe following month\b", text):
        return month_end(held, 1)
    if "this month" in text or "later in the month" in text:
        return month_end(held, 0)
    if "this week" in text or "later in the week" in text:
        return friday(held)
    if re.search(r"\bnext quarter\b", text):
        return quarter_end(quarter_end(held) + timedelta(days=1))
    ordinal = _DAY_OF_MONTH.search(text)
    if ordinal is not None:
        days = (real_day(end.year, end.month, int(ordinal[1])) for end in (month_end(held, k) for k in range(3)))
        return next((day for day in days if day is not None and day >= held), None)
    weekday = _NEXT_WEEKDAY.search(text)
    if weekday is not None:
        return held + timedelta(days=7 - held.weekday() + _WEEKDAYS[weekday[1]])
    weekday = _WEEKDAY.search(text)
    if weekday is not None and "bank holiday" not in text:
        later = 7 if re.search(r"\ba week on $", text[: weekday.start()]) or text[weekday.end() :] == " week" else 0
        return held + timedelta(days=(_WEEKDAYS[weekday[1]] - held.weekday() - 1) % 7 + 1 + later)
    return held if re.search(r"\bby (?:the )?(?:close|end) of (?:the day|play|business)\b", text) else None


def _easter(text: str, year: int | None, held: date) -> date:
    """Good Friday of `year`, else the first not before the meeting; Easter Monday where that is meant."""
    monday = timedelta(days=3 if "easter monday" in text else 0)
    return good_friday(year or held.year + (good_friday(held.year) + monday < held)) + monday


def _quarter_number(quarter: re.Match[str]) -> int:
    digit = quarter[1] or quarter[2]
    return int(digit) if digit else _ORDINALS[quarter[3] or quarter[4]]


def _span(text: str, held: date) -> date | None:
    text = text.replace("a couple of", "two").replace("half a year", "six months")
    text = re.sub(r"\b(?:a|one) (day|week|month|year) or two\b", r"two \1s", text)
    match = _SPAN.search("in " + text if _BARE_SPAN.fullmatch(text) else text)
    if match is None:
        return None
    behind = re.sub(_FROM_HERE, "", match.string[match.end() :])
    if (
        re.search(r"\bin the (?:year|month|week)\b", match[0])
        or re.search(r"\bafter\s+(?!\w+\s+(?:day|week|month|year))|\b(?:from|before|prior|ago)\b|^\W*of\b", behind)
        or (match["number"] is None and match["many"])
    ):
        return None
    word = match["number"]
    number = 1.0 if word in {None, "a", "an", "one"} else numbers.digits_value(word) or numbers.word_value(word)
    if number is None or number != int(number) or number > 600:
        return None
    count = int(number)
    if match["working"]:
        return working_days(held, count)
    unit = match["unit"]
    if unit == "hour":
        return held + timedelta(days=(count + 23) // 24)
    if unit in {"month", "year"}:
        return months_on(held, count * (12 if unit == "year" else 1))
    return held + timedelta(days=count * {"day": 1, "week": 7, "fortnight": _FORTNIGHT_DAYS}[unit])
