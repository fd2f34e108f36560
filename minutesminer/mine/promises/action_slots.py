"""The slots of an action whose rule, subject and strength are known: owner, task, recipient, due and quote."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.agents import agent_of
from minutesminer.mine.promises.assigned import antecedent
from minutesminer.mine.promises.clauses import Lexis, after_label, phrase_end, strip_right
from minutesminer.mine.promises.due import due_date
from minutesminer.mine.promises.promise import ASSURED, HEARING, Promise, Strength
from minutesminer.mine.promises.recipients import recipient_cut, without
from minutesminer.mine.promises.speakers import named_subject, speaker_before
from minutesminer.mine.promises.subjects import first_subject, kind_of
from minutesminer.mine.review import NOBODY_NAMED, OFFERED_WITH_COULD, PRONOUN_UNCLEAR
from minutesminer.models import Action

PASSIVES = frozenset({"passive", "passive_work", "assured", "due_to_be", "to_be_by", "could_be", "is_to_be"})
_LONGEST_LIST = 25  # sentences back to the line that opens a list of remarks
_BEFORE_PLAN = frozenset({"current", "initial", "next", "first"})


@dataclass(slots=True)
class _Filled:
    """What has been filled in so far; `begin` is the quote's first word, `cuts` what the task leaves out."""

    begin: int
    task: str
    owner: str | None = None
    receiver: str | None = None
    due: str | None = None
    review: str | None = None


@dataclass(frozen=True, slots=True)
class ActionSlots:
    """Fills the slots of one promise by the kind of its rule."""

    lexis: Lexis
    adverb: int
    month: int

    def record(self, promise: Promise, strength: Strength, held: str | None) -> Action:
        """The action of `promise`; `held` is the meeting's date (ISO) or None."""
        words, kind = promise.words, promise.kind
        due, recipient = promise.due, promise.recipient
        cuts = [cut for cut in (due,) if cut is not None]
        if recipient is not None:
            cuts.append(recipient_cut(words, self.lexis.task, promise.verb, recipient))
        named = promise.subject.start < promise.subject.end <= promise.at
        filled = _Filled(
            begin=promise.subject.start if named and not self._far(promise) else promise.match.start,
            task="",
            receiver=words.slice(recipient[1], recipient[2]) if recipient is not None else None,
            due=words.slice(*due) if due is not None else None,
        )
        if filled.receiver is None and due is not None:
            filled.receiver = self._whose_meeting(words, due)
        if kind in PASSIVES:
            self._passive(promise, filled, cuts)
        elif kind == "document":
            self._document(promise, filled, cuts)
        elif kind == "promised":
            self._promised(promise, filled, cuts)
        elif kind == "receives":
            self._received(promise, filled)
        elif kind in {"there_would_be", "plan_to"}:
            filled.task = without(words, promise.verb, promise.end, cuts)
            plan = kind == "plan_to"
            filled.begin = (
                self._phrase_start(words, promise.match.start, promise.start) if plan else promise.match.start
            )
        elif kind == "which":
            self._active(promise, filled, cuts)
            meant = antecedent(words, self.lexis, promise.match.start, promise.start)
            if meant is not None:
                rest = without(words, promise.verb + 1, promise.end, cuts) if promise.end > promise.verb + 1 else ""
                filled.task = f"{words.text[promise.verb]} {meant} {rest}".strip()
            filled.begin = promise.match.start
        else:
            self._active(promise, filled, cuts)
            if kind == "assigned" and filled.begin == promise.match.start:
                filled.begin = self._phrase_start(words, promise.match.start, promise.start)
        if kind in {"could", "could_be"}:
            filled.review = filled.review or OFFERED_WITH_COULD
        end = strip_right(words, filled.begin, promise.end)
        return Action(
            quote=words.slice(filled.begin, end),
            sentence=words.slice(promise.start, promise.stop),
            start_char=words.start[filled.begin],
            end_char=words.end[end - 1],
            rule=promise.match.rule.id,
            review=filled.review,
            owner=filled.owner,
            task=filled.task or None,
            recipient=filled.receiver,
            due=filled.due,
            due_date=due_date(filled.due, held),
            strength=strength,
        )

    # One kind of rule each

    def _passive(self, promise: Promise, filled: _Filled, cuts: list[tuple[int, int]]) -> None:
        words, subject, due = promise.words, promise.subject, promise.due
        be = next(k for k in range(promise.match.start, promise.match.end) if words.lower[k] == "be")
        agent = agent_of(words, self.lexis, self.month, be, promise.match.end, promise.end)
        if agent is not None and not (due is not None and due[0] < agent[1] and agent[0] < due[1]):
            filled.owner = words.slice(agent[0] + 1, agent[1])
            cuts.append(agent)
        elif promise.kind != "due_to_be" and promise.said_by(ASSURED):
            speaker = speaker_before(words, self.lexis, subject.start, promise.start)
            told = next(k for k in range(subject.start - 1, -1, -1) if words.lower[k] in ASSURED)
            if words.lower[told - 1] in {"was", "were"}:  # `Members were assured that`
                said = named_subject(words, self.lexis, promise.start, told - 1)
                assured = words.slice(promise.start, told - 1)
                other = said is not None and not assured.endswith(said)
                filled.owner = said if other else speaker_before(words, self.lexis, promise.start, promise.start)
            elif HEARING & set(words.lower[promise.start : subject.start]):
                filled.receiver = filled.receiver or speaker
            else:
                filled.owner, filled.receiver = speaker, filled.receiver or self._assured(promise)
        what: str | None = words.slice(subject.start, subject.end)
        if words.lower[promise.at - 2 : promise.at] == [",", "which"]:
            what = antecedent(words, self.lexis, promise.at - 1, promise.start) or what
        filled.task = f"{what} {without(words, be, promise.end, cuts)}"

    def _document(self, promise: Promise, filled: _Filled, cuts: list[tuple[int, int]]) -> None:
        words, subject = promise.words, promise.subject
        filled.task = without(words, promise.verb, promise.end, cuts)
        if words.lower[promise.verb] in {"follow", "come", "return", "go", "appear", "feature"}:
            filled.task = f"{words.slice(subject.start, subject.end)} {filled.task}"
        else:
            filled.due = filled.due or _without_article(words.slice(subject.start, subject.end))
        filled.begin = subject.start if subject.start < subject.end <= promise.at else promise.match.start

    def _promised(self, promise: Promise, filled: _Filled, cuts: list[tuple[int, int]]) -> None:
        words, subject, match = promise.words, promise.subject, promise.match
        offered = words.lower[match.start] in {"was", "were"}
        if offered and promise.final not in {"promised", "offered"}:
            filled.receiver = words.slice(subject.start, subject.end)
            filled.task = without(words, match.end - 1, promise.end, [promise.due] if promise.due is not None else [])
        elif offered:
            filled.task = words.slice(subject.start, subject.end)
        else:
            filled.task = without(words, promise.verb, promise.end, cuts)
            filled.begin = self._phrase_start(words, match.start, promise.start)

    def _received(self, promise: Promise, filled: _Filled) -> None:
        words, subject, due = promise.words, promise.subject, promise.due
        told = subject
        if subject.kind == "pronoun":  # `Members were told that they would have the list`
            told = first_subject(words, self.lexis, promise.start, subject.start)
        filled.receiver = words.slice(told.start, told.end)
        cuts = [due] if due is not None else []
        agent = agent_of(words, self.lexis, self.month, promise.match.end, promise.match.end, promise.end)
        if agent is not None and kind_of(words, self.lexis, agent[0] + 1, agent[1]) in {"person", "body"}:
            filled.owner = words.slice(agent[0] + 1, agent[1])
            cuts.append(agent)
        filled.task = without(words, promise.verb, promise.end, cuts)

    def _active(self, promise: Promise, filled: _Filled, cuts: list[tuple[int, int]]) -> None:
        words, verb = promise.words, promise.verb
        if promise.kind == "progressive" and words.lower[verb] == "be":
            verb += 1
        kept = promise.kind == "promise" or words.lower[verb + 1 : verb + 2] == ["in"]
        while not kept and verb < promise.end - 1 and words.bits[verb] & self.adverb:
            verb += 1
        filled.task = without(words, verb, promise.end, cuts)
        filled.owner, filled.review = self._owner(promise)
        if promise.subject.kind == "document":
            filled.owner, filled.task = None, f"{filled.owner} {filled.task}"

    # Parts of slots

    def _owner(self, promise: Promise) -> tuple[str | None, str | None]:
        words, subject = promise.words, promise.subject
        if subject.kind == "pronoun" and subject.end == subject.start:
            leading = leading_speaker(words, self.lexis, promise.start)
            return leading, NOBODY_NAMED if leading is None else None
        if subject.kind == "none" or subject.end <= subject.start:
            return None, None if promise.kind == "assigned" else NOBODY_NAMED
        if words.lower[subject.start : subject.end] == ["it"]:
            return None, None
        text = words.slice(subject.start, subject.end)
        if subject.kind != "pronoun":
            return text, None
        meant = speaker_before(words, self.lexis, subject.start, promise.start)
        if meant is None:
            return text, PRONOUN_UNCLEAR
        return meant, None

    def _whose_meeting(self, words: Words, due: tuple[int, int]) -> str | None:
        """The body in `to the Panel’s March meeting`."""
        for k in range(due[0] + 1, due[1]):
            if words.lower[k] in {"’s", "'s"} and words.bits[k - 1] & self.lexis.body and words.lower[due[0]] == "to":
                return words.slice(due[0] + 1, k)
        return None

    def _assured(self, promise: Promise) -> str | None:
        """Whom somebody assured: `assured the Committee that`."""
        words, subject = promise.words, promise.subject
        for k in range(subject.start - 1, promise.start, -1):
            if words.lower[k] in {"assured", "reassured", "promised"}:
                stop = phrase_end(words, self.lexis, k + 1, subject.start)
                return words.slice(k + 1, stop) if stop > k + 1 else None
        return None

    def _phrase_start(self, words: Words, at: int, start: int) -> int:
        k = at
        while k > start and (words.bits[k - 1] & self.lexis.article or words.lower[k - 1] in _BEFORE_PLAN):
            if words.lower[k - 1] == "that":
                break
            k -= 1
        return k

    def _far(self, promise: Promise) -> bool:
        """Whether a shared subject stands before another verb, so that the quote begins at its own verb."""
        between = promise.words.lower[promise.subject.end : promise.at]
        return between != [","] and any(word in {"and", "but", ",", "who", "which"} for word in between)


def leading_speaker(words: Words, lexis: Lexis, at: int) -> str | None:
    """Who speaks in a list without subjects, named where it opens: `The Manager made the following comments:`."""
    k = bisect_right(words.sentences, (at, len(words) + 1)) - 1
    for begin, end in reversed(words.sentences[max(0, k - _LONGEST_LIST) : max(k, 0)]):
        if words.text[end - 1] == ":":
            return named_subject(words, lexis, after_label(words, begin, end), end)
    return None


def _without_article(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if first.lower() in {"the", "a", "an"} and rest else text
