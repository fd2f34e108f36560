"""The wording of requests and answers: which words of a request say what is wanted, and what an answer looks like."""

from __future__ import annotations

import re
from typing import Literal

from minutesminer.link.words import stems

Kind = Literal["item", "tracker", "matters", "programme"]

# Words of asking, reporting and committee business: they are in every request and every answer.
_BUSINESS = frozenset(
    stems(
        """action actions add added agenda agree agreed analysis annual arrange ask asked attend board
        breakdown briefing bring broken brought chair circulate circulated come committee confirm consider
        council councillor councillors data date detail detailed details director down examine explain
        feedback figure figures first forward full further future give given go head include included
        information issue issues item last lead let list made make many meeting meetings member members
        minute minutes much next note noted number officer officers overview panel paper present presented
        previous programme provide provided quarter question receive received regard regarding relation
        report reported reports request requested response result results return review scrutiny second send
        sent service share shared show shown split statistics sub submit submitted summary supplied supply
        take third undertake undertook update updated updates work write writing written year years month
        months week weeks day days one two three four five six seven eight nine ten"""
    )
)

_TRACKER = re.compile(
    r"\btracker\b|\baction (?:log|list|sheet|points)\b|\bactions? (?:arising|update|monitor\w*|outstanding)\b"
    r"|\brecommendations? (?:monitor\w*|updates?|track\w*|progress|log)\b|\bmatters outstanding\b"
    r"|\b(?:progress|updates?) (?:on|against|of) (?:previous |past |agreed |the )?"
    r"(?:actions|recommendations|resolutions)\b"
    r"|\brequests? (?:log|list|for information)\b|\boutstanding (?:actions|requests|matters|recommendations)\b"
    r"|\bmonitoring (?:of )?(?:recommendations|actions|decisions)\b",
    re.I,
)
_MATTERS = re.compile(r"\bmatters? arising\b|^(?:draft )?minutes\b|\bminutes (?:of|and|from)\b", re.I)
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
_ENTRY = re.compile(r"\s[–—-]\s|: |\. |; |\b(?:outstanding|completed?|closed|in hand)\b", re.I)
_ENTRY_WORDS = 12  # of the name of an entry, at most


def wanted(text: str) -> list[str]:
    """The stems of what is asked for, in order, each once, without the words of asking and of committee business."""
    return [stem for stem in dict.fromkeys(stems(text)) if stem not in _BUSINESS]


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
    named = [stem for stem in stems(_ENTRY.split(sentence, 1)[0]) if stem not in _BUSINESS]
    return named if len(named) <= _ENTRY_WORDS else []


def says_not_done(text: str) -> bool:
    """Whether words say of a request that it was not met yet."""
    return _NOT_DONE.search(text) is not None


def says_of_it(text: str) -> bool:
    """Whether words say that something asked for was done, or was not."""
    return _DONE.search(text) is not None or says_not_done(text)
