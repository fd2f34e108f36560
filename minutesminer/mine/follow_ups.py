"""The component `minutes_follow_ups`: what the committee, its chair or a member asks to have come back.

A rule finds the words that ask (`requested that`, `would welcome`, `be brought back`); the code here finds who
asks. Officers, residents and petitions are no requesters; a question put and answered is no request; what had
been requested earlier is reported and not asked anew.
"""

from __future__ import annotations

from spacy.tokens import Doc

from minutesminer.mine.clauses import (
    Lexis,
    Subject,
    clause_end,
    first_subject,
    introducer,
    sentence_of,
    speaker_before,
    spoken_of,
    strip_right,
    subject_of,
    whole_subject,
)
from minutesminer.mine.destinations import destination_of
from minutesminer.mine.due import due_date, due_within
from minutesminer.mine.matching import Match
from minutesminer.mine.recipients import without
from minutesminer.mine.ruleset import Reading, RuleSet, rule_set
from minutesminer.mine.words import Words
from minutesminer.models import FollowUp, Meeting

_KINDS = (
    "ask", "ask_object", "wish", "helpful", "request_noun", "it_was", "were_asked", "agentless", "subjunctive", "need",
    "limb_verb", "limb_bare", "bare", "infinitive", "weak", "note", "note_to_be",
)  # fmt: skip
_PAST = frozenset("had has have been being previously originally was were as be already".split())
_DECIDING = frozenset("agreed resolved recommended suggested proposed moved requested agree resolves recommends resolve recommend asked".split())
_SAID = frozenset(
    "agreed suggested highlighted commented felt said stated stressed emphasised recommended noted asked requested considered proposed "
    "resolved added reiterated thought argued".split()
)
_AT_ONCE = frozenset("dissent vote votes abstention silence ballot adjournment recess apologies".split())
_SOFT = frozenset("clarification clarity explanation confirmation reassurance assurance suggestions ideas reasons views thoughts comments advice".split())
_REPLIES = frozenset("response reply answer officer officers director head manager he she it cabinet responding answering".split())
_OBJECTS = frozenset("committee panel board members councillors cabinet council sub-committee commission forum councillors everyone".split())
_BODIES = ("Panel", "Board", "Commission", "Forum", "Cabinet", "Sub-Committee", "Executive", "Committee", "Council")
_OTHER_BODIES = frozenset("cabinet council executive government".split())
_MORE = frozenset("further update updates regular progress quarterly monthly six-monthly future another additional more".split())
_DEFAULT = "The Committee"


class FollowUpMiner:
    """Reads the requests out of a doc. Records go to `reading.records.follow_ups`, in the order of the text."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.lexis = Lexis.of(rules)
        self._officer = rules.flag("officer_head")
        self._deciding = rules.flag("deciding_body")
        self._returns = rules.flag("comes_back_word")
        self._document = rules.flag("request_document")
        self._delivered = rules.flag("delivered")

    def __call__(self, doc: Doc) -> Doc:
        reading = self.rules.reading(doc)
        meeting: Meeting | None = doc.user_data.get("meeting")
        dues = reading.of("qualifier", "due")
        officers = _officers(meeting)
        found: list[FollowUp] = []
        matches = [match for kind in _KINDS for match in reading.of("follow_up", kind)]
        matches.sort(key=lambda match: match.start)
        limbs: list[tuple[int, int, int]] = reading.notes.get("limbs", [])
        printed = [(a.start_char, a.end_char) for a in reading.records.actions if a.rule == "action.label"]
        for match in matches:
            at = reading.words.start[match.start]
            if spoken_of(reading, at) or any(f.start_char <= at < f.end_char for f in found[-3:]):
                continue
            if any(start <= at < end for start, end in printed):
                continue
            limb = next((index for start, end, index in limbs if start <= at < end), None)
            record = self._follow_up(reading, match, dues, meeting, officers, limb is not None)
            if record is not None and not any(f.start_char <= record.start_char < f.end_char for f in found[-3:]):
                record.resolution = limb
                found.append(record)
        found.sort(key=lambda record: record.start_char)
        reading.records.follow_ups.extend(found)
        return doc

    def _follow_up(
        self,
        reading: Reading,
        match: Match,
        dues: list[Match],
        meeting: Meeting | None,
        officers: frozenset[str],
        in_limb: bool,
    ) -> FollowUp | None:
        words = reading.words
        start, stop = sentence_of(words, match.start)
        kind = match.rule.kind
        if words.text[stop - 1] == "?" or (kind not in {"were_asked", "agentless"} and self._reported(words, match, start)):
            return None
        body = _body_of(meeting)
        span = self._span(words, match, start, stop, in_limb, officers, body)
        if span is None:
            return None
        begin, request, end, requester, review = span
        end = strip_right(words, request, end)
        due = due_within(words, dues, request, end)
        destination = destination_of(words, self.rules, request, end, due)
        if not self._returning(words, kind, request, end, due is not None, destination is not None):
            return None
        if kind in {"ask", "ask_object"} and self._answered(words, match, request, stop, due is not None):
            return None
        asking: list[tuple[int, int]] = []
        if kind == "were_asked":
            asking.append((match.start, next(k for k in range(match.start, match.end) if words.lower[k] == "to")))
        if kind == "subjunctive" and destination is None and {"amended", "revised"} & set(words.lower[request:end]):
            be = next(k for k in range(match.start, match.end) if words.lower[k] == "be")
            destination = (be, request, be)
        if _AT_ONCE & set(words.lower[request : min(end, request + 8)]):
            return None
        cuts = [cut for cut in (due, (destination[0], destination[2]) if destination is not None else None) if cut is not None] + asking
        due_text = words.slice(*due) if due is not None else None
        return FollowUp(
            quote=words.slice(begin, end),
            sentence=words.slice(start, stop),
            start_char=words.start[begin],
            end_char=words.end[end - 1],
            rule=match.rule.id,
            review=review,
            requester=requester,
            request=without(words, request, end, cuts) or None,
            due=due_text,
            due_date=due_date(due_text, meeting.date if meeting is not None else None),
            destination=words.slice(destination[1], destination[2]) if destination is not None else None,
        )

    def _reported(self, words: Words, match: Match, start: int) -> bool:
        """Whether the request is one of earlier: `had requested`, `as requested`."""
        lower = words.lower
        at = match.start
        if match.rule.kind in {"subjunctive", "limb_verb", "note", "need", "note_to_be", "limb_bare", "bare"}:
            return False
        while at > start and words.bits[at - 1] & self.lexis.adverb and lower[at - 1] not in {"previously", "be"}:
            at -= 1
        if at == start:
            return False
        return lower[at - 1] in _PAST and match.rule.kind not in {"wish", "infinitive"}

    # Where it begins and ends, and who asks

    def _span(
        self, words: Words, match: Match, start: int, stop: int, in_limb: bool, officers: frozenset[str], body: str
    ) -> tuple[int, int, int, str | None, str | None] | None:
        """(first word of the quote, first of the request, end, requester, review), or None where nobody may ask."""
        kind = match.rule.kind
        lower = words.lower
        if kind in {"limb_bare", "bare"}:
            return self._in_list(words, match, start, stop, in_limb, body)
        if kind == "note_to_be":
            if any(words.bits[k] & (self.lexis.auxiliary | self.lexis.verb_past | self.lexis.asking) for k in range(start, match.start)):
                return None
            documents = any(words.bits[k] & self._document for k in range(start, match.start))
            return (start, start, clause_end(words, self.lexis, match.end - 1, stop), body, "note form") if documents else None
        if kind in {"subjunctive", "limb_verb", "infinitive"}:
            return self._decided(words, match, start, stop, in_limb, body)
        if kind == "need":
            return self._needed(words, match, start, stop, officers, body)
        if kind == "it_was":
            return match.start, match.end, clause_end(words, self.lexis, match.end - 1, stop), body, None
        if kind == "were_asked":
            subject = subject_of(words, self.lexis, match.start, start)
            if subject.end <= subject.start or subject.kind == "third" or lower[subject.end - 1] in _OBJECTS:
                return None
            before = words.bits[match.start - 1] if match.start > start else 0
            if lower[match.start] == "be" and before & self.lexis.auxiliary:
                return None
            if subject.kind not in {"person", "body", "pronoun"} or lower[match.start] in {"is", "are"}:
                return None
            end = clause_end(words, self.lexis, match.end - 1, stop)
            return subject.start, subject.start, end, body, None
        if kind == "agentless":
            return self._agentless(words, match, start, stop, body)
        if kind == "note":
            dashed = lower[match.start] in {"-", "–", "—"}
            line = start == match.start or dashed or lower[match.start - 1] in {"-", "–", "—"}
            if not line or any(words.bits[k] & (self.lexis.auxiliary | self.lexis.verb_past) for k in range(start, match.end)):
                return None
            if match.start - start > 6:
                return None
            if dashed and any(words.bits[k] & self.lexis.auxiliary for k in range(match.end, stop)):
                return None
            end = stop if dashed and stop - match.end < 12 else match.end
            return start, start, end, body, "note form"
        subject = self._speaker(words, match, start) if kind == "helpful" else subject_of(words, self.lexis, match.start, start)
        asked = self._requester(words, subject, match.start, start, officers, body)
        if kind == "helpful" and subject.kind == "none":
            asked = (body, "who asks is not said") if match.start == start else None
        if asked is None and match.start > start and lower[match.start - 1] == "and":
            subject = first_subject(words, self.lexis, start, match.start)
            asked = self._requester(words, subject, match.start, start, officers, body)
        if asked is None and kind == "request_noun" and lower[match.start] in {"request", "requests", "was"}:
            asked = (body, None)
        if asked is None:
            return None
        verb = match.start
        if kind == "ask_object":
            request = match.start + 1
            if lower[request] in {"to", "again", "also"}:
                request += 1 if lower[request] != "to" else 2 if lower[request + 1] in {"see", "receive", "have", "hear"} else 0
            asked_of = lower[request + 1] if lower[request] in {"the", "all"} else lower[request]
            if asked_of in _OBJECTS and "to" in lower[request : request + 4] and "to" != lower[match.start + 1]:
                return None
        elif kind == "wish":
            request = self._wished(words, match)
            verb = match.end - 1
        else:
            request = match.end
            verb = match.end - 1
        end = clause_end(words, self.lexis, max(verb, request - 1), stop)
        if end <= request:
            return None
        begin = subject.start if subject.end > subject.start and not self._far(words, subject, match.start) else match.start
        return begin, request, end, asked[0], asked[1]

    def _speaker(self, words: Words, match: Match, start: int) -> Subject:
        """Who says that something would be helpful: the subject of the verb of speech before it."""
        lower, bits = words.lower, words.bits
        k = match.start - 1
        while k > start and lower[k] in {"that", ",", "it"}:
            k -= 1
        if k > start and bits[k] & self.lexis.speech:
            return subject_of(words, self.lexis, k, start)
        return Subject(match.start, match.start, "none")

    def _wished(self, words: Words, match: Match) -> int:
        lower = words.lower
        taken = {"see", "receive", "have", "get", "getting", "receiving", "seeing", "having", "hear", "hearing"}
        if lower[match.end - 1] in taken:
            return match.end
        opening = {"welcome", "appreciate", "like", "value", "to"}
        k = match.end - 1
        while k > match.start and lower[k] not in opening:
            k -= 1
        return k + 1

    def _requester(
        self, words: Words, subject: Subject, at: int, start: int, officers: frozenset[str], body: str
    ) -> tuple[str | None, str | None] | None:
        """(requester, review), or None where the subject may not ask."""
        lower, bits = words.lower, words.bits
        if subject.end <= subject.start:
            k = at
            while k > start and bits[k - 1] & self.lexis.adverb:
                k -= 1
            return (body, None) if k == start else None
        text = words.slice(subject.start, subject.end)
        if subject.kind == "pronoun":
            meant = speaker_before(words, self.lexis, subject.start, start)
            if meant is None:
                return text, "whom the pronoun means is not clear"
            return (meant, None) if self._may_ask(meant, officers) else None
        if subject.kind not in {"person", "body"}:
            return None
        if subject.kind == "body" and not bits[subject.end - 1] & self._deciding and not any(
            bits[k] & self._deciding for k in range(subject.start, min(subject.end, subject.start + 4))
        ):
            return None
        if lower[subject.end - 1] == "council" and "county" not in lower[subject.start : subject.end]:
            return None
        return (text, None) if self._may_ask(text, officers) else None

    def _may_ask(self, name: str, officers: frozenset[str]) -> bool:
        lower = name.lower()
        if lower in officers or any(officer in lower for officer in officers if " " in officer):
            return False
        parts = lower.replace(",", " ").split()
        if any(word in {"chair", "chairman", "chairperson", "councillor", "cllr", "member", "members", "vice-chair", "councillors", "cllrs"} for word in parts):
            return not {"cabinet", "executive", "portfolio"} & set(parts) or "chair" in parts
        head: list[str] = []
        for word in parts:
            if head and word in {"of", "for", "in", "from", "at"}:
                break
            head.append(word)
        if head and head[-1] in {"committee", "panel", "board", "commission", "forum", "sub-committee", "cabinet", "meeting", "group"}:
            return True
        return not any(self.rules.lexicons["officer_head"].holds(word) for word in head if word != "lead" or "scrutiny" not in head)

    def _far(self, words: Words, subject: Subject, at: int) -> bool:
        return any(word in {"and", "but", ",", "who"} for word in words.lower[subject.end : at])

    # Decisions

    def _decided(
        self, words: Words, match: Match, start: int, stop: int, in_limb: bool, body: str
    ) -> tuple[int, int, int, str | None, str | None] | None:
        lower, bits = words.lower, words.bits
        kind = match.rule.kind
        at = match.start
        if kind == "infinitive":
            return self._to_receive(words, match, start, stop, in_limb, body)
        if kind == "limb_verb":
            opens = at == start or in_limb or lower[at] != "that" or (at > start and lower[at - 1] in _DECIDING | {":", "-", "–"})
            subject = Subject(at + 1, match.end - 1, "thing")
            inside = range(at + 1, match.end - 1)
            if not opens or any(bits[k] & (self.lexis.auxiliary | self.lexis.verb_past) for k in inside):
                return None
            subject = subject_of(words, self.lexis, match.end - 1, at + 1)
            if subject.kind not in {"person", "body", "document"} or subject.start != at + 1:
                return None
            if lower[match.end - 1].endswith("s") and lower[match.end - 1] not in {"reports", "provides"} and not in_limb and at > start:
                return None
            end = clause_end(words, self.lexis, match.end - 1, stop)
            asked = self._decider(words, at, start, body)
            return subject.start, subject.start, end, asked, None
        if at > start and (bits[at - 1] & self.lexis.auxiliary or lower[at - 1] in {"to", "not", "also"}):
            return None
        subject = whole_subject(words, self.lexis, at, start)
        if subject.end <= subject.start or self._predicate(words, subject.start, at):
            return None
        governs = introducer(words, self.lexis, subject.start, start)
        spoken = governs is not None and lower[governs] in _DECIDING
        opening = governs is None or lower[governs] in {"that", ":", ";", ")", ".", "-", "–", "and"}
        if not (spoken or opening or in_limb):
            return None
        end = clause_end(words, self.lexis, match.end - 1, stop)
        return subject.start, subject.start, end, self._decider(words, subject.start, start, body), None

    def _in_list(
        self, words: Words, match: Match, start: int, stop: int, in_limb: bool, body: str
    ) -> tuple[int, int, int, str | None, str | None] | None:
        """A limb without its own `that`: `the Director report back ...`, `ask the Director to ...`."""
        lower = words.lower
        if not in_limb or lower[start] == "that":
            return None
        end = clause_end(words, self.lexis, match.end - 1, stop)
        if match.rule.kind == "bare":
            if match.start != start:
                return None
            request = match.start + (2 if lower[match.start + 1] == "that" else 1)
            return match.start, request, end, body, None
        if match.start == start or match.start - start > 14 or match.end >= end:
            return None
        past = self.lexis.auxiliary | self.lexis.verb_past | self.lexis.speech
        if any(words.bits[k] & past for k in range(start, match.start)):
            return None
        subject = subject_of(words, self.lexis, match.start, start)
        if subject.start != start or subject.kind not in {"person", "body", "document"}:
            return None
        return start, start, end, body, None

    def _predicate(self, words: Words, start: int, end: int) -> bool:
        """Whether a finite verb stands in the range, so that it is no subject phrase."""
        lower, bits = words.lower, words.bits
        relative = False
        for k in range(start, end):
            relative = relative or lower[k] in {"which", "who", "where", "whose"}
            if bits[k] & self.lexis.auxiliary and not relative:
                return True
        return False

    def _decider(self, words: Words, at: int, start: int, body: str) -> str:
        """The body that decides: the subject of `agreed` or `resolved` before `at`, else the committee."""
        for k in range(at - 1, start, -1):
            if words.lower[k] in _DECIDING:
                subject = subject_of(words, self.lexis, k, start)
                if subject.kind in {"body", "person"} and subject.end > subject.start:
                    return words.slice(subject.start, subject.end)
                break
        return body

    def _to_receive(
        self, words: Words, match: Match, start: int, stop: int, in_limb: bool, body: str
    ) -> tuple[int, int, int, str | None, str | None] | None:
        lower = words.lower
        verb = lower[match.end - 1]
        head = lower[match.start]
        if head in {":", "-", "–"} and not in_limb and lower[match.start - 1] not in {"resolved", "agreed", "recommended"}:
            return None
        if head == "to" and match.start != start:
            return None
        if head in {"agreed", "agree", "agrees"} and match.start > start and lower[match.start - 1] in {"had", "have", "has", "be"}:
            return None
        subject = subject_of(words, self.lexis, match.start, start)
        named = subject.end > subject.start and subject.kind == "body"
        members = subject.kind == "person" and lower[subject.end - 1] in {"members", "councillors"}
        if subject.end > subject.start and not named and not members:
            return None
        end = clause_end(words, self.lexis, match.end - 1, stop)
        request = match.end if verb in {"receive", "request", "seek"} else match.end - 1
        if head == "to":
            return match.start, request, end, body, None
        begin = subject.start if named or members else match.end - 2
        return begin, request, end, words.slice(subject.start, subject.end) if named or members else body, None

    def _needed(
        self, words: Words, match: Match, start: int, stop: int, officers: frozenset[str], body: str
    ) -> tuple[int, int, int, str | None, str | None] | None:
        lower = words.lower
        subject = whole_subject(words, self.lexis, match.start, start)
        if subject.start == start or self._predicate(words, subject.start, match.start):
            subject = subject_of(words, self.lexis, match.start, start)
        if subject.end <= subject.start or subject.kind == "third":
            return None
        if subject.start == start and {"need", "needs", "needed"} & set(lower[match.start : match.end]):
            return self._needed_there(words, match, subject, stop, officers, body)
        k = subject.start - 1
        while k > start and lower[k] in {"that", ",", "both"}:
            k -= 1
        if k < start or lower[k] not in _SAID:
            return None
        if lower[match.start] == "would" and lower[k] != "agreed":
            return None
        end = clause_end(words, self.lexis, match.end - 1, stop)
        said = subject_of(words, self.lexis, k, start)
        if said.end > said.start and lower[said.end - 1] == "it" or k == start:
            if lower[k] in {"noted", "stated", "said", "added"}:
                return None
            return (k if k == start else said.start), subject.start, end, body, None
        asked = self._requester(words, said, k, start, officers, body)
        if asked is None:
            return None
        return said.start if said.end <= k else k, subject.start, end, asked[0], asked[1]

    def _needed_there(
        self, words: Words, match: Match, subject: Subject, stop: int, officers: frozenset[str], body: str
    ) -> tuple[int, int, int, str | None, str | None] | None:
        """`The risks would need to be shown in the Risk Register`, said by whoever spoke last."""
        speaker = speaker_before(words, self.lexis, subject.start, subject.start)
        if speaker is not None and not self._may_ask(speaker, officers):
            return None
        end = clause_end(words, self.lexis, match.end - 1, stop)
        if not {"report", "reports", "register", "minutes", "programme", "list"} & set(words.lower[match.end : end]):
            return None
        return subject.start, subject.start, end, speaker or body, "who asks is not said"

    def _agentless(
        self, words: Words, match: Match, start: int, stop: int, body: str
    ) -> tuple[int, int, int, str | None, str | None] | None:
        lower, bits = words.lower, words.bits
        finite = lower[match.end - 2] in {"was", "were"} or (lower[match.end - 2] == "also" and lower[match.end - 3] in {"was", "were"})
        begin = match.start
        while begin > start and lower[begin - 1] not in {"and", ",", ";", "-", "–", ":", ".", ")"}:
            begin -= 1
        following = lower[match.end] if match.end < stop else ""
        if following == "by" or lower[begin] in {"the", "this", "that"} or (not finite and begin != start):
            return None
        if any(bits[k] & self.lexis.auxiliary for k in range(match.end, min(stop, match.end + 6))):
            return None
        if any(bits[k] & (self.lexis.verb_past | self.lexis.auxiliary) for k in range(begin, match.start)):
            return None
        end = clause_end(words, self.lexis, match.end - 1, stop)
        return begin, begin, end, body, None

    # Is anything to come back?

    def _returning(self, words: Words, kind: str, request: int, end: int, due: bool, destination: bool) -> bool:
        lower, bits = words.lower, words.bits
        if kind in {"ask", "it_was", "agentless", "note", "request_noun", "note_to_be"}:
            return True
        documents = sum(1 for k in range(request, end) if bits[k] & self._document)
        returns = sum(1 for k in range(request, end) if bits[k] & self._returns)
        if kind == "ask_object":
            return True
        if kind in {"wish", "helpful", "weak", "were_asked"}:
            return bool(due or destination or (documents and kind != "weak") or (documents and returns) or returns > 1)
        if kind == "need":
            return destination or due or bool(documents)
        if kind == "infinitive":
            verb = lower[request - 1] if lower[request - 1] in {"receive", "request", "seek"} else lower[request]
            if verb == "receive":
                return due or bool(_MORE & set(lower[request:end]))
            if {"minister", "government", "secretary", "parliament", "mps"} & set(lower[request : request + 8]):
                return False
            return verb in {"invite"} or due or destination or documents > 0 or returns > 0
        if kind == "bare":
            return due or bool(_MORE & set(lower[request:end])) or (documents > 0 and "to" in lower[request:end] and lower[request - 1] != "receive")
        if kind in {"limb_verb", "limb_bare"}:
            if lower[request] in {"cabinet", "council"}:
                return False
            received = any(lower[k] in {"receive", "receives"} for k in range(request, min(end, request + 9)))
            return due or (returns > 0 if received else documents > 0 or returns > 0 or destination)
        return self._subjunctive_returns(words, request, end, due, destination, documents)

    def _subjunctive_returns(self, words: Words, request: int, end: int, due: bool, destination: bool, documents: int) -> bool:
        lower = words.lower
        be = next((k for k in range(request, end) if lower[k] == "be"), end - 1)
        verb = lower[be + 1] if be + 1 < end else ""
        if verb in {"also", "therefore", "subsequently", "further"} and be + 2 < end:
            verb = lower[be + 2]
        after = lower[be : be + 8]
        elsewhere = bool(_OTHER_BODIES & set(after)) or "approval" in lower[be:end]
        if verb == "given":
            return due or destination or bool({"adding", "including", "updates", "update", "report"} & set(after))
        if verb in {"received", "considered", "reviewed", "undertaken", "given", "made", "organised", "scheduled", "monitored", "put", "placed"}:
            return due or (destination and verb in {"placed", "put", "scheduled"}) or verb == "monitored"
        if verb in {"amended", "revised", "developed", "expanded", "built", "broken"}:
            return documents > 0 and bool({"include", "show", "reflect", "down", "to", "into"} & set(after))
        if verb in {"brought", "submitted", "presented", "reported", "returned", "sent", "tabled"}:
            return not elsewhere and (due or destination or documents > 0 or "back" in after)
        if verb in {"kept", "updated", "informed"}:
            return True
        if verb == "invited":
            return "to" in after
        if verb in {"added", "included", "incorporated"}:
            return destination or documents > 0 or due
        return due or destination or documents > 0

    def _answered(self, words: Words, match: Match, request: int, stop: int, due: bool) -> bool:
        """Whether what was asked for was an answer, given there and then."""
        lower = words.lower
        if due:
            return False
        if lower[match.start] == "sought":
            return any(lower[k] in _REPLIES for k in range(stop, min(stop + 4, len(words))))
        first = [lower[k] for k in range(request, min(request + 4, stop))]
        if "written" in first or not _SOFT & set(first):
            return False
        return lower[match.start] not in {"requested", "requests"} or any(
            lower[k] in _REPLIES for k in range(stop, min(stop + 4, len(words)))
        )


def _officers(meeting: Meeting | None) -> frozenset[str]:
    """The names, in lower case, of those in attendance who are no members."""
    if meeting is None:
        return frozenset()
    return frozenset(
        person.name.lower() for person in meeting.attendance if person.status == "in attendance" and person.role and "councillor" not in person.name.lower()
    )


def _body_of(meeting: Meeting | None) -> str:
    """What the meeting calls itself: `The Panel` for a Corporate Parenting Panel, else `The Committee`."""
    name = (meeting.committee or "") if meeting is not None else ""
    for word in _BODIES:
        if name.endswith(word):
            return f"The {word}"
    return _DEFAULT


def make_follow_ups(nlp: object, name: str, patterns: str | None = None) -> FollowUpMiner:
    """Factory `minutes_follow_ups`. `patterns` is another rule folder than the packaged one."""
    return FollowUpMiner(rule_set(patterns))
