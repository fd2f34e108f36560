"""A text's words as the catalogue of measures compares them: what minutes say in many ways is said in one.

Periods go (`in Q3`, `for 2023/24`), all ways of saying that something was done in time are the word `ontim`, followed
by the limit where it is told (`limit20day`), a year group is one word, and endings are cut. Which words mean the same
is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from minutesminer.link.words import FUNCTION_WORDS, IRREGULAR

ON_TIME = "ontim"
LIMIT = "limit"
_KEPT = 20_000  # texts whose stems are remembered: those of the catalogue are asked for three times each
YEAR_GROUP = "yeargroup"

# Function words that have a meaning in a phrase: `children in care`, `out of work`, `not known`.
_MEANT = frozenset("in out off up under over not no into back most more less least within".split())
_DROPPED = FUNCTION_WORDS - _MEANT

_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
    )
} | {"twenty": "20", "thirty": "30", "sixty": "60", "ninety": "90"}
_READ_AS = {**_NUMBERS, "no": "not", "without": "not"}

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_SPANS = "second|minute|hour|day|week"
_PERIOD = re.compile(
    rf"""\b(?:
        (?:in|for|during|by|over|as\ at|at|since|to|from|of|on)\ (?:the\ )?
        (?:end\ of\ |start\ of\ |beginning\ of\ |year\ to\ |period\ to\ |quarter\ to\ |\d\d?(?:st|nd|rd|th)?\ )*
        (?:{_MONTHS})\b(?:\ \d{{4}})?
      | q(?:uarter)?\ ?[1-4]\b
      | (?:first|second|third|fourth|last|latest|previous|next|this)\ (?:quarter|half|year|month|week)
      | (?:in|over|during|within)\ the\ (?:last|past|previous)\ (?:\d+|\w+)\ (?:months|years|weeks|quarters)
      | (?:spring|summer|autumn)\ term
      | (?:19|20)\d\d\s?[-/]\s?(?:20)?\d\d\b
      | (?:19|20)\d\d\b
      | year[\ -]to[\ -]date | (?:financial|municipal|academic|calendar)\ year
    )""",
    re.VERBOSE,
)
_EVENTS = (
    "receipt|referral|request|birth|reported|report|discussion|discharge|notification|application|decision|meeting|"
    "care|contact|conference|entry|date|logged|visit|issue"
)
_LIMITS = (
    r"time[\ -]?scales?|time[\ -]?frames?|time[\ -]?limits?|time[\ -]?lines?|target\ times?|deadlines?|due\ dates?|sla"
)
_NUMBER = rf"(?:\d+|{'|'.join(_NUMBERS)})"
_IN_TIME = re.compile(
    rf"""
    (?:\bwith?in|\binside|\bin|\bunder)\ (?:the\ |an?\ |its\ |their\ )?(?:\w+\ ){{0,2}}?
        (?P<number>{_NUMBER})[\ -](?:(?:working|school|calendar|clear|business)[\ -])?(?P<span>{_SPANS})s?\b
        (?:\ (?:timescales?|targets?|deadlines?|time\ limits?|standards?)\b)?
        (?:\ (?:of|from|after)\ (?:\w+\ ){{0,3}}?(?:{_EVENTS})s?\b)?
  | \b(?:within|inside|in|to|by|meeting|met|against)\ (?:the\ |an?\ |its\ |their\ |our\ )?(?:[\w-]+\ ){{0,4}}?
        (?:{_LIMITS})\b
  | \bwithin\ (?:the\ )?(?:\w+\ ){{0,2}}?(?:targets?|times?|standards?)\b
  | \b(?:on|in)[\ -]time\b | \bto\ time\b | \bin\ target\b | \btimely\b | \btimeliness\b | \bwhen\ due\b | \bpromptly\b
    """,
    re.VERBOSE,
)
_OUT_OF_TIME = re.compile(
    rf"(?:\boutside|\bbeyond|\bout of|\bnot (?:\w+ )?within|\bnot (?:\w+ )?in|\bexceeding)(?: \w+){{0,3}}? "
    rf"(?:time ?scales?|time ?frames?|time|targets?|deadlines?|{_NUMBER} (?:working )?(?:{_SPANS})s?)\b"
)
_PER_PEOPLE = re.compile(r"\bper \d[\d,]*k?\b(?: (?:of the )?(?:population|people|residents|children|live births))?")
_OR_MORE = re.compile(rf"\b({_NUMBER})(?: ?\+| or (?:more|above|better|over|older|higher)| and (?:over|above|older))")


def _on_time(told: re.Match[str]) -> str:
    """What a wording is read as that tells of a time limit kept: within 20 working days, to timescale."""
    number, span = told["number"], told["span"]
    return f" {ON_TIME} " + (f"{LIMIT}{_NUMBERS.get(number, number)}{span} " if number else "")


_REWRITTEN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (_OUT_OF_TIME, " late "),
    (_IN_TIME, _on_time),
    (_PERIOD, " "),
    (_PER_PEOPLE, " "),
    (_OR_MORE, lambda told: f"{_NUMBERS.get(told[1], told[1])}plus "),
    (re.compile(r"\ba\* ?(?:-|to) ?c\b"), " astarc "),
    (re.compile(r"\ba[ -]levels?\b"), " alevel "),
    (re.compile(r"\byears? (\d\d?)\b(?!,? ?(?:olds?|and over))"), rf" {YEAR_GROUP}\1 "),
    (
        re.compile(r"\b(?:due to|owing to|because of|caused by|as a result of|attributable to|attributed to)\b"),
        " cause ",
    ),
    (re.compile(r"(?<=\w)&(?=\w)"), "and"),
    (re.compile(r"\b(non|anti)[ -](?=[a-z])"), r"\1"),
    (re.compile(r"\bun-(?=[a-z])"), "un"),
    (re.compile(r"\bchild ?care\b"), "childcare"),
    (re.compile(r"'s\b|(?<=s)'"), ""),
    # A joined word of the house style: `re-referrals`, `co-ordinated`, `pre-school`.
    (re.compile(r"\b(re|co|pre|multi)-(?=[a-z])"), r"\1"),
)
_DASHES = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "\u2010": "-", "\u2011": "-", "\n": " "})
_CAPITALS = re.compile(r"\bIT\b")  # the one abbreviation that in small letters is a function word
_WORD = re.compile(rf"{YEAR_GROUP}\d+|{LIMIT}\d+[a-z]+|[a-z]+|\d+(?:\.\d+)?(?:plus)?")

_ENDINGS = (
    ("ies", "y"),
    ("sses", "ss"),
    ("ings", ""),
    ("ing", ""),
    ("ed", ""),
    ("es", ""),
    ("s", ""),
    ("e", ""),
)


def plain_stem(word: str) -> str:
    """A lower-case word without an ending that its grammar gives it, at least four letters.

    Measures are told apart by endings that make other words, which `link.words.stem` cuts too: `previous` periods,
    pupils excluded `previously`.
    """
    if word in IRREGULAR:
        return IRREGULAR[word]
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= 4 and not word.endswith("ss"):
            return word[: len(word) - len(ending)] + instead
    return word


@lru_cache(maxsize=_KEPT)
def measure_stems(text: str) -> tuple[str, ...]:
    """The stems of a text in order, its fixed expressions rewritten, synonyms and neutral words still in it."""
    lowered = _CAPITALS.sub("ict", text).lower().translate(_DASHES)
    for pattern, instead in _REWRITTEN:
        lowered = pattern.sub(instead, lowered)
    return tuple(plain_stem(_READ_AS.get(word, word)) for word in _WORD.findall(lowered) if word not in _DROPPED)
