"""The component `minutes_actions`: what somebody is recorded as going to do after the meeting.

A rule finds the words that promise (`undertook to`, `would circulate`, `ACTION:`); the code here finds who
promises and decides by that whether it is a promise, a plan or neither: an officer who "would provide"
something promises it, a service that "would develop" something plans it, residents who "would need"
something do neither.
"""

from __future__ import annotations

from bisect import bisect_right

from spacy.tokens import Doc

from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.ruleset import RuleSet, rule_set
from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.clauses import (
    Lexis,
    after_label,
    clause_end,
    conditional_after,
    in_background,
    introducer,
    phrase_end,
    sentence_of,
    strip_right,
)
from minutesminer.mine.promises.due import due_date, due_within
from minutesminer.mine.promises.noted_actions import NotedActions
from minutesminer.mine.promises.recipients import recipient_cut, recipient_of, without
from minutesminer.mine.promises.strength import ASSURED, Strength, Strengths
from minutesminer.mine.promises.subjects import Subject, speaker_before, subject_of
from minutesminer.mine.promises.told_in_decisions import told_in_decisions
from minutesminer.models import Action, Meeting

_KINDS = (
    "promise", "modal", "work", "passive", "passive_work", "assured", "progressive", "document", "receives",
    "promised", "is_to", "could", "could_be", "able", "there_would_be", "plan_to", "intends", "due_to_be", "to_be_by",
    "promised_thing",
)  # fmt: skip
_BARRING = frozenset("if whether how what where why whom whose unless until till than which of when".split())
_CONDITIONAL_OPENERS = frozenset("if where should unless were whenever".split())
_RELATIVE_HEADS = frozenset("something anything everything thing things one area work issue matter all".split())
_SUCH = (["such"], ["these"], ["those"], ["some"], ["most"], ["all"])
_CASES = (["cases"], ["circumstances"], ["instances"], ["situations"])
_PAST = frozenset("had has have having been previously was were being".split())
_CERTAIN = frozenset(
    "assured assuring assurance assurances reassured undertook undertaken agreed confirmed confirming promised "
    "promising committed commitment undertaking guaranteed advised".split()
)
_MEANING = frozenset("planning intending proposing looking aiming seeking due scheduled set".split())
_SOUGHT = frozenset("sought seeks seeking wanted requested".split())
_HEARING = frozenset("received given welcomed heard".split())  # of an assurance: they are no promisers
_ROUTINE_UNITS = frozenset("day week month quarter year term morning time".split())
_HYPOTHETICAL_IF = frozenset("if unless".split())


class ActionMiner:
    """Reads the promises out of a doc. Records go to `reading.records.actions`, in the order of the text."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.lexis = Lexis.of(rules)
        self._routine = rules.flag("routine_word")
        self.strengths = Strengths(self.lexis, rules.flag("deliver_strict"), rules.flag("deliver_verb"))
        self._task = rules.flag("task_verb")
        self._told = rules.flag("told_verb")
        self._adverb = rules.flag("promising_adverb")
        self._month = rules.flag("month")

    def __call__(self, doc: Doc) -> Doc:
        reading = self.rules.reading(doc)
        meeting: Meeting | None = doc.user_data.get("meeting")
        held = meeting.date if meeting is not None else None
        dues = sorted(
            reading.of("qualifier", "due") + reading.of("qualifier", "due_document"), key=lambda match: match.start
        )
        found: list[Action] = []
        matches = [match for kind in _KINDS for match in reading.of("action", kind)]
        matches.sort(key=lambda match: match.start)
        for match in matches:
            if in_background(reading, reading.words.start[match.start]):
                continue
            action = self._action(reading.words, match, dues, held)
            if action is not None and not any(
                a.start_char <= action.start_char < a.end_char or (a.start_char < action.end_char <= a.end_char)
                for a in found[-3:]
            ):
                found.append(action)
        found += told_in_decisions(words=reading.words, reading=reading, lexis=self.lexis, dues=dues, held=held)
        found = NotedActions(self.lexis, self._task, self._told, reading.words, dues, held).add_to(found, reading)
        limbs: list[tuple[int, int, int]] = reading.notes.get("limbs", [])
        for action in found:
            for start, end, index in limbs:
                if start <= action.start_char < end:
                    action.resolution = index
                    break
        found.sort(key=lambda action: action.start_char)
        reading.records.actions.extend(found)
        return doc

    def _action(self, words: Words, match: Match, dues: list[Match], held: str | None) -> Action | None:
        start, stop = sentence_of(words, match.start)
        if self._barred(words, match.start, start, stop):
            return None
        at = match.start
        if match.rule.kind == "document":
            at = next(k for k in range(match.start, match.end) if words.lower[k] in {"would", "will"})
        subject = subject_of(words, self.lexis, at, start)
        verb = self._task_verb(words, match)
        if subject.kind == "pronoun" and self._routine_before(words, subject.start, start):
            return None
        if match.rule.kind == "plan_to" and self._part_of(words, match.start, start):
            return None
        if match.rule.kind not in {"there_would_be", "plan_to"} and self._not_said(words, subject, at, start):
            return None
        end = clause_end(words, self.lexis, verb, stop)
        if conditional_after(words, verb + 1, end):
            return None
        due = due_within(words, dues, verb + 1, end)
        recipient = recipient_of(words, self.lexis, verb - (match.rule.kind == "promised_thing"), end, due)
        strength = self.strengths.of(words, match, subject, verb, recipient, due, start)
        if strength is None:
            return None
        return self._record(words, match, at, subject, verb, end, due, recipient, strength, start, stop, held)

    # Is it said, and of the future?

    def _barred(self, words: Words, at: int, start: int, stop: int) -> bool:
        lower, bits = words.lower, words.bits
        decided = at - 2 >= start and lower[at - 2] == "it" and lower[at - 1] == "was"
        meant = lower[at] in _MEANING and at > start and lower[at - 1] in {"was", "were", "been"}
        if words.text[stop - 1] == "?" or (at > start and lower[at - 1] in _PAST and not decided and not meant):
            return True
        if lower[at] in {"would", "will"} and lower[at + 1 : at + 2] == ["only"]:
            return True
        first = lower[start]
        if first in _CONDITIONAL_OPENERS:
            return True
        if first == "in" and lower[start + 1 : start + 2] in _SUCH and lower[start + 2 : start + 3] in _CASES:
            return True
        if first in {"each", "every"} and start + 1 < stop and lower[start + 1] in _ROUTINE_UNITS:
            return True
        return any(bits[k] & self._routine for k in range(max(start, at - 2), min(stop, at + 3)))

    def _not_said(self, words: Words, subject: Subject, at: int, start: int) -> bool:
        """Whether the clause is asked, supposed, wished or reported from earlier."""
        lower = words.lower
        begin = subject.start if subject.end <= at else at
        before = begin - 1
        while before >= start and (lower[before] == "," or words.bits[before] & self._adverb):
            before -= 1
        if before < start:
            return False
        if lower[before] in _BARRING:
            return True
        governs = introducer(words, self.lexis, begin, start)
        if governs is None:
            return False
        if lower[governs] in ASSURED and _SOUGHT & set(lower[max(start, governs - 3) : governs]):
            return not _HEARING & set(lower[max(start, governs - 3) : governs])
        if (
            words.bits[governs] & self.lexis.not_promising
            and lower[governs] not in _CERTAIN
            and lower[before] == "that"
        ):
            return True
        if (
            words.bits[governs] & self.lexis.not_promising
            and governs == before
            and words.bits[governs] & self.lexis.speech
        ):
            return True
        if (
            lower[before] == "that"
            and words.bits[governs] & self.lexis.document
            and not words.bits[governs] & self.lexis.speech
            and lower[governs] not in _CERTAIN
        ):
            return True
        if lower[before] == "that" and lower[governs] in _RELATIVE_HEADS:
            return True
        recent = lower[max(start, governs - 2) : governs]
        if any(word == "had" for word in recent) and words.bits[governs] & self.lexis.speech:
            return True
        return any(word in _HYPOTHETICAL_IF or word == "whether" for word in lower[max(start, begin - 8) : begin])

    def _part_of(self, words: Words, at: int, start: int) -> bool:
        """Whether what plans is only the complement of a noun: `the purpose of the plan was to`."""
        k = at
        while k > start and words.bits[k - 1] & self.lexis.article:
            k -= 1
        return k > start and words.lower[k - 1] in {"of", "in", "for"}

    def _routine_before(self, words: Words, at: int, start: int) -> bool:
        """Whether `They will also ...` goes on with what the sentence before says is done each week."""
        if at != start:
            return False
        k = bisect_right(words.sentences, (at, len(words) + 1)) - 2
        return k >= 0 and words.lower[after_label(words, *words.sentences[k])] in {"each", "every"}

    def _task_verb(self, words: Words, match: Match) -> int:
        kind = match.rule.kind
        lower, bits = words.lower, words.bits
        if kind in {"promise", "is_to", "intends"}:
            k = match.start
            while lower[k] != "to":
                k += 1
            k += 1
        elif kind == "plan_to":
            return min(match.end, len(words) - 1)
        elif kind == "promised_thing" and lower[match.start] in {"took", "takes"}:
            return match.start
        elif kind == "document":
            k = next(j for j in range(match.start, match.end) if lower[j] in {"would", "will"}) + 1
            while k < match.end - 1 and bits[k] & self._adverb:
                k += 1
            return k
        elif kind == "promised":
            return match.end - 1
        elif kind in {"due_to_be", "to_be_by"}:
            return match.start + 1
        elif kind == "there_would_be":
            k = match.start + 2
            while lower[k] != "be":
                k += 1
            return k + 1
        elif kind in {"able", "could_be"} or words.lower[match.start + 1] == ",":
            return match.end - 1
        else:
            k = match.start + 1
        while k < match.end - 1 and bits[k] & self._adverb and (lower[k - 1], lower[k]) != ("to", "both"):
            if lower[k + 1] == "in":
                break
            k += 1
        return min(k, len(words) - 1)

    # The record

    def _record(
        self,
        words: Words,
        match: Match,
        at: int,
        subject: Subject,
        verb: int,
        end: int,
        due: tuple[int, int] | None,
        recipient: tuple[int, int, int] | None,
        strength: Strength,
        start: int,
        stop: int,
        held: str | None,
    ) -> Action:
        kind = match.rule.kind
        owner: str | None = None
        review: str | None = None
        cuts = [
            cut
            for cut in (due, recipient_cut(words, verb, recipient) if recipient is not None else None)
            if cut is not None
        ]
        named = subject.start < subject.end <= at
        begin = subject.start if named and not self._far(words, subject, at) else match.start
        due_text = words.slice(*due) if due is not None else None
        receiver = words.slice(recipient[1], recipient[2]) if recipient is not None else None
        if receiver is None and due is not None:
            receiver = self._whose_meeting(words, due)
        if kind in {"passive", "passive_work", "assured", "due_to_be", "to_be_by", "could_be"}:
            be = next(k for k in range(match.start, match.end) if words.lower[k] == "be")
            agent = self._by_whom(words, be, min(end, match.end + 3))
            if agent is not None and not (due is not None and due[0] < agent[1] and agent[0] < due[1]):
                owner = words.slice(agent[0] + 1, agent[1])
                cuts.append(agent)
            elif kind != "due_to_be" and self.strengths.said_by(words, subject, start, ASSURED):
                speaker = speaker_before(words, self.lexis, subject.start, start)
                if _HEARING & set(words.lower[start : subject.start]):
                    receiver = receiver or speaker
                else:
                    owner, receiver = speaker, receiver or self._assured(words, subject, start)
            task = f"{words.slice(subject.start, subject.end)} {without(words, be, end, cuts)}"
        elif kind == "document":
            task = without(words, verb, end, cuts)
            if words.lower[verb] in {"follow", "come", "return"}:
                task = f"{words.slice(subject.start, subject.end)} {task}"
            else:
                due_text = due_text or _without_article(words.slice(subject.start, subject.end))
            begin = subject.start if named else match.start
        elif kind == "promised":
            offered = words.lower[match.start] in {"was", "were"}
            if offered and words.lower[match.end - 1] not in {"promised", "offered"}:
                receiver = words.slice(subject.start, subject.end)
                task = without(words, match.end - 1, end, [due] if due is not None else [])
            elif offered:
                task = words.slice(subject.start, subject.end)
            else:
                task = without(words, verb, end, cuts)
                begin = self._phrase_start(words, match.start, start)
        elif kind == "receives":
            receiver = words.slice(subject.start, subject.end)
            task = without(words, verb, end, [due] if due is not None else [])
        elif kind in {"there_would_be", "plan_to"}:
            task = without(words, verb, end, cuts)
            begin = self._phrase_start(words, match.start, start) if kind == "plan_to" else match.start
        else:
            if kind == "progressive" and words.lower[verb] == "be":
                verb += 1
            kept = kind == "promise" or words.lower[verb + 1 : verb + 2] == ["in"]
            while not kept and verb < end - 1 and words.bits[verb] & self._adverb:
                verb += 1
            task = without(words, verb, end, cuts)
            owner, review = self._owner(words, subject, start)
            if subject.kind == "document":
                owner, task = None, f"{owner} {task}"
        if kind in {"could", "could_be"}:
            review = review or "offered with could"
        end = strip_right(words, begin, end)
        quote = words.slice(begin, end)
        sentence = words.slice(start, stop)
        return Action(
            quote=quote,
            sentence=sentence,
            start_char=words.start[begin],
            end_char=words.end[end - 1],
            rule=match.rule.id,
            review=review,
            owner=owner,
            task=task or None,
            recipient=receiver,
            due=due_text,
            due_date=due_date(due_text, held),
            strength=strength,
        )

    def _whose_meeting(self, words: Words, due: tuple[int, int]) -> str | None:
        """The body in `to the Panel’s March meeting`."""
        for k in range(due[0] + 1, due[1]):
            if words.lower[k] in {"’s", "'s"} and words.bits[k - 1] & self.lexis.body and words.lower[due[0]] == "to":
                return words.slice(due[0] + 1, k)
        return None

    def _assured(self, words: Words, subject: Subject, start: int) -> str | None:
        """Whom somebody assured: `assured the Committee that`."""
        for k in range(subject.start - 1, start, -1):
            if words.lower[k] in {"assured", "reassured", "promised"}:
                stop = phrase_end(words, self.lexis, k + 1, subject.start)
                return words.slice(k + 1, stop) if stop > k + 1 else None
        return None

    def _owner(self, words: Words, subject: Subject, start: int) -> tuple[str | None, str | None]:
        if subject.kind == "none" or subject.end <= subject.start:
            return None, "nobody is named"
        if words.lower[subject.start : subject.end] == ["it"]:
            return None, None
        text = words.slice(subject.start, subject.end)
        if subject.kind != "pronoun":
            return text, None
        meant = speaker_before(words, self.lexis, subject.start, start)
        if meant is None:
            return text, "whom the pronoun means is not clear"
        return meant, None

    def _by_whom(self, words: Words, start: int, end: int) -> tuple[int, int] | None:
        for k in range(start, end):
            if words.lower[k] in {"for", "to"}:
                return None
            if words.lower[k] == "by":
                stop = phrase_end(words, self.lexis, k + 1, len(words))
                if stop > k + 1 and not words.bits[k + 1] & self._month:
                    return k, stop
        return None

    def _phrase_start(self, words: Words, at: int, start: int) -> int:
        k = at
        while k > start and (
            words.bits[k - 1] & self.lexis.article or words.lower[k - 1] in {"current", "initial", "next", "first"}
        ):
            if words.lower[k - 1] == "that":
                break
            k -= 1
        return k

    def _far(self, words: Words, subject: Subject, at: int) -> bool:
        """Whether a shared subject stands before another verb, so that the quote begins at its own verb."""
        between = words.lower[subject.end : at]
        return between != [","] and any(word in {"and", "but", ",", "who", "which"} for word in between)


def _without_article(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if first.lower() in {"the", "a", "an"} and rest else text


def make_actions(nlp: object, name: str, patterns: str | None = None) -> ActionMiner:
    """Factory `minutes_actions`. `patterns` is another rule folder than the packaged one."""
    return ActionMiner(rule_set(patterns))
