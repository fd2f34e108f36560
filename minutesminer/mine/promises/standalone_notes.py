"""Notes that stand without a label: `Head of Service to circulate the data`, `Figures to be checked by the clerk`."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from minutesminer.mine.engine.matching import NEWLINE, Match
from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.clauses import DETERMINERS, Lexis, after_label, strip_right
from minutesminer.mine.promises.names import first_name, initials, owner_named
from minutesminer.mine.promises.noted_entries import EntryReader
from minutesminer.mine.promises.strength import PERSONAL
from minutesminer.mine.promises.subjects import kind_of
from minutesminer.models import Action

_ARROWS = frozenset({"->", "→", ">", "➔", "=>"})
_DASHES = frozenset({"–", "—", "-"})
_TELLING = frozenset("ask request invite instruct require remind urge encourage direct task mandate authorise".split())
_FORMALLY = frozenset("formally also further therefore again strongly".split())
_AGENDA_VERBS = frozenset("consider present receive report introduce update attend".split())
_NO_TASKS = frozenset("note declare welcome thank congratulate".split())
_PREFIXES = frozenset("note notes next outcome decision follow-up agreed summary resolved conclusion".split())
_PREFIX_WORDS = 4
_REPLYING = frozenset("response answer reply outcome a".split())
_TO_BE_MADE = frozenset("arrangements enquiries contact clarification amendments changes corrections".split())
_REQUESTS = frozenset("requests asks instructs invites urges".split())  # `requests the Director to report back`
_AGREEING = frozenset("agreed agree noted resolved".split())


_PARTNERS = frozenset("team service trust partnership authority".split())  # bodies, but not the one that meets


@dataclass(frozen=True, slots=True)
class StandaloneNotes:
    """Reads the notes at the matches of the note rules."""

    lexis: Lexis
    reader: EntryReader

    @property
    def words(self) -> Words:
        """The words of the text."""
        return self.reader.words

    def _after_asking(self, start: int, to: int) -> int:
        """Where the one who is asked begins in `(to) ask the Director to include ...`; else `start`."""
        words, lower = self.words, self.words.lower
        k = start + (lower[start] == "to")
        while k < to and lower[k] in _FORMALLY:
            k += 1
        asked = lower[k] in _TELLING and k + 1 < to
        named = asked and (lower[k + 1] in DETERMINERS or words.bits[k + 1] & (self.lexis.capital | self.lexis.person))
        return k + 1 if named else start

    def at(self, match: Match) -> list[Action]:
        """The actions of the sentence around `match`, where it is a note: one for each `X to do Y`."""
        words, lexis = self.words, self.lexis
        k = bisect_right(words.sentences, (match.start, len(words) + 1)) - 1
        start, end = words.sentences[max(k, 0)]
        start = self._after_label(start, end, match.start)
        while start < match.start and not words.text[start][0].isalnum() and words.text[start] not in "([":
            start += 1
        to = next((j for j in range(match.start, match.end) if words.lower[j] == "to"), match.end - 2)
        if (
            start < to
            and words.text[min(start + 1, to)] in {":", "–", "-"}
            and words.lower[start] in _AGREEING | _REPLYING
        ):
            start += 2
        stop = end
        prefix = next((k for k in range(start, min(start + _PREFIX_WORDS, to)) if words.text[k] == ":"), None)
        if prefix is not None and words.lower[start] in _PREFIXES:
            start = prefix + 1
        start = next((k + 1 for k in range(to - 1, start, -1) if words.text[k] == ";"), start)
        opening = next((k for k in range(to, start - 1, -1) if words.text[k] == "("), None)
        if opening is not None and ")" not in words.text[opening:to]:
            start = opening + 1  # `The report was noted (KT to share the rota)`
            stop = next((k for k in range(to, end) if words.text[k] == ")"), end)
            if words.lower[start] in _PREFIXES and words.text[start + 1] == ":":
                start += 2  # `(Note: Officers to email the figures)`
        if words.lower[start] in _REQUESTS:
            return []
        dash = next((k for k in range(to - 2, start, -1) if words.text[k] in _DASHES), None)
        tracked = any(words.text[k] in _DASHES and words.start[k] > words.end[k - 1] for k in range(to, stop))
        tracked = tracked or words.lower[start] == "item"
        if dash is not None and not tracked and self._doer(dash + 1, to, words.lower[match.end - 1]):
            start = dash + 1  # `Phone box – Clerk to obtain a quote`
        if words.lower[start] in {"action", "actions"} or words.text[end - 1] == "?":
            return []
        stop = strip_right(words, start, stop)
        if match.rule.kind != "note_passive":
            parts = [part for part in self.reader.parts(start, stop) if part[0] <= to < part[1]]
            start, stop = parts[0] if parts else (start, stop)
        quote = start
        start = self._after_asking(start, to)
        while to > start and (words.text[to - 1] in {":", "–", "-", "—"} or words.text[to - 1] in _ARROWS):
            to -= 1
        if to <= start or to - start > 12 or self.reader.verb_in(start, to):
            return []
        if any(words.text[j] in {";", ":"} or words.bits[j] & lexis.asking for j in range(start, to)):
            return []
        if any(words.lower[j].endswith("ed") and not words.bits[j] & lexis.capital for j in range(start, to)):
            return []
        if match.rule.kind == "note_passive":
            document = kind_of(words, lexis, start, to) == "document" or words.lower[start] in _TO_BE_MADE
            document = document and "," not in words.text[start:to]
            note = self.reader.entry(match.rule.id, quote, start, stop)
            return [note] if document or note.owner is not None else []
        if not self._doer(start, to, words.lower[match.end - 1]):
            return []
        verb = words.lower[match.end - 1]
        noun = words.bits[match.end - 1] & lexis.document or words.lower[match.end : match.end + 1] == ["of"]
        objected = match.end < stop and (words.lower[match.end] in DETERMINERS or words.bits[match.end] & lexis.capital)
        if match.rule.kind == "note_dash" and noun and not objected:
            return []
        programmed = verb in _AGENDA_VERBS and words.text[end - 1] != "." and not initials(words.text[start])
        if verb in _NO_TASKS or programmed:
            return []
        line_end = end
        while line_end < len(words) and not words.bits[line_end] & NEWLINE:
            line_end += 1
        later = self.reader.fields_in(min(end, line_end), line_end) if end < line_end else []
        if later and later[0].label == end and later[0].name != "status":
            stop = strip_right(words, start, line_end)  # `Sam to circulate the report. DONE BY: 31 Jan`
        note = self.reader.entry(match.rule.id, quote, start, stop)
        return [note] if note.owner is not None else []

    def _after_label(self, start: int, end: int, match: int) -> int:
        """The first word after a label, where that is not somebody's initial: `A. Patel to send the template`."""
        words, lexis = self.words, self.lexis
        first = after_label(words, start, end)
        initial = first >= start + 2 and words.text[first - 1] == "." and words.text[first - 2].isupper()
        if (
            not initial
            or len(words.text[first - 2]) != 1
            or words.bits[first] & (lexis.person | lexis.own | lexis.body)
        ):
            return first
        return first - 2 if first_name(words, lexis, first, first + 1) and first <= match else first

    def _doer(self, start: int, to: int, verb: str) -> bool:
        """Whether the words before `to` name a person or a service, and not the body that meets."""
        words, lexis = self.words, self.lexis
        if words.bits[start] & lexis.preposition:
            return False
        if to > start + 2 and words.text[start + 1] == "." and len(words.text[start]) == 1:
            start += 2  # `A. Patel`
        head = words.bits[to - 1]
        deciding = head & lexis.body and not head & lexis.person and words.lower[to - 1] not in _PARTNERS
        kind = kind_of(words, lexis, start, to)
        if kind in {"person", "body"} and "," not in words.text[start:to]:
            return not deciding
        if to - start == 1 and "/" in words.text[start] and initials(words.text[start]):
            return True
        if first_name(words, lexis, start, to):
            return verb in PERSONAL
        if words.lower[start:to] in (["all"], ["everyone"]):
            return True
        joined = any(words.lower[k] in {"and", "&", ","} for k in range(start, to))
        return joined and owner_named(words, lexis, start, to) and not deciding
