"""The component `minutes_actions`: what somebody is recorded as going to do after the meeting.

A rule finds the words that promise (`undertook to`, `would circulate`, `ACTION:`); the code here finds who
promises and decides by that whether it is a promise, a plan or neither: an officer who "would provide"
something promises it, a service that "would develop" something plans it, residents who "would need"
something do neither.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal

from spacy.tokens import Doc

from minutesminer.mine.noted_actions import NotedActions
from minutesminer.mine.clauses import (
    Lexis,
    Subject,
    after_label,
    clause_end,
    introducer,
    named_subject,
    phrase_end,
    sentence_of,
    speaker_before,
    spoken_of,
    strip_right,
    subject_of,
)
from minutesminer.mine.due import due_date, due_within
from minutesminer.mine.matching import Match
from minutesminer.mine.recipients import committee_like, recipient_of, without
from minutesminer.mine.ruleset import Reading, RuleSet, rule_set
from minutesminer.mine.words import Words
from minutesminer.models import Action, Meeting

Strength = Literal["undertaken", "planned"]

_KINDS = (
    "promise", "modal", "work", "passive", "passive_work", "assured", "progressive", "document", "receives", "is_to", "could",
    "there_would_be", "plan_to", "intends", "due_to_be", "to_be_by",
)  # fmt: skip
_BARRING = frozenset("if whether how what where why whom whose unless until till than which of when".split())
_CONDITIONAL_OPENERS = frozenset("if where should unless were whenever".split())
_PAST = frozenset("had has have having been previously was were being".split())
_NEVER_BOUND = frozenset("note approve adopt endorse receive consider review agree support recommend proceed defer add hold establish set".split())
_CERTAIN = frozenset(
    "assured assuring assurance assurances reassured undertook undertaken agreed confirmed confirming promised promising committed "
    "commitment undertaking guaranteed advised".split()
)
_ASSURED = frozenset("assured assuring assurance reassured reassurance undertook promised guaranteed undertaking commitment".split())
_COMING = frozenset("next future final forthcoming updated new full annual further revised quarter".split())
_POLICIES = frozenset("plan review document guidance".split())
_SPOKEN = frozenset("noted explained stated said reported added indicated informed replied responded heard clarified outlined".split())
_SHOWN = frozenset("circulated re-circulated recirculated shared distributed appended emailed e-mailed tabled attached".split())
_LATER_WORK = frozenset("published undertaken produced prepared scheduled convened monitored taken considered".split())
_TOLD = frozenset("provided sent supplied made informed updated notified issued given".split())
_THINGS = frozenset("this that these those it they both all".split())
_ROUTINE_UNITS = frozenset("day week month quarter year term morning time".split())
_SAYING = frozenset("sharing circulating providing reporting writing sending bringing presenting distributing e-mailing emailing".split())
_HYPOTHETICAL_IF = frozenset("if unless".split())


class ActionMiner:
    """Reads the promises out of a doc. Records go to `reading.records.actions`, in the order of the text."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.lexis = Lexis.of(rules)
        self._routine = rules.flag("routine_word")
        self._strict = rules.flag("deliver_strict")
        self._task = rules.flag("task_verb")
        self._work = rules.flag("work_verb")
        self._adverb = rules.flag("promising_adverb")
        self._month = rules.flag("month")

    def __call__(self, doc: Doc) -> Doc:
        reading = self.rules.reading(doc)
        meeting: Meeting | None = doc.user_data.get("meeting")
        held = meeting.date if meeting is not None else None
        dues = reading.of("qualifier", "due")
        found: list[Action] = []
        matches = [match for kind in _KINDS for match in reading.of("action", kind)]
        matches.sort(key=lambda match: match.start)
        for match in matches:
            if spoken_of(reading, reading.words.start[match.start]):
                continue
            action = self._action(reading.words, match, dues, held)
            if action is not None and not any(a.start_char <= action.start_char < a.end_char or (
                a.start_char < action.end_char <= a.end_char) for a in found[-3:]):
                found.append(action)
        found = NotedActions(self.lexis, self._task, reading.words, dues, held).add_to(found, reading)
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
        if match.rule.kind not in {"there_would_be", "plan_to"} and self._not_said(words, subject, at, start):
            return None
        end = clause_end(words, self.lexis, verb, stop)
        due = due_within(words, dues, verb + 1, end)
        recipient = recipient_of(words, self.lexis, verb, end, due)
        strength = self._strength(words, match, subject, verb, recipient, due, start)
        if strength is None:
            return None
        return self._record(words, match, at, subject, verb, end, due, recipient, strength, start, stop, held)

    # Is it said, and of the future?

    def _barred(self, words: Words, at: int, start: int, stop: int) -> bool:
        lower, bits = words.lower, words.bits
        decided = at - 2 >= start and lower[at - 2] == "it" and lower[at - 1] == "was"
        if words.text[stop - 1] == "?" or (at > start and lower[at - 1] in _PAST and not decided):
            return True
        first = lower[start]
        if first in _CONDITIONAL_OPENERS:
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
        if words.bits[governs] & self.lexis.not_promising and lower[governs] not in _CERTAIN and lower[before] == "that":
            return True
        if words.bits[governs] & self.lexis.not_promising and governs == before and words.bits[governs] & self.lexis.speech:
            return True
        if lower[before] == "that" and words.bits[governs] & self.lexis.document and not words.bits[governs] & self.lexis.speech:
            return True
        recent = lower[max(start, governs - 2) : governs]
        if any(word == "had" for word in recent) and words.bits[governs] & self.lexis.speech:
            return True
        return any(word in _HYPOTHETICAL_IF or word == "whether" for word in lower[max(start, begin - 8) : begin])

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
        elif kind == "document":
            k = match.end - 1
        elif kind in {"due_to_be", "to_be_by"}:
            return match.start + 1
        elif kind == "there_would_be":
            k = match.start + 2
            while lower[k] != "be":
                k += 1
            return k + 1
        elif words.lower[match.start + 1] == ",":
            return match.end - 1
        else:
            k = match.start + 1
        while k < match.end - 1 and bits[k] & self._adverb:
            k += 1
        return min(k, len(words) - 1)

    # How strong is it?

    def _strength(
        self,
        words: Words,
        match: Match,
        subject: Subject,
        verb: int,
        recipient: tuple[int, int, int] | None,
        due: tuple[int, int] | None,
        start: int,
    ) -> Strength | None:
        kind = match.rule.kind
        agent = subject.kind in {"person", "pronoun", "body"}
        deciding = subject.kind == "body" and committee_like(words, self.lexis, subject.end - 1, subject.end)
        certain = self._said_by(words, subject, start, _CERTAIN)
        if kind == "promise":
            return self._promised(words, match, subject, verb, deciding)
        if kind in {"modal", "is_to", "could"}:
            if not agent or (kind == "is_to" and subject.kind == "pronoun"):
                return None
            if subject.end > subject.start and words.lower[subject.end - 1] in {"programme", "project", "scheme"}:
                return None
            if kind == "could" and words.lower[subject.end - 1] in {"members", "councillors", "they", "we"}:
                return None
            if subject.kind != "body" or certain or words.bits[verb] & self._strict or kind == "could":
                return "undertaken"
            handed = recipient is not None and committee_like(words, self.lexis, recipient[1], recipient[2])
            phrasal = not words.bits[verb] & self.rules.flag("deliver_verb")
            return "undertaken" if handed or phrasal else "planned"
        if kind in {"work", "progressive"}:
            if subject.kind == "document" and words.lower[match.end - 1] == "coming":
                return "undertaken"
            if not agent or words.lower[max(subject.end - 1, 0)] in {"members", "councillors", "colleagues"}:
                return None
            if deciding and words.lower[verb] in {"meet", "hold", "consider"}:
                return None
            if kind == "progressive":
                return "undertaken" if words.lower[match.end - 1] in _SAYING and not subject.kind == "body" else "planned"
            return "undertaken" if subject.kind == "person" or certain else "planned"
        if kind == "document":
            return self._contained(words, match, subject)
        if kind == "receives":
            return self._received(words, subject, match, due)
        if kind in {"passive", "passive_work", "assured"}:
            return self._handed_over(words, kind, subject, match, recipient, due, certain, start)
        if kind == "intends":
            return "planned" if agent and subject.end > subject.start else None
        if kind == "to_be_by":
            return "undertaken" if subject.kind != "third" and not needed(words, match.start) else None
        if kind == "due_to_be":
            return "planned" if subject.kind == "document" else None
        return "planned"

    def _promised(self, words: Words, match: Match, subject: Subject, verb: int, deciding: bool) -> Strength | None:
        lower = words.lower
        if lower[match.start] == "agreed" and lower[subject.start : subject.end] == ["it"]:
            return "undertaken" if words.bits[verb] & self._strict or lower[verb] in {"provide", "ask", "invite"} else None
        if subject.kind in {"third", "document", "thing"}:
            return None
        members = subject.end > subject.start and lower[subject.end - 1] in {"members", "councillors"}
        if lower[match.start] in {"agreed", "agrees", "was", "were", "is", "are"} and (deciding or members or subject.kind == "none"):
            told = lower[verb] in {"write", "send", "invite", "contact", "lobby", "visit", "ask", "meet", "respond", "liaise"}
            return "undertaken" if told and subject.kind != "none" else None
        if lower[match.start] in {"agreed", "agrees"} and lower[verb] in {"note", "approve", "endorse", "adopt"}:
            return None
        if "government" in lower[subject.start : subject.end]:
            return None
        return "undertaken" if subject.kind != "none" or match.rule.id.endswith("undertook_to") else None

    def _contained(self, words: Words, match: Match, subject: Subject) -> Strength | None:
        lower = words.lower
        if lower[match.start] in _POLICIES and not _COMING & set(lower[max(0, match.start - 4) : match.start]):
            return None
        modal = next(k for k in range(match.start, match.end) if lower[k] in {"would", "will"})
        phrase = lower[max(0, match.start - 5) : modal]
        if lower[modal] == "will" and not _COMING & set(phrase):
            return None
        if lower[match.end - 1] == "come" and (match.end >= len(words) or lower[match.end] not in {"to", "back", "before"}):
            return None
        return "undertaken"

    def _received(self, words: Words, subject: Subject, match: Match, due: tuple[int, int] | None) -> Strength | None:
        if subject.end <= subject.start or words.lower[match.start] != "would":
            return None
        head = words.bits[subject.end - 1]
        if subject.kind == "third" or not head & (self.lexis.body | self.lexis.member | self.lexis.chair):
            return None
        if subject.kind == "body" and words.lower[subject.end - 1] in {"council", "authority", "trust", "partnership", "group"}:
            return None
        if words.lower[match.end - 1] in {"receive", "get", "receiving", "getting"}:
            window = words.bits[match.end : match.end + 6]
            return "undertaken" if any(bit & self.lexis.document for bit in window) else None
        return "undertaken"

    def _handed_over(
        self,
        words: Words,
        kind: str,
        subject: Subject,
        match: Match,
        recipient: tuple[int, int, int] | None,
        due: tuple[int, int] | None,
        certain: bool,
        start: int,
    ) -> Strength | None:
        if self._said_by(words, subject, start, _ASSURED):
            return "undertaken" if subject.kind != "none" else None
        if kind == "assured":
            return None
        verb = words.lower[match.end - 1]
        head = words.lower[subject.end - 1] if subject.end > subject.start else ""
        if subject.kind in {"third", "none"} or (subject.kind in {"person", "pronoun", "body"} and verb in _TOLD | {"considered"}):
            return None
        handed = recipient is not None and committee_like(words, self.lexis, recipient[1], recipient[2])
        returned = subject.kind == "document" or (subject.end - subject.start == 1 and head in _THINGS)
        if kind == "passive":
            if verb in _SHOWN or handed or (returned and (verb not in {"made", "issued", "returned"} or due is not None)):
                return "undertaken"
            if verb in {"reported", "presented", "brought", "fed"} and (due is not None or "separately" in words.lower[match.end : match.end + 4]):
                return "undertaken"
            return "planned" if due is not None and verb != "made" else None
        if verb == "invited":
            return "undertaken" if due is not None else None
        if verb in {"added", "included"} and {"programme", "agenda", "list", "workplan", "register"} & set(words.lower[match.end : match.end + 8]):
            return "undertaken"
        if verb in _LATER_WORK and not certain:
            return "planned" if due is not None else None
        if returned and (certain or due is not None) or certain and due is not None:
            return "undertaken"
        if verb in {"investigated", "checked", "clarified", "corrected", "amended", "revisited"} and (returned or certain):
            return "undertaken"
        spoken = certain or self._said_by(words, subject, start, _SPOKEN)
        return "planned" if due is not None or (spoken and returned) else None

    def _said_by(self, words: Words, subject: Subject, start: int, verbs: frozenset[str]) -> bool:
        begin = subject.start
        return any(word in verbs for word in words.lower[max(start, begin - 9) : begin])

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
        cuts = [cut for cut in (due, recipient[:1] + recipient[2:] if recipient is not None else None) if cut is not None]
        named = subject.start < subject.end <= at
        begin = subject.start if named and not self._far(words, subject, at) else match.start
        due_text = words.slice(*due) if due is not None else None
        receiver = words.slice(recipient[1], recipient[2]) if recipient is not None else None
        if kind in {"passive", "passive_work", "assured", "due_to_be", "to_be_by"}:
            be = next(k for k in range(match.start, match.end) if words.lower[k] == "be")
            agent = self._by_whom(words, be, min(end, match.end + 3))
            if agent is not None:
                owner = words.slice(agent[0] + 1, agent[1])
                cuts.append(agent)
            elif kind != "due_to_be" and self._said_by(words, subject, start, _ASSURED):
                owner = named_subject(words, self.lexis, start, subject.start)
            task = f"{words.slice(subject.start, subject.end)} {without(words, be, end, cuts)}"
        elif kind == "document":
            task = without(words, verb, end, cuts)
            if words.lower[verb] in {"follow", "come"}:
                task = f"{words.slice(subject.start, subject.end)} {task}"
            else:
                due_text = due_text or _without_article(words.slice(subject.start, subject.end))
            begin = subject.start if named else match.start
        elif kind == "receives":
            receiver = words.slice(subject.start, subject.end)
            task = without(words, verb, end, [due] if due is not None else [])
        elif kind in {"there_would_be", "plan_to"}:
            task = without(words, verb, end, cuts)
            if kind == "plan_to":
                begin = self._phrase_start(words, match.start, start)
            else:
                begin = match.start
        else:
            if kind == "progressive" and words.lower[verb] == "be":
                verb += 1
            while verb < end - 1 and words.bits[verb] & self._adverb:
                verb += 1
            task = without(words, verb, end, cuts)
            owner, review = self._owner(words, subject, start)
            if subject.kind == "document":
                owner, task = None, f"{owner} {task}"
        if kind == "could":
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
        while k > start and (words.bits[k - 1] & self.lexis.article or words.lower[k - 1] in {"current", "initial", "next", "first"}):
            if words.lower[k - 1] == "that":
                break
            k -= 1
        return k

    def _far(self, words: Words, subject: Subject, at: int) -> bool:
        """Whether a shared subject stands before another verb, so that the quote begins at its own verb."""
        return any(word in {"and", "but", ",", "who"} for word in words.lower[subject.end : at])


def needed(words: Words, at: int) -> bool:
    """Whether the word before `to be` says that it has, had or needs to be."""
    return at == 0 or words.lower[at - 1] in {"had", "have", "has", "need", "needs", "needed", "ought", "used", "able", "due", "not"}


def _without_article(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if first.lower() in {"the", "a", "an"} and rest else text


def make_actions(nlp: object, name: str, patterns: str | None = None) -> ActionMiner:
    """Factory `minutes_actions`. `patterns` is another rule folder than the packaged one."""
    return ActionMiner(rule_set(patterns))
