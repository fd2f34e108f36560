"""Answers that say no more than that something would be done: `asked if the map could be shared, and told it would`.

What would be done stands in the question before: in the same sentence or in the one before it.
"""

from __future__ import annotations

from bisect import bisect_right

from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.clauses import Lexis, after_label, strip_right
from minutesminer.mine.promises.due import due_date, due_within
from minutesminer.mine.promises.recipients import recipient_of, without
from minutesminer.mine.promises.subjects import Subject, kind_of, subject_of
from minutesminer.models import Action

_ANSWERING = frozenset(
    "said confirmed replied agreed advised answered responded stated assured told promised indicated informed".split()
)
_TOLD = frozenset({"told", "assured", "advised", "informed"})
_ASKING = frozenset("asked queried enquired inquired questioned asking".split())
_MODALS = frozenset("could would can will might may".split())
_DONE = frozenset(  # of what is asked for: what a committee is given, and what is done to its papers
    "circulated re-circulated shared sent distributed forwarded emailed e-mailed supplied provided submitted reported "
    "presented appended attached tabled added included checked investigated arranged corrected amended raised "
    "clarified uploaded published broken split".split()
)
_SEVERAL = frozenset("members member councillors councillor cllr all".split())
_NOBODY = frozenset({"none", "thing", "document", "third"})


def elliptical_action(
    words: Words,
    lexis: Lexis,
    match: Match,
    sentence: tuple[int, int],
    dues: list[Match],
    delivering: int,
    held: str | None,
) -> Action | None:
    """The action of the `elliptical` match in `sentence`, or None where nothing a committee is given was asked for.

    `delivering` is the bit of the verbs that hand something over, `held` the meeting's date (ISO) or None.
    """
    lower, bits, (start, stop) = words.lower, words.bits, sentence
    agreed = lower[match.start] == "agreed"  # `asked if it could be shared, to which the Clerk agreed`
    said = match.start - (not agreed)
    while said > start and (lower[said] == "that" or (bits[said] & lexis.member and lower[said - 1] in _TOLD)):
        said -= 1
    if said <= start or lower[said] not in _ANSWERING:
        return None
    passive_speech = lower[said] in _TOLD and lower[said - 1] in {"was", "were"}
    speaker = Subject(match.start, match.start, "none") if passive_speech else subject_of(words, lexis, said, start)
    if not passive_speech and speaker.kind in _NOBODY:
        return None
    if agreed and (speaker.kind == "body" or not _SEVERAL.isdisjoint({lower[speaker.start], lower[speaker.end - 1]})):
        return None  # `Members asked if it could be added, and the Committee agreed`: decided
    question = _question(words, start, said) or _question_before(words, start)
    if question is None:
        return None
    asked, end = question
    if asked >= start:
        limit = said - 1 if passive_speech else speaker.start
        end = next((k for k in range(limit, asked, -1) if lower[k] == ","), limit)
    modal = next((k for k in range(asked + 1, end - 1) if lower[k] in _MODALS), None)
    if modal is None:
        return None
    passive = lower[modal + 1] == "be"
    verb = modal + 1 + passive
    if verb >= end:
        return None
    wanted = lower[verb] in _DONE if passive else bits[verb] & delivering and not passive_speech
    if not wanted or kind_of(words, lexis, asked + 1, modal) == "third":
        return None
    end = strip_right(words, verb, end)
    due = due_within(words, dues, verb + 1, end)
    recipient = recipient_of(words, lexis, verb, end, due)
    cuts = [cut for cut in (due, recipient and (recipient[0], recipient[2])) if cut is not None]
    task = without(words, verb, end, cuts)
    due_text = words.slice(*due) if due is not None else None
    begin, last = speaker.start, strip_right(words, match.start, match.end)
    return Action(
        quote=words.slice(begin, last),
        sentence=words.slice(start, stop),
        start_char=words.start[begin],
        end_char=words.end[last - 1],
        rule=match.rule.id,
        owner=None if passive else words.slice(speaker.start, speaker.end),
        task=f"{words.slice(asked + 1, modal)} be {task}" if passive else task,
        recipient=words.slice(recipient[1], recipient[2]) if recipient is not None else None,
        due=due_text,
        due_date=due_date(due_text, held),
        strength="undertaken",
    )


def _question(words: Words, start: int, end: int) -> tuple[int, int] | None:
    """The last `if` or `whether` of a question among words `start` to `end`, and `end`."""
    for k in range(end - 1, start, -1):
        if words.lower[k] in {"if", "whether"} and not _ASKING.isdisjoint(words.lower[max(start, k - 3) : k]):
            return k, end
    return None


def _question_before(words: Words, start: int) -> tuple[int, int] | None:
    """The question of the sentence before the one that begins at `start`."""
    k = bisect_right(words.sentences, (start, len(words) + 1)) - 2
    if k < 0:
        return None
    begin, end = words.sentences[k]
    return _question(words, after_label(words, begin, end), end)
