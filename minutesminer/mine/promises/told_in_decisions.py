"""What a decision tells somebody to do: `That the Chair write to the Minister`.

The committee's own receiving and reviewing are no actions but requests (`asked_in_decisions`).
"""

from __future__ import annotations

from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.ruleset import Reading
from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.clauses import DETERMINERS, Lexis, clause_end, in_background, sentence_of, strip_right
from minutesminer.mine.promises.due import due_date, due_within
from minutesminer.mine.promises.recipients import recipient_cut, recipient_of, without
from minutesminer.mine.promises.subjects import kind_of
from minutesminer.models import Action

_DECIDING = frozenset("agreed resolved agree agrees resolves".split())
_LONGEST = 12  # words of a subject


def told_in_decisions(
    words: Words, reading: Reading, lexis: Lexis, dues: list[Match], held: str | None
) -> list[Action]:
    """The actions of limbs and of `It was agreed that ...`, in the order of the text.

    `dues` are the matches of the due rules, `held` is the meeting's date (ISO) or None.
    """
    limbs: list[tuple[int, int, int]] = reading.notes.get("limbs", [])
    found: list[Action] = []
    for match in reading.of("action", "told"):
        at = words.start[match.start]
        if in_background(reading, at) or any(a.start_char <= at < a.end_char for a in found[-1:]):
            continue
        limb = next((entry for entry in limbs if entry[0] <= at < entry[1]), None)
        if limb is not None and reading.records.resolutions[limb[2]].outcome == "lost":
            continue
        begin = _subject(words, lexis, match.start, limb[0] if limb is not None else None)
        if begin is not None:
            found.append(_action(words, lexis, match, begin, dues, held))
    return found


def _subject(words: Words, lexis: Lexis, verb: int, limb: int | None) -> int | None:
    """The first word of the subject right before the verb, where a decision tells its person to do something.

    `limb` is the first character of the limb around it, if it stands in one.
    """
    lower, bits = words.lower, words.bits
    start, _ = sentence_of(words, verb)
    begin = verb
    while begin > start and verb - begin < _LONGEST and lower[begin - 1] not in {"that", ":", "–", "-", ";"}:
        begin -= 1
        if lower[begin] in _DECIDING and lower[begin + 1] in DETERMINERS:
            begin += 1  # `it was agreed the Chair liaise with the Clerk`
            break
        finite = bits[begin] & (lexis.auxiliary | lexis.verb_past | lexis.speech) and not bits[begin] & lexis.capital
        if finite or lower[begin] == "to":
            return None
    if begin == verb:
        return None
    decided = begin > start + 1 and lower[begin - 1] in _DECIDING and lower[begin - 2] in {"was", "also"}
    decided = decided or begin >= start + 2 and lower[begin - 1] == "that" and lower[begin - 2] in _DECIDING
    opens = begin == start or (begin == start + 1 and lower[start] == "that") or lower[begin - 1] in {":", "–", "-"}
    if not (decided or (limb is not None and (opens or words.start[begin] == limb))):
        return None
    kind = kind_of(words, lexis, begin, verb)
    head = bits[verb - 1]
    deciding = kind == "body" and head & lexis.body and lower[verb - 1] not in {"partnership", "trust"}
    deciding = deciding and not head & lexis.person
    return begin if kind in {"person", "body"} and not deciding else None


def _action(words: Words, lexis: Lexis, match: Match, begin: int, dues: list[Match], held: str | None) -> Action:
    verb = match.start
    start, stop = sentence_of(words, verb)
    end = strip_right(words, begin, clause_end(words, lexis, verb, stop))
    due = due_within(words, dues, verb + 1, end)
    recipient = recipient_of(words, lexis, verb, end, due)
    cuts = [due] if due is not None else []
    if recipient is not None:
        cuts.append(recipient_cut(words, lexis.task, verb, recipient))
    due_text = words.slice(*due) if due is not None else None
    return Action(
        quote=words.slice(begin, end),
        sentence=words.slice(start, stop),
        start_char=words.start[begin],
        end_char=words.end[end - 1],
        rule=match.rule.id,
        owner=words.slice(begin, verb),
        task=without(words, verb, end, cuts),
        recipient=words.slice(recipient[1], recipient[2]) if recipient is not None else None,
        due=due_text,
        due_date=due_date(due_text, held),
    )
