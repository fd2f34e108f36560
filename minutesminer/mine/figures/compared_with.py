"""Constructions in which a figure measures what another figure or the clause before does."""

from __future__ import annotations

from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.figures.phrases import Phrases
from minutesminer.mine.figures.views import Label, View

_COUNTING = frozenset({"share", "percentage", "proportion", "number", "rate", "total"})
_TOTALLING = frozenset({"totalling", "amounting", "worth", "averaging", "equating"})


class Besides(Phrases):
    """Figures told beside, behind or against another."""

    def __init__(self, rules: RuleSet) -> None:
        super().__init__(rules)
        self._judging = rules.flag("judging_word")

    def end_of_movement(self, view: View) -> Label | None:
        """`from 74% to 72.5%`: the second measures what the first does."""
        first = view.figures[view.k - 1] if view.k else None
        if first is None or first.kind != view.figure.kind or first.sentence != view.figure.sentence:
            return None
        between = view.words.lower[first.end : view.figure.start]
        if view.previous_word != "to" or not between or {",", ";", "while", "but", "and"} & set(between):
            return None
        placed = [j for j in view.after[:4] if view.words.lower[j] == "in" and j not in view.taken]
        return None if placed else view.labels[view.k - 1]

    def set_against(self, view: View) -> Label | None:
        """`against a sector average of 13%`: what it is set against measures the same."""
        moved = view.clause.joiner == "at" and view.previous_word == "from" and view.role == "previous"
        if view.clause.joiner != "against" and not moved or view.noun:
            return None
        if self._content(view, view.before, self._comparing | self._generic | self._peer | self._indicator):
            return None
        return self.antecedents.in_sentence(view)

    def parallel(self, view: View) -> Label | None:
        """`re-let times were 38 days for flats and 71 days for houses`: the same for another group."""
        last = view.figures[view.k - 1] if view.k else None
        label = view.labels[view.k - 1] if view.k else None
        if last is None or label is None or last.kind != view.figure.kind or last.sentence != view.figure.sentence:
            return None
        if view.clause.joiner != "," or view.clause.group or view.noun or not self._at_head(view) or not view.after:
            return None
        lead = view.words.lower[view.after[0]]
        if lead not in {"for", "in", "among", "at", "on"} or view.role != "actual":
            return None
        group = self._text(view, self._to_next_figure(view, view.after))
        head, found, _ = label.text.rpartition(f" {lead} ")
        return Label(f"{head} {lead} {group}", label.thing) if found and group else None

    def target_for(self, view: View) -> Label | None:
        """`the target of 95% for calls to be answered`: what the target is for."""
        if view.role == "change":
            return self._movement_in(view)
        if view.role not in {"target", "benchmark"}:
            return None
        before = view.before
        if view.lower(before[-2:]) == ["budget", "of"]:
            start = next((p for p in range(len(before) - 3, -1, -1) if view.words.lower[before[p]] == "the"), None)
            named = before[start + 1 : -1] if start is not None else []
            return self._label(view, named) if 1 < len(named) <= 4 else None
        if view.lower(view.after[:1]) != ["for"]:
            return self._held_to(view)
        phrase, _ = self._phrase_and_rest(view)
        if self._content(view, view.before, self._comparing | self._generic):
            return None
        named = self._content(view, phrase, self._comparing | self._generic | self._peer)
        return self._label(view, self.wording.predicate(view.words, phrase, True)) if named else None

    def _movement_in(self, view: View) -> Label | None:
        """`a fall of 11% in violent crime`: what fell."""
        bits = view.words.bits
        told = view.previous_word == "of" and len(view.before) > 1 and bits[view.before[-2]] & self._movement
        if not told or view.lower(view.after[:1]) != ["in"]:
            return None
        return self._label(view, self._first_phrase(view, self._to_next_figure(view, view.after[1:])))

    def _held_to(self, view: View) -> Label | None:
        """`processing should be able to meet the published target of 75%`: what is held to the target."""
        group = view.clause.group
        if (
            not group
            or group[0] > view.figure.start
            or view.previous_word != "of"
            or "target" not in view.lower(view.before)
        ):
            return None
        if not {"meet", "met", "achieve", "achieved", "reach", "below", "above", "within", "missed", "exceeded"} & set(
            view.lower(view.before)
        ):
            return None
        subject = self._subject(view)
        named = self._content(view, subject, self._generic | self._comparing | self._people)
        return self._label(view, subject) if named else None

    def put_besides(self, view: View) -> Label | None:
        """`leavers moved into work, at 96.7%`: what the clause before says."""
        host, words = view.clause.host, view.words
        if view.clause.joiner != "at" or view.previous_word != "at" or len(view.before) > 2 or host is None:
            return None
        if self._content(view, view.after) or not host.verb or any(f.number in host.at for f in view.figures):
            return None
        acted = self._content(view, host.at[host.verb[1] :], self._judging)
        if not acted and any(words.bits[j] & (self._level | self._auxiliary) for j in host.group):
            return self._label(view, host.subject)
        said = self.wording.predicate(words, [*host.subject, *host.at[host.verb[0] :]], True)
        return self._label(view, said, host.subject)

    def brought_to(self, view: View) -> Label | None:
        """`..., bringing the total to 257`: the figure before, as a total."""
        weak = self._generic | self._comparing | self._indicator
        if not view.k or view.previous_word not in {"to", "at"} or view.clause.verb is not None or not view.before:
            return None
        last, counting = view.labels[view.k - 1], [w for w in view.lower(view.before) if w in _COUNTING]
        near = view.figures[view.k - 1].sentence == view.figure.sentence
        if last is None or not near or self._content(view, view.before, weak) or not counting:
            return None
        text = last.text if last.text.startswith(counting[0]) else f"{counting[0]} of {last.text}"
        return Label(text, last.thing)

    def brought_about(self, view: View) -> Label | None:
        """`..., saving £38k a month`: the participle, and what brought it about."""
        if view.clause.joiner != "ing" or view.figure.kind not in {"money", "percentage"}:
            return None
        if len(self._content(view, view.before)) != 1:
            return None
        cause = view.labels[view.k - 1] if view.k else None
        after = self._text(view, self._behind_of(view))
        verb = self._text(view, view.before)
        if verb is None or cause is None or view.figures[view.k - 1].sentence != view.figure.sentence:
            return None
        if verb in _TOTALLING:
            return cause
        text = " ".join(piece for piece in (verb, after or f"from {cause.text}") if piece)
        return Label(text, cause.thing)

    def in_brackets(self, view: View) -> Label | None:
        """`six (43%) of the indicators`, `24% (147 children)`: the same in another measure."""
        before = view.figures[view.k - 1] if view.k else None
        last = view.labels[view.k - 1] if view.k else None
        if before is None or last is None or view.clause.joiner != "(" or before.kind == "timescale":
            return None
        if before.sentence != view.figure.sentence or self._content(view, view.before, self._comparing):
            return None
        beside = before.end == view.figure.start - 1
        hosted = view.clause.host is not None and before.number in view.clause.host.at
        if not beside and not hosted and view.role == "actual":
            return None
        behind = self._content(view, view.after)
        unit = view.figure.unit
        if view.noun and unit and unit in last.text:
            return Label(last.text[last.text.index(unit) :], last.thing)
        if view.noun and view.role == "actual":
            return None
        if behind and view.words.lower[view.after[0]] == "of":
            text = self._text(view, view.after)
            return Label(f"{last.text} {view.words.lower[view.after[0]]} {text}", last.thing)
        return last

    def in_brackets_behind(self, view: View) -> Label | None:
        """`end of tenancy (36%), family breakdown (24%)`: the phrase in front of the bracket."""
        clause, words = view.clause, view.words
        start = clause.at[0] - 1 if clause.at else 0
        if clause.joiner != "(" or clause.host is None or view.before or view.noun or view.role != "actual":
            return None
        host = [j for j in clause.host.at if j < start]
        if not host or host[-1] != start - 1 or self._content(view, view.after):
            return None
        place = len(host)
        while place and words.text[host[place - 1]] != "," and words.lower[host[place - 1]] not in {"and", "or", "as"}:
            if words.bits[host[place - 1]] & self._auxiliary:
                break
            place -= 1
        return self._label(view, host[place:]) if self._content(view, host[place:]) else None
