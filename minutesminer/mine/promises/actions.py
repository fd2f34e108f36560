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
from minutesminer.mine.promises.action_slots import ActionSlots
from minutesminer.mine.promises.assigned import assigned_promise, which_promise
from minutesminer.mine.promises.clauses import (
    DETERMINERS,
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
from minutesminer.mine.promises.due import due_within
from minutesminer.mine.promises.elliptical import elliptical_action
from minutesminer.mine.promises.names import first_name, owner_named
from minutesminer.mine.promises.noted_actions import NotedActions
from minutesminer.mine.promises.noted_entries import EntryReader, Fields
from minutesminer.mine.promises.promise import ASSURED, HEARING, Promise
from minutesminer.mine.promises.recipients import recipient_of
from minutesminer.mine.promises.strength import Strengths
from minutesminer.mine.promises.subjects import Subject, first_subject, kind_of, subject_of
from minutesminer.mine.promises.told_in_decisions import told_in_decisions
from minutesminer.models import Action, Meeting

_KINDS = (
    "promise", "modal", "work", "passive", "passive_work", "assured", "progressive", "document", "receives",
    "promised", "is_to", "could", "could_be", "able", "there_would_be", "plan_to", "intends", "due_to_be", "to_be_by",
    "promised_thing", "assigned", "which", "elliptical", "is_to_be",
)  # fmt: skip
_BARRING = frozenset("if whether how what where why whom whose unless until till than which of when".split())
_CONDITIONAL_OPENERS = frozenset("if where should unless were whenever".split())
_RELATIVE_HEADS = frozenset("something anything everything thing things one area work issue matter all".split())
_HAPPENING = (["place"], ["part"], ["effect"], ["longer"], ["time"], ["account"])
_SUCH = (["such"], ["these"], ["those"], ["some"], ["most"], ["all"])
_CASES = (["cases"], ["circumstances"], ["instances"], ["situations"])
_STRANDED = frozenset("at into with for".split())
_PROMISING = frozenset("undertook promised agreed offered would will".split())
_PAST = frozenset("had has have having been previously was were being".split())
_CERTAIN = frozenset(
    "assured assuring assurance assurances reassured undertook undertaken agreed confirmed confirming promised "
    "promising committed commitment undertaking guaranteed advised".split()
)
_STATED = frozenset("stated said required requires states says".split())
_POLICIES = frozenset(
    "policy policies protocol charter contract guidance procedure procedures standards leaflet".split()
)
_GIVEN = frozenset("undertook promised offered agreed".split())  # `Where he could not answer he undertook to write`
_MEANING = frozenset("planning intending proposing looking aiming seeking due scheduled set".split())
_SOUGHT = frozenset("sought seeks seeking wanted requested".split())
_ROUTINE_UNITS = frozenset(
    "day week month quarter year term morning time evening night monday tuesday wednesday thursday friday saturday "
    "sunday weekday weekend spring summer autumn winter".split()
)
_TELLING = frozenset("assured reassured told informed advised promised reminded".split())
_ASKING = frozenset("asked queried enquired inquired wondered questioned".split())
_CONTRACTS = frozenset("contract agreement policy lease scheme regulations rules act code protocol procedure".split())
_WAYS = frozenset("procedure process practice rule policy arrangement expectation understanding norm protocol".split())
_TO_NOTE = frozenset("to and committee panel board commission members ) : –".split())
_HYPOTHETICAL_IF = frozenset("if unless".split())


class ActionMiner:
    """Reads the promises out of a doc. Records go to `reading.records.actions`, in the order of the text."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.lexis = Lexis.of(rules)
        self._routine = rules.flag("routine_word")
        self.strengths = Strengths(self.lexis, rules.flag("deliver_strict"), rules.flag("deliver_verb"))
        self.slots = ActionSlots(self.lexis, rules.flag("promising_adverb"), rules.flag("month"))
        self.fields = Fields(
            action=rules.flag("action_column"),
            owner=rules.flag("owner_column"),
            due=rules.flag("due_column"),
            status=rules.flag("status_column"),
        )
        self._task = rules.flag("task_verb")
        self._told = rules.flag("told_verb")
        self._noted = rules.flag("noted_verb")
        self._adverb = rules.flag("promising_adverb")

    def __call__(self, doc: Doc) -> Doc:
        reading = self.rules.reading(doc)
        meeting: Meeting | None = doc.user_data.get("meeting")
        held = meeting.date if meeting is not None else None
        dues = sorted(
            reading.of("qualifier", "due") + reading.of("qualifier", "due_document"), key=lambda match: match.start
        )
        found: list[Action] = []
        matches = reading.of_kinds("action", _KINDS)
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
        reader = EntryReader(
            self.lexis, self._task, self._told, self._noted, self.slots.month, self.fields, reading.words, dues, held
        )
        found = NotedActions(self.lexis, reader).add_to(found, reading)
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
        if match.rule.kind in {"assigned", "which"}:
            given = assigned_promise if match.rule.kind == "assigned" else which_promise
            promise = given(words, self.lexis, match, (start, stop), dues)
            return self.slots.record(promise, "undertaken", held) if promise is not None else None
        if match.rule.kind == "elliptical":
            return elliptical_action(words, self.lexis, match, (start, stop), dues, self.strengths.strict, held)
        at = match.start
        if match.rule.kind == "document":
            at = next(k for k in range(match.start, match.end) if words.lower[k] in {"would", "will"})
        subject = self._subject(words, match, at, start)
        verb = self._task_verb(words, match)
        if words.lower[verb] == "take" and words.lower[verb + 1 : verb + 2] in _HAPPENING:
            return None  # `the meeting would take place`
        again = words.lower[verb - 1] == "be" and words.lower[verb] in {"set", "put"}
        if again and match.rule.kind in {"modal", "work"}:
            return None  # `would be set up`: a passive
        if subject.kind == "pronoun" and self._routine_before(words, subject.start, start):
            return None
        if match.rule.kind == "intends" and words.text[match.start][0].isupper():
            return None  # `the Head of Planning to review`
        if match.rule.kind == "plan_to" and self._part_of(words, match.start, start):
            return None
        if match.rule.kind not in {"there_would_be", "plan_to"} and self._not_said(words, subject, at, start):
            return None
        end = clause_end(words, self.lexis, verb, stop)
        end = next((k for k in range(verb + 1, end - 1) if words.lower[k : k + 2] == ["and", "that"]), end)
        if at > start and words.lower[at - 1] == "who":
            end = self._relative_end(words, verb, end)
        end = match.end if match.rule.id.endswith("to_this") else self._limb_end(words, verb, end)
        if conditional_after(words, verb + 1, end) or (match.rule.kind == "is_to" and self._goes_on(words, end, stop)):
            return None
        if words.lower[end - 1] in _STRANDED and words.text[end : end + 1] == [","]:
            return None  # `the topics that the Panel would look at, it was agreed`
        opens = Subject(at, at, "none") if match.rule.kind == "there_would_be" else subject
        due = due_within(words, dues, verb + 1, end) or self._due_before(words, dues, opens, start)
        recipient = recipient_of(words, self.lexis, verb - (match.rule.kind == "promised_thing"), end, due)
        promise = Promise(words, match, at, subject, verb, start, stop, end, due, recipient)
        strength = self.strengths.of(promise)
        if strength == "planned":
            promise.end = self._own_end(words, verb, end)
        return self.slots.record(promise, strength, held) if strength is not None else None

    def _subject(self, words: Words, match: Match, at: int, start: int) -> Subject:
        """The subject of the promising word at `at`, mended where a note or a told person hides it."""
        kind = match.rule.kind
        subject = subject_of(words, self.lexis, at, start)
        if kind == "promise" and words.lower[at].endswith("ing"):  # `with the Director answering and agreeing to`
            beside = next((k for k in range(at - 1, start, -1) if words.lower[k] == "with"), None)
            stop = phrase_end(words, self.lexis, beside + 1, at) if beside is not None else at
            if beside is not None and stop > beside + 1:
                return Subject(beside + 1, stop, kind_of(words, self.lexis, beside + 1, stop))
            return first_subject(words, self.lexis, start, at)
        if kind in {"modal", "work"} and at == start and words.text[at][0].isupper():
            return Subject(at, at, "pronoun")  # `Would speak to the team`: the speaker is named above
        if words.lower[max(subject.start - 1, start)] in _TELLING:  # `assured Members the roof would be mended`
            told = phrase_end(words, self.lexis, subject.start, subject.end)
            if subject.start < told < subject.end and words.lower[told] in DETERMINERS:
                return Subject(told, subject.end, kind_of(words, self.lexis, told, subject.end))
        if "and" in words.lower[subject.start : subject.end]:  # `Rob, Justine and Janet would look into it`
            while (
                subject.start - 2 > start
                and words.lower[subject.start - 1] == ","
                and words.bits[subject.start - 2] & self.lexis.capital
                and words.lower[subject.start - 3] in {",", "that"}
            ):
                subject.start -= 2
        if subject.kind == "thing" and kind in {"promise", "modal", "work"} and self._called(words, match, subject):
            subject.kind = "person"
        return subject

    def _relative_end(self, words: Words, verb: int, end: int) -> int:
        """`end`, or the comma after which the main clause goes on: `the Clerk, who agreed to look, thanked them`."""
        lexis = self.lexis
        for k in range(verb + 1, end - 1):
            if words.lower[k] == "," and words.bits[k + 1] & (lexis.speech | lexis.verb_past | lexis.auxiliary):
                return k
        return end

    def _limb_end(self, words: Words, verb: int, end: int) -> int:
        """`end`, or where the next limb of a decision in one line begins: `will be shared (ii) that a date`."""
        for k in range(verb + 2, end - 2):
            if words.text[k] == "(" and words.text[k + 2] == ")" and words.start[k] > words.end[k - 1]:
                label = words.lower[k + 1]
                if not label.strip("ivx") or (len(label) == 1 and label.isalpha()):
                    return strip_right(words, verb, k)
        return end

    def _goes_on(self, words: Words, end: int, stop: int) -> bool:
        """Whether the same owner promises more at once, so that both are one: `was to meet them and undertook to`."""
        return end + 1 < stop and words.lower[end] == "and" and words.lower[end + 1] in _PROMISING

    def _own_end(self, words: Words, verb: int, end: int) -> int:
        """`end`, or where a plan's clause goes on with a second finite verb, which may be a promise of its own."""
        for k in range(verb + 1, end - 2):
            if words.lower[k] == "and" and words.lower[k + 1] in {"would", "will"}:
                return strip_right(words, verb, k)
        return end

    def _called(self, words: Words, match: Match, subject: Subject) -> bool:
        """Whether somebody called by a first name promises: `Mo offered to`, `agreed that Mo would draft it`."""
        several = "and" in words.lower[subject.start : subject.end]
        if not several and not first_name(words, self.lexis, subject.start, subject.end):
            return False
        if several and not owner_named(words, self.lexis, subject.start, subject.end):
            return False
        return match.rule.kind == "promise" or words.lower[max(subject.start - 1, 0)] == "that"

    # Is it said, and of the future?

    def _barred(self, words: Words, at: int, start: int, stop: int) -> bool:
        lower, bits = words.lower, words.bits
        decided = at - 2 >= start and lower[at - 2] == "it" and lower[at - 1] == "was"
        meant = lower[at] in _MEANING and at > start and lower[at - 1] in {"was", "were", "been"}
        if words.text[stop - 1] == "?" or (at > start and lower[at - 1] in _PAST and not decided and not meant):
            return True
        if lower[at] in {"would", "will"} and lower[at + 1 : at + 2] in (["only"], ["still"]):
            return True
        first = lower[start]
        if first in _CONDITIONAL_OPENERS and lower[at] not in _GIVEN:
            return True
        if lower[start : start + 3] == ["in", "the", "event"]:
            return True
        if first == "under" and not _CONTRACTS.isdisjoint(lower[start + 1 : start + 5]):
            return True  # `Under the contract the provider would report monthly`
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
        if lower[before] == "that" and lower[before - 1] in _STATED and lower[before - 2] in _POLICIES:
            return True  # `The policy stated that officers would reply within ten days`
        governs = introducer(words, self.lexis, begin, start)
        if governs is None:
            return False
        if lower[governs] in ASSURED and _SOUGHT & set(lower[max(start, governs - 3) : governs]):
            return not HEARING & set(lower[max(start, governs - 3) : governs])
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
        if lower[before] == "that" and lower[governs] in {"was", "is"} and lower[governs - 1] in _WAYS:
            return True  # `The procedure was that officers would check the form`
        noted = lower[governs] in {"note", "notes"} and (governs == start or lower[governs - 1] in _TO_NOTE)
        if (
            lower[before] == "that"
            and not noted  # a verb: `RESOLVED to note that officers would report back`
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
        return any(
            lower[k] in _HYPOTHETICAL_IF | {"whether"} and lower[max(k - 1, 0)] not in _ASKING
            for k in range(max(start, begin - 8), begin)
        )

    def _due_before(self, words: Words, dues: list[Match], subject: Subject, start: int) -> tuple[int, int] | None:
        """The due wording that opens the clause: `Following the meeting, officers would ...`."""
        for k in range(subject.start - 1, start - 1, -1):
            if k > start and words.lower[k - 1] != "that":
                continue
            due = due_within(words, dues, k, subject.start)
            return (
                due
                if due is not None and due[0] == k and words.text[due[1]] in {words.text[subject.start], ","}
                else None
            )
        return None

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
        committed = kind == "promised_thing" and lower[match.start] in {"committed", "commits"}
        if kind in {"promise", "is_to", "intends"} or committed:
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
        elif lower[match.start + 1] in {"need", "have"} and lower[match.start + 2] == "to":
            return match.start + 3
        elif kind in {"able", "could_be"} or lower[match.start + 1] == "," or lower[match.start + 1] == "to":
            return match.end - 1
        else:
            k = match.start + 1
        while k < match.end - 1 and bits[k] & self._adverb and (lower[k - 1], lower[k]) != ("to", "both"):
            if lower[k + 1] == "in":
                break
            k += 1
        return min(k, len(words) - 1)


def make_actions(nlp: object, name: str, patterns: str | None = None) -> ActionMiner:
    """Factory `minutes_actions`. `patterns` is another rule folder than the packaged one."""
    return ActionMiner(rule_set(patterns))
