"""Constructions that leave out what the figure before has said: `38 days for flats and 71 for houses`."""

from __future__ import annotations

from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.figures.figure import Figure
from minutesminer.mine.figures.phrases import Phrases
from minutesminer.mine.figures.views import Label, View

_LEADS = frozenset("for in among amongst at on about from to by with within between against".split())
_JOINERS = frozenset({",", "at", "against", "and", "while"})
_LONGEST_GROUP = 6  # words of `in secondary schools`


class Elided(Phrases):
    """Figures whose measure is that of the figure before, but for one phrase."""

    def __init__(self, rules: RuleSet) -> None:
        super().__init__(rules)
        self._grade = rules.flag("rag") | rules.flag("grade")

    def parallel(self, view: View) -> Label | None:
        """`re-let times were 38 days for flats and 71 days for houses`: the same for another group."""
        told = self._told_before(view)
        if told is None or view.noun or view.clause.group or not self._at_head(view) or not view.after:
            return None
        last, label = told
        lead = view.words.lower[view.after[0]]
        if lead not in _LEADS or view.role not in {"actual", "forecast", "benchmark"}:
            return None
        phrase = self._to_next_figure(view, view.after)[1:]
        if len(phrase) > 1 and view.words.bits[phrase[0]] & self._base and lead == "to":
            return None
        group = self._text(view, phrase)
        if group is None:
            return None
        if view.lower(phrase[:1]) == ["the"]:
            group = f"the {group}"
        behind = view.words.lower[last.end : view.figure.start]
        alike = lead in behind
        return self._exchanged(view, label, lead, group, alike)

    def _told_before(self, view: View) -> tuple[Figure, Label] | None:
        """The figure of the same kind before, and its label, where this clause only goes on from it."""
        last = view.figures[view.k - 1] if view.k else None
        label = view.labels[view.k - 1] if view.k else None
        if last is None or label is None or last.kind != view.figure.kind or last.sentence != view.figure.sentence:
            return None
        return (last, label) if view.clause.joiner in _JOINERS else None

    def _exchanged(self, view: View, label: Label, lead: str, group: str, alike: bool) -> Label | None:
        """The label with the phrase behind its last `lead` exchanged; with it put behind where it has none."""
        head, found, tail = label.text.rpartition(f" {lead} ")
        if not found:
            return Label(f"{label.text} {lead} {group}", label.thing) if alike else None
        words = tail.split()
        named = next((p for p, word in enumerate(words) if not word[:1].isupper()), len(words))
        rest = words[named:] if named and group[:1].isupper() else []
        return Label(" ".join([head, lead, group, *rest]), label.thing)

    def in_front(self, view: View) -> Label | None:
        """`of the loads from Aldermoor 11% were refused, from Carne 6%`: the phrase that differs stands in front."""
        told = self._told_before(view)
        before = view.before
        if told is None or view.noun or view.clause.group or not 2 <= len(before) <= _LONGEST_GROUP:
            return None
        if self._content(view, view.after):
            return None
        last, label = told
        lead = view.words.lower[before[0]]
        host = [j for j in view.clause.host.at if j < last.start] if view.clause.host is not None else []
        led = [p for p, j in enumerate(host) if view.words.lower[j] == lead]
        group = self._text(view, before[1:])
        if lead not in _LEADS or not led or group is None:
            return None
        other = self._text(view, host[led[-1] + 1 :])
        if other is None or f"{lead} {other}" not in label.text:
            return None
        return Label(label.text.replace(f"{lead} {other}", f"{lead} {group}"), label.thing)

    def gapped(self, view: View) -> Label | None:
        """`social care accounted for £3.1m, neighbourhood services for £1.6m`: the verb left out."""
        told = self._told_before(view)
        before = view.before
        while before and view.words.bits[before[-1]] & self._preposition:
            before = before[:-1]
        if told is None or view.noun or view.clause.group or self._content(view, view.after):
            return None
        if not 1 <= len(before) <= _LONGEST_GROUP or view.words.bits[before[0]] & self._preposition:
            return None
        if not self._content(view, before, self._comparing | self._generic | self._peer | self._indicator):
            return None
        last, label = told
        host = view.clause.host
        if host is None or last.number not in host.at:
            return None
        again = not host.group and view.role == "actual"
        subject = self._text(view, [j for j in host.subject if j < last.start])
        own = self._text(view, before)
        if own is None or label.thing not in label.text or not (again or subject == label.thing):
            return None
        if len(label.text) == len(label.thing):
            return None
        return Label(label.text.replace(label.thing, own, 1), own)

    def rated(self, view: View) -> Label | None:
        """`seven were rated green, five amber`: the verb of the figure before goes for this one too."""
        told = self._told_before(view)
        if (
            told is None
            or view.noun
            or view.clause.group
            or view.before
            or not view.after
            or len(self._content(view, view.after)) > 1
        ):
            return None
        _, label = told
        if not view.words.bits[view.after[0]] & self._grade or view.figure.kind not in {"count", "percentage"}:
            return None
        said = label.text.removeprefix(label.thing).split()
        rated = self._text(view, view.after)
        if not said or rated is None or label.text == label.thing or said[-1].lower() not in self._grades(view):
            return None
        return Label(" ".join([label.thing, *said[:-1], rated]), label.thing)

    def _grades(self, view: View) -> set[str]:
        """The grades and colours that stand in the sentence."""
        low, high = view.words.sentences[view.figure.sentence]
        return {view.words.lower[j] for j in range(low, high) if view.words.bits[j] & self._grade}
