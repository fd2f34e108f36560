"""What a pronoun, a bare indicator or a left-out noun stands for: a figure or subject before it."""

from __future__ import annotations

import re

from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.figures.clauses import Clause, ClauseReader
from minutesminer.mine.figures.views import Label, View
from minutesminer.mine.figures.wording import Wording

_NEAR = 2  # sentences back that a subject may point
_HEADS = ("percentage of ", "proportion of ", "share of ", "number of ", "numbers of ", "rate of ", "total of ")
_RELATIVE = re.compile(r" (?:who|which|that|whose) ")
_KIN = dict.fromkeys(("count", "percentage", "rate"), frozenset({"count", "percentage", "rate"}))
_RAISED = frozenset({"queried", "raised", "questioned"})
_LONGEST_OWNER = 8  # words of what a bare cost or wait is of
_PLACED = frozenset({"in", "on", "for", "at", "among", "across"})


class Antecedents:
    """Looks back from a figure for what it measures."""

    def __init__(self, rules: RuleSet, wording: Wording) -> None:
        self._wording = wording
        self._clauses = ClauseReader(rules)
        self._indicator = rules.flag("indicator_noun") | rules.flag("cost_verb")
        self._occasion = rules.flag("occasion_noun")
        self._article = rules.flag("article")
        self._pronoun = rules.flag("pronoun")
        self._preposition = rules.flag("preposition")
        self._people = rules.flag("member") | rules.flag("body") | rules.flag("chair") | rules.flag("officer_noun")
        self._people |= rules.flag("title")
        self._auxiliary = rules.flag("auxiliary")
        self._verb = rules.flag("verb_past") | rules.flag("past_form")
        self._speech = rules.flag("speech_verb_measure")
        self._generic = rules.flag("generic_subject")
        self._comparing = rules.flag("target_word")

    def _back(self, view: View) -> list[int]:
        """The labelled figures before this one that are near enough, the nearest first."""
        here = view.figure.sentence
        return [
            j
            for j in range(view.k - 1, -1, -1)
            if view.labels[j] is not None and here - view.figures[j].sentence <= _NEAR
        ]

    def measure(self, view: View) -> Label | None:
        """The label of the nearest figure before of the same kind, else of one that may share its label."""
        back = self._back(view)
        kind = "percentage" if (view.figure.unit or "").endswith("points") else view.figure.kind
        for kinds in (frozenset({kind}), _KIN.get(kind, frozenset())):
            for j in back:
                if view.figures[j].kind in kinds:
                    return view.labels[j]
        return None

    def in_sentence(self, view: View) -> Label | None:
        """The label of a figure before in the sentence, else the subject of the clause that this one hangs on."""
        for j in self._back(view):
            if view.figures[j].sentence == view.figure.sentence and view.figures[j].kind != "timescale":
                return view.labels[j]
        owner = self.host_subject(view)
        weak = self._generic | self._people | self._comparing
        if not self._wording.content(view.words, owner, view.taken, weak):
            return None
        text = self._wording.text(view.words, owner, view.taken)
        return Label(text, text) if text else None

    def thing(self, view: View, kinds: frozenset[str] | None = None) -> str | None:
        """What the nearest figure before, of these kinds or any but a duration, is of."""
        for j in self._back(view):
            label, kind = view.labels[j], view.figures[j].kind
            if self._counts_occasions(view, j):
                continue  # `placed for 214 nights in all; five had moved`
            if label is not None and kind != "timescale" and (kinds is None or kind in kinds):
                thing = self._without_head(label.thing)
                return _RELATIVE.split(thing)[0] if thing.count(" ") > 3 else thing
        return None

    def _counts_occasions(self, view: View, j: int) -> bool:
        noun = view.figures[j].noun
        return noun is not None and bool(view.words.bits[noun[1] - 1] & self._occasion)

    def counted_beside(self, view: View) -> str | None:
        """The noun of a count before in the same sentence: `210 cases opened, 185 closed`."""
        for j in self._back(view):
            figure = view.figures[j]
            if self._counts_occasions(view, j):
                continue
            if figure.sentence == view.figure.sentence and figure.kind == "count" and figure.noun is not None:
                return figure.unit
        return None

    def shared(self, view: View) -> Label | None:
        """`attended by 200 learners and 600 parents`: what is said of the first count is said of the second."""
        last = view.figures[view.k - 1] if view.k else None
        label = view.labels[view.k - 1] if view.k else None
        clause = view.clause
        if last is None or label is None or clause.joiner != "," or clause.verb is not None or clause.host is None:
            return None
        held = clause.host.verb is not None and last.number in clause.host.at and last.kind == "count"
        if not held or last.number < clause.host.group[0] or self._wording.content(view.words, view.after, view.taken):
            return None
        noun = self._wording.text(view.words, view.noun, view.taken)
        if noun is None or last.unit is None or not label.text.startswith(f"{last.unit} "):
            return None
        return Label(noun + label.text[len(last.unit) :], noun)

    def pointed(self, view: View, subject: list[int]) -> Label | None:
        """The label a subject points back to, with a place named in it: `in secondary schools it was 8.2%`."""
        label = self.in_sentence(view)
        if label is None and (about := self.asked_about(view)) is not None:
            label = Label(about, about)
        label = label or self.measure(view)
        if label is None:
            return None
        words = view.words
        named = self._wording.content(words, subject, view.taken, self._comparing)
        alone = [j for j in named if words.bits[j] & self._indicator]
        other_kind = view.k and view.figures[view.k - 1].kind != view.figure.kind
        bare = alone and len(named) == len(alone) and not label.text.startswith(_HEADS)
        if bare and other_kind and view.role == "actual":
            # `there were 588 children in care. The rate was 49 per 10,000`
            return Label(f"{words.text[alone[0]].lower()} of {label.thing}", label.thing)
        placed = [j for j in subject if words.lower[j] in _PLACED]
        if placed and view.role == "actual":
            place = [j for j in subject if j >= placed[0] and not words.bits[j] & self._pronoun]
            named_place = self._wording.text(words, place, view.taken)
            if named_place:
                thing = self._without_head(label.thing)
                return Label(f"{thing} {words.lower[placed[0]]} {named_place}", label.thing)
        return label

    def related(self, view: View, nearest: bool = False) -> Label | None:
        """What `which` stands for: a figure of the clause before, else the noun phrase at its end.

        With `nearest` the noun phrase comes first: `120 people used the centre, which cost £9,000 a week`.
        """
        host = view.clause.host
        if host is None:
            return None
        behind = [j for j in host.at if host.group and j > host.group[-1]]
        named = nearest and self._wording.content(view.words, behind, view.taken)
        held = any(figure.number in behind for figure in view.near)
        for j in self._back(view) if held or not named else ():
            if view.figures[j].number in host.at and view.figures[j].kind != "timescale":
                return view.labels[j]
        start = len(host.at)
        while start and not view.words.bits[host.at[start - 1]] & (self._auxiliary | self._verb):
            if view.words.lower[host.at[start - 1]] in {"by", "about", "to", "with", "from"}:
                break
            start -= 1
        text = self._wording.text(view.words, host.at[start:], view.taken)
        if text is None:
            return self.pointed(view, [])
        return self._placed(view, Label(text, text), [j for j in view.after if j not in view.taken])

    def _placed(self, view: View, label: Label, behind: list[int]) -> Label:
        """The label with the place named behind the figure: `had climbed to 31% in Year 11`."""
        if not behind or view.words.lower[behind[0]] not in _PLACED:
            return label
        stop = next((p for p, j in enumerate(behind) if p and view.words.bits[j] & self._preposition), len(behind))
        place = self._wording.text(view.words, behind[:stop], view.taken)
        return Label(f"{label.text} {view.words.lower[behind[0]]} {place}", label.thing) if place else label

    def asked_about(self, view: View) -> str | None:
        """What the clause or sentence before asks about: `In reply to a question about X, ... it had`."""
        words, clause = view.words, view.clause.host
        while clause is not None:
            found = self._about(view, clause.at)
            if found is not None:
                return found
            clause = clause.host
        low = words.sentences[view.figure.sentence][0]
        if view.figure.sentence == 0 or low != words.sentences[view.figure.sentence - 1][1]:
            return None
        start = words.sentences[view.figure.sentence - 1][0]
        if any(start <= figure.number < low for figure in view.figures):
            return None
        found = self._about(view, list(range(start, low)))
        return found if found is not None else self._told_of(view, start, low)

    def owner(self, view: View) -> str | None:
        """What a bare cost or length is of: `exclusions ran at 12.4, and the average length | of exclusions`.

        The subject of the clause before, else of the sentence before where that has only one; what was done to counted
        things, or that there were some, is of those.
        """
        here, words = view.figure.sentence, view.words
        low = words.sentences[here][0]
        subject, host = self.host_subject(view), view.clause.host
        last = view.labels[view.k - 1] if view.k and view.figures[view.k - 1].sentence == here else None
        if last is not None and host is not None and self._pronouns(view, host.subject):
            return self._short(last.thing)  # `it had shortened from 312 people, and the longest wait was`
        if not self._names(view, subject) and here and words.sentences[here - 1][1] == low:
            near = [f for f in view.figures[: view.k] if f.sentence == here - 1]
            clauses = [c for c in self._clauses.read(words, words.sentences[here - 1][0], low, near) if c.group]
            told = [c for c in clauses if c.joiner in {"", "that", "and", ","} and not self._tells(view, c)]
            if len(told) != 1:
                return None
            object_ = next((f for f in near if f.noun is not None and f.start == told[0].group[-1] + 1), None)
            if object_ is not None and object_.noun is not None:
                k = view.figures.index(object_)
                label = view.labels[k]
                return self._short(label.thing) if label is not None else None
            subject = self._wording.without_figures(words, told[0].subject, near, view.figure)
        return self._short(self._wording.text(words, subject, view.taken)) if self._names(view, subject) else None

    def _pronouns(self, view: View, subject: list[int]) -> bool:
        return bool(subject) and all(view.words.bits[j] & self._pronoun for j in subject)

    def _names(self, view: View, subject: list[int]) -> bool:
        """Whether a subject names a thing: no person, pronoun or mere indicator."""
        weak = self._generic | self._people | self._comparing | self._indicator
        named = self._wording.content(view.words, subject, view.taken, weak)
        return bool(named) and not any(view.words.bits[j] & self._people for j in subject)

    def _tells(self, view: View, clause: Clause) -> bool:
        return any(view.words.bits[j] & self._speech for j in clause.group)

    def _short(self, text: str | None) -> str | None:
        text = _RELATIVE.split(text)[0] if text else None
        return text if text and len(text.split()) <= _LONGEST_OWNER else None

    def _told_of(self, view: View, start: int, low: int) -> str | None:
        """The subject of the sentence before, where it has no figure: `Punctuality was poor. It stood at 79%.`"""
        clauses = self._clauses.read(view.words, start, low, [])
        weak = self._generic | self._people | self._comparing
        for clause in reversed(clauses):
            named = self._wording.content(view.words, clause.subject, view.taken, weak)
            people = any(view.words.bits[j] & self._people for j in clause.subject)
            if named and not people and clause.joiner in {"", "that"}:
                return self._wording.text(view.words, clause.subject, view.taken)
        return None

    def _about(self, view: View, at: list[int]) -> str | None:
        for p, j in enumerate(at):
            raised = view.words.lower[j] in _RAISED and view.words.bits[min(j + 1, len(view.words) - 1)] & self._article
            if p and (raised or view.words.lower[j] in {"about", "regarding", "concerning"}):
                behind = at[p + 1 :]
                stop = next(
                    (q for q, i in enumerate(behind) if view.words.text[i] in {",", ".", ";", "?"}), len(behind)
                )
                text = self._wording.text(view.words, behind[:stop], view.taken)
                return self._without_head(text) if text else None
        return None

    def host_subject(self, view: View) -> list[int]:
        """The subject of the clause that this one hangs on."""
        clause: Clause | None = view.clause.host
        while clause is not None:
            subject = self._wording.without_figures(view.words, clause.subject, view.near, view.figure)
            if clause.joiner in {"which", "of which"}:
                clause = clause.host
                continue
            said = any(view.words.bits[j] & self._speech for j in clause.group)
            weak = self._generic | (self._people if said else 0)
            if said and any(view.words.bits[j] & self._people for j in subject):
                clause = clause.host
                continue
            if self._wording.content(view.words, subject, view.taken, weak):
                return subject
            opens = clause.at and view.words.bits[clause.at[0]] & self._preposition
            told = any(view.words.bits[j] & self._speech for j in clause.at)
            if (
                clause.verb is None
                and not opens
                and not told
                and self._wording.content(view.words, clause.at, view.taken)
            ):
                return self._wording.without_figures(view.words, clause.at, view.near, view.figure)
            clause = clause.host
        return []

    def host_noun(self, view: View) -> str | None:
        """The last noun phrase of the clause before, for `..., at a cost of £85k`; else its subject."""
        clause = view.clause.host
        if clause is None:
            return None
        held = any(f.start in clause.at for f in view.figures[: view.k])
        if held:
            end = [j for j in clause.at if j not in view.taken]
            start = len(end)
            while start and not view.words.bits[end[start - 1]] & self._preposition:
                start -= 1
            if not start and clause.group:
                end = [j for j in end if j > clause.group[-1]]  # `212 families received a short break, at a cost of`
            end, start = self._wording.without_figures(view.words, end[start:], view.near, view.figure), 0
            return self._wording.text(view.words, end[start:], view.taken)
        return self._wording.text(view.words, self.host_subject(view), view.taken)

    def _without_head(self, text: str) -> str:
        for head in _HEADS:
            if text.lower().startswith(head):
                return text[len(head) :]
        return text
