"""The component `minutes_follow_ups`: what the committee, its chair or a member asks to have come back.

A rule finds the words that ask (`requested that`, `would welcome`, `be brought back`); the code here finds who
asks. Officers, residents and petitions are no requesters; a question put and answered is no request; what had
been requested earlier is reported and not asked anew.
"""

from __future__ import annotations

from spacy.tokens import Doc

from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.ruleset import Reading, RuleSet, rule_set
from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises import at_the_meeting
from minutesminer.mine.promises.asked_further import further_request, own_end
from minutesminer.mine.promises.asked_in_decisions import Decisions, Span
from minutesminer.mine.promises.asked_in_notes import Notes
from minutesminer.mine.promises.asked_in_talk import Wordings
from minutesminer.mine.promises.asked_lists import AskedLists
from minutesminer.mine.promises.asked_softly import SoftWordings
from minutesminer.mine.promises.clauses import (
    Lexis,
    clause_end,
    in_background,
    phrase_end,
    sentence_of,
    strip_right,
)
from minutesminer.mine.promises.destinations import document_asked, programme_before, provided_with, shown_in
from minutesminer.mine.promises.due import due_date
from minutesminer.mine.promises.earlier_requests import reported
from minutesminer.mine.promises.officers_told import NOT_TOLD, OfficersTold
from minutesminer.mine.promises.recipients import without
from minutesminer.mine.promises.requesters import Requesters, body_in, body_of, far_from, joined_subject, officers_of
from minutesminer.mine.promises.returns import Returns
from minutesminer.mine.promises.speakers import speaker_of_wish
from minutesminer.mine.promises.subjects import subject_of
from minutesminer.mine.promises.when_and_where import WhenAndWhere, in_welsh
from minutesminer.mine.review import REQUESTER_NOT_SAID
from minutesminer.models import FollowUp, Meeting

_KINDS = (
    "ask", "ask_object", "wish", "helpful", "request_noun", "it_was", "it_was_weak", "were_asked", "agentless",
    "subjunctive", "need", "limb_verb", "limb_bare", "bare", "infinitive", "weak", "note", "note_to_be",
    "noting", "claim", "hope", "sought", "subject_to", "please", "welsh", "useful", "thing", "grateful_if", "spoken_of",
    "suggestion", "asked_for", "heading", "given", "granted",
)  # fmt: skip
_BREATHS = frozenset("ask ask_object it_was weak it_was_weak".split())  # of several things one after the other
_NOTED = frozenset("note note_to_be heading bare limb_bare please noting".split())  # at a label, what is to be done
_PRESENT = frozenset("request ask seek".split())  # nouns too, unless the committee stands before them
_FINITE = frozenset("will would is was".split())
_ASKERS = frozenset("and also committee panel board commission members councillors forum we".split())
_OPENING_REQUEST = frozenset("for that to if".split())
_ASKED_FOR = frozenset("was were is are requested sought suggested proposed".split())
_AT_ONCE = frozenset(
    "phone phones telephones microphones dissent vote votes abstention silence ballot adjournment recess "
    "calm order hands quiet patience apologies thanks appreciation congratulations condolences sympathies "
    "sympathy wishes gratitude volunteers volunteer "
    "adjourned minuted ruling excused commended proposer seconder proposers seconders mover "
    "nominations nominees".split()
)


class FollowUpMiner:
    """Reads the requests out of a doc. Records go to `reading.records.follow_ups`, in the order of the text."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.lexis = Lexis.of(rules)
        self.requesters = Requesters(self.lexis, rules.flag("deciding_body"), rules.lexicons.get("officer_head"))
        self.wordings = Wordings(self.lexis, self.requesters)
        self.decisions = Decisions(self.lexis, rules.flag("limb_verb") | rules.flag("hand_verb"))
        self._document = rules.flag("request_document")
        self.notes = Notes(self.lexis, self.requesters, self._document)
        self.soft = SoftWordings(self.lexis, self.requesters, self._document)
        self.officers = OfficersTold(self.lexis, self.requesters, self.soft)
        self.slots = WhenAndWhere(rules, rules.flag("container_noun"), rules.flag("verb_past"))
        looks = rules.flag("deliver_verb") | rules.flag("work_verb")
        self.lists = AskedLists(self.lexis, self.slots, self.requesters, self._document, rules.flag("comes_back_word"))
        agent = self.lexis.person | rules.flag("deciding_body")
        self.returns = Returns(self._document, rules.flag("comes_back_word"), looks, rules.flag("limb_verb"), agent)

    def __call__(self, doc: Doc) -> Doc:
        reading = self.rules.reading(doc)
        meeting: Meeting | None = doc.user_data.get("meeting")
        dues = reading.of("qualifier", "due")
        officers = officers_of(meeting)
        matches = reading.of_kinds("follow_up", _KINDS)
        matches.sort(key=lambda match: match.start)
        if not matches and not reading.of("follow_up", "list"):
            return doc
        body = body_in(reading.words) or body_of(meeting)
        limbs: list[tuple[int, int, int]] = reading.notes.get("limbs", [])
        labelled: list[tuple[int, int]] = reading.notes.get("labelled", [])
        held = meeting.date if meeting is not None else None
        found, listed = self.lists.read(reading, dues, held, officers, body)
        for match in matches:
            at = reading.words.start[match.start]
            if in_background(reading, at) or any(f.start_char <= at < f.end_char for f in found[-3:]):
                continue
            taken = listed + (labelled if match.rule.kind in _NOTED else [])
            if any(start <= at < end for start, end in taken):
                continue
            limb = next((index for start, end, index in limbs if start <= at < end), None)
            if limb is not None and reading.records.resolutions[limb].outcome == "lost":
                continue
            for record in self._follow_ups(reading, match, dues, meeting, officers, body, limb is not None):
                if not any(f.start_char <= record.start_char < f.end_char for f in found[-3:]):
                    record.resolution = limb
                    found.append(record)
        found = self._once(reading, found)
        found.sort(key=lambda record: record.start_char)
        reading.records.follow_ups.extend(found)
        return doc

    def _once(self, reading: Reading, found: list[FollowUp]) -> list[FollowUp]:
        """`found` without what a restated decision (`Decision:` and again under `Minutes:`) asks a second time."""
        resolutions = reading.records.resolutions
        first = {f.request for f in found if f.resolution is None or resolutions[f.resolution].restates is None}
        return [
            f
            for f in found
            if f.resolution is None or resolutions[f.resolution].restates is None or f.request not in first
        ]

    def _follow_ups(
        self,
        reading: Reading,
        match: Match,
        dues: list[Match],
        meeting: Meeting | None,
        officers: frozenset[str],
        body: str,
        in_limb: bool,
    ) -> list[FollowUp]:
        """What is asked for at `match`: one record, or one for each clause of `asked that A, and that B`."""
        words = reading.words
        start, stop = sentence_of(words, match.start)
        kind = match.rule.kind
        if (words.text[stop - 1] == "?" and kind != "please") or (
            kind not in {"were_asked", "agentless", "asked_for"} and reported(words, self.lexis, match, start)
        ):
            return []
        span = self._span(words, match, start, stop, in_limb, officers, body)
        records: list[FollowUp] = []
        while span is not None and span[1] < stop:
            if kind in _BREATHS:
                span = (*span[:2], own_end(words, span[1], span[2]), *span[3:])
            record = self._follow_up(reading, match, dues, meeting, start, stop, span)
            records += [record] if record is not None else []
            span = further_request(words, self.lexis, span, stop) if kind in _BREATHS else None
        return records

    def _follow_up(
        self,
        reading: Reading,
        match: Match,
        dues: list[Match],
        meeting: Meeting | None,
        start: int,
        stop: int,
        span: Span,
    ) -> FollowUp | None:
        words, kind = reading.words, match.rule.kind
        begin, request, end, requester, review = span
        end = strip_right(words, request, end)
        # What stands before the verb of `the measures reported to the Committee be amended` belongs to its subject.
        asked = match.start if kind == "subjunctive" else request
        due, destination = self.slots.read(words, dues, asked, request, end)
        if kind == "welsh":
            due, destination = in_welsh(words, request, end)
        handed_with = 0
        if destination is None:
            destination = provided_with(words, request, end)
            handed_with = int(destination is not None)  # `with` goes from the request too
        if destination is None and kind in {"weak", "it_was_weak", "suggestion"}:
            destination = shown_in(words, self.rules, request, end)
        if destination is None and kind == "subject_to":
            programme = programme_before(words, start, match.start)
            destination = (end, *programme) if programme is not None else None
        timed = due is not None and not (kind == "subjunctive" and self._all_year(words, due))
        if not self.returns.returning(words, kind, request, end, timed, destination is not None):
            return None
        if at_the_meeting.attendance(words, request, end):
            return None
        settling = kind in {"ask", "ask_object", "it_was", "weak", "it_was_weak"} and due is None
        if settling and at_the_meeting.settled(words, request, end):
            return None
        if kind == "ask_object" and due is None and at_the_meeting.at_once(words, match, request, end):
            return None
        if kind == "agentless" and due is None and at_the_meeting.answered_passive(words, start, match.end, stop):
            return None
        if kind in {"ask", "ask_object"} and at_the_meeting.answered(words, match, request, stop, due is not None):
            return None
        asking: list[tuple[int, int]] = []
        if kind == "were_asked":
            opening = match.start - (words.lower[match.start - 1] in {"to", "should", "must", "ought"})
            asking.append((opening, next(k for k in range(match.start, match.end) if words.lower[k] == "to")))
        if destination is None and kind not in {"infinitive", "subject_to"}:
            destination = document_asked(words, self.rules, request, end)
        if kind == "agentless":
            asked = next(k for k in range(match.end - 3, match.end) if words.lower[k] in _ASKED_FOR)
            by = words.lower[match.end : match.end + 1] == ["by"]
            asking.append((asked, phrase_end(words, self.lexis, match.end + 1, end) if by else match.end))
        if kind == "subjunctive" and destination is None and {"amended", "revised"} & set(words.lower[request:end]):
            be = next(k for k in range(match.start, match.end) if words.lower[k] == "be")
            destination = (be, request, be)
        if _AT_ONCE & set(words.lower[request : min(due[0] if due is not None else end, end, request + 8)]):
            return None
        asking += [(k, k + 1) for k in range(request, end) if kind == "please" and words.lower[k] == "please"]
        cuts = [
            cut
            for cut in (
                due,
                (destination[0], destination[2] + handed_with)
                if destination is not None and destination[0] < destination[2]
                else None,
            )
            if cut is not None
        ] + asking
        if (
            destination is not None
            and destination[0] == request
            and destination[2] < end
            and words.lower[destination[2]] == "to"
        ):
            cuts.append((destination[2], destination[2] + 1))  # `the review to look at housing`: look at housing
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

    # Where it begins and ends, and who asks

    def _span(
        self, words: Words, match: Match, start: int, stop: int, in_limb: bool, officers: frozenset[str], body: str
    ) -> Span | None:
        """(first word of the quote, first of the request, end, requester, review), or None where nobody may ask."""
        kind = match.rule.kind
        lower = words.lower
        if kind in {"limb_bare", "bare"}:
            return self.decisions.in_list(words, match, start, stop, in_limb, body)
        if kind == "note_to_be":
            return self.notes.to_be(words, match, start, stop, body)
        if kind == "note":
            return self.notes.note(words, match, start, stop, body)
        if kind == "heading":
            return self.notes.heading(words, match, start, stop, body)
        if kind == "please":
            return self.notes.pleaded(words, match, start, stop, body)
        if kind == "useful":
            return self.soft.useful(words, match, start, stop, officers, body)
        if kind == "thing":
            return self.soft.thing(words, match, start, stop, officers, body)
        if kind == "grateful_if":
            return self.soft.grateful_if(words, match, start, stop, officers, body)
        if kind in {"spoken_of", "suggestion"}:
            return self.soft.spoken_of(words, match, start, stop, body)
        if kind == "asked_for":
            return self.soft.asked_for(words, match, start, stop, in_limb, body)
        if kind == "granted":
            return self.soft.granted(words, match, start, stop, body)
        if kind == "given":
            return self.decisions.given(words, match, start, stop, in_limb, body)
        if kind in {"subjunctive", "limb_verb", "infinitive"}:
            return self.decisions.decided(words, match, start, stop, in_limb, body)
        if kind == "need":
            said = self.wordings.needed(words, match, start, stop, officers, body)
            return said or (self.wordings.told_to_hold(words, match, start, stop, body) if in_limb else None)
        if kind in {"it_was", "it_was_weak"} and lower[match.start + 3 : match.start + 4] == ["by"]:
            name = words.slice(match.start + 4, match.end - 1)
            if not self.requesters.may_ask(name, officers):
                return None
            return match.start, match.end, clause_end(words, self.lexis, match.end - 1, stop), name, None
        if kind in {"it_was", "it_was_weak"}:
            return match.start, match.end, clause_end(words, self.lexis, match.end - 1, stop), body, None
        if kind == "were_asked":
            return self.officers.told(words, match, start, stop, officers, body)
        if kind == "agentless":
            return self.wordings.agentless(words, match, start, stop, body, officers)
        if kind == "subject_to":
            return self.wordings.added_to(words, match, start, stop, in_limb, body)
        if kind == "welsh":
            begin = start + (lower[start] == "bod")
            if not in_limb or match.start - begin > 12:
                return None
            return begin, begin, clause_end(words, self.lexis, match.end - 1, stop), body, None
        if (
            (kind == "wish" and lower[match.start] in {"want", "wish"})
            or (kind == "hope" and lower[match.start] == "look")
        ) and words.bits[match.start - 1] & self.lexis.auxiliary:
            return None  # `the Committee might wish to receive it`
        if kind == "ask" and lower[match.end - 2] == "for" and self._within_a_title(words, match, stop):
            return None
        gerund = lower[start] in {"asking", "requesting"} and _FINITE & set(lower[start:stop])  # `Asking ... will help`
        if match.start == start and (gerund or lower[start : start + 2] == ["asked", "by"]):
            return None  # `Asked by Councillor Dale for the reasons, the Director explained`
        if (
            lower[match.start] == "directed"
            and lower[match.end - 1] == "to"
            and match.end < len(words)
            and words.bits[match.end] & self.lexis.article
        ):
            return None  # `directed Members to the appendix`
        if kind in {"ask", "ask_object"} and lower[match.start] in _PRESENT and lower[match.start - 1] not in _ASKERS:
            return None
        at = match.start - 1 if lower[match.start] == "interest" and match.start > start else match.start
        subject = (
            speaker_of_wish(words, self.lexis, match, start)
            if kind == "helpful"
            else subject_of(words, self.lexis, at, start)
        )
        asked = self.requesters.requester(words, subject, match.start, start, officers, body)
        if kind == "helpful" and subject.kind == "none":
            asked = (body, REQUESTER_NOT_SAID) if match.start == start else None
        untold = asked is None and match.start > start
        joined = joined_subject(words, self.lexis, start, match.start) if untold else None
        if joined is not None:
            subject = joined
            asked = self.requesters.requester(words, subject, match.start, start, officers, body)
        if asked is None and in_limb and lower[match.start] in _PRESENT and lower[match.start - 1] == "and":
            asked = (body, None)  # `that the Panel note the report and ask for a further one`
        if kind == "request_noun" and "by" in lower[match.start : match.end]:
            by = match.start + lower[match.start : match.end].index("by") + 1
            name = words.slice(by, phrase_end(words, self.lexis, by, stop))
            asked = (name, None) if name and self.requesters.may_ask(name, officers) else None
        elif asked is None and kind == "request_noun" and lower[match.start] in {"request", "requests", "was"}:
            asked = (body, None)
        if asked is None:
            return None
        verb = match.start
        if kind == "ask_object":
            request = match.start + 1
            to_see = lower[request] == "to"
            if to_see and lower[request + 1] in {"see", "receive", "have", "hear"}:
                request += 2
            elif lower[request] in {"again", "also"}:
                request += 1
            if request >= stop:
                return None
            asked_of = request + (lower[request] in {"the", "all"})
            instructed = asked_of < stop and lower[asked_of] in NOT_TOLD and "to" in lower[request : request + 4]
            cabinet = lower[asked_of + 1 : asked_of + 2] in (["member"], ["members"])  # a Cabinet Member may be told
            if instructed and not (to_see or cabinet or at_the_meeting.looks_again(words, asked_of)):
                return None
            if (
                asked_of < stop
                and words.bits[asked_of] & self.lexis.third
                and not any(words.bits[k] & self._document for k in range(asked_of + 1, stop))
            ):
                return None  # `asked the Government to think again`
        elif kind == "noting":
            request = match.start + 1
        elif kind in {"claim", "hope", "sought"}:
            opens = self.wordings.claimed(words, match)
            if opens is None:
                return None
            request, verb = opens, match.end - 1
        elif kind == "wish":
            request = self.wordings.wished(words, match)
            verb = match.end - 1
        else:
            # A pattern may take in a word after `for` to be sure that something is asked for.
            request = match.end if lower[match.end - 1] in _OPENING_REQUEST else match.end - 1
            verb = request - 1
        end = clause_end(words, self.lexis, max(verb, request - 1), stop)
        if end <= request:
            return None
        begin = (
            subject.start if subject.end > subject.start and not far_from(words, subject, match.start) else match.start
        )
        return begin, request, end, asked[0], asked[1]

    def _all_year(self, words: Words, due: tuple[int, int]) -> bool:
        """Whether `due` is a span in which work is done and no day on which it comes back: `this year`."""
        told = set(words.lower[due[0] : due[1]])
        return "year" in told and bool({"this", "coming", "during", "municipal", "current"} & told)

    def _within_a_title(self, words: Words, match: Match, stop: int) -> bool:
        """Whether `for` stands in the title of whom is asked: `asked the Cabinet Member for Finance to speak`."""
        named = any(words.bits[k] & self.lexis.person for k in range(match.start + 1, match.end - 2))
        capital = words.bits[match.end - 1] & self.lexis.capital
        return bool(named and capital) and "to" in words.lower[match.end : min(stop, match.end + 12)]


def make_follow_ups(nlp: object, name: str, patterns: str | None = None) -> FollowUpMiner:
    """Factory `minutes_follow_ups`. `patterns` is another rule folder than the packaged one."""
    return FollowUpMiner(rule_set(patterns))
