"""Constructions of parts and shares: `95% of families`, `12 of them`, `21% were placed far from home`."""

from __future__ import annotations

from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.figures.phrases import Phrases
from minutesminer.mine.figures.views import Label, View

_POINTERS = frozenset({"them", "whom", "which", "these", "those", "it"})
_ALIKE = {
    "count": frozenset({"count", "rate"}),
    "percentage": frozenset({"count", "percentage", "rate"}),
    "money": frozenset({"money"}),
}


class Shares(Phrases):
    """Parts of a whole, and figures whose noun was counted before."""

    def __init__(self, rules: RuleSet) -> None:
        super().__init__(rules)
        self._share = rules.flag("share_verb")

    def of_the_whole(self, view: View) -> Label | None:
        """`of the 31 schools in the area 27 were full`: the noun of the whole, and what is said of the part."""
        before = view.before
        whole = view.figures[view.k - 1] if view.k else None
        parted = view.verb_follows or not view.clause.group
        if view.figure.kind in {"count", "percentage"} and not view.noun and parted:
            uncounted = self._uncounted_whole(view)
            if uncounted:
                said = self.wording.predicate(view.words, [*uncounted, *self._to_next_figure(view, view.after)], False)
                return self._label(view, said, uncounted)
        if (
            whole is None
            or whole.noun is None
            or view.noun
            or view.lower(before[:1]) != ["of"]
            or not view.verb_follows
        ):
            return None
        if whole.start not in before[:3]:
            return None
        noun = [j for j in before if j >= whole.noun[0]]
        said = self.wording.predicate(view.words, [*noun, *self._to_next_figure(view, view.after)], False)
        return self._label(view, said, noun)

    def _uncounted_whole(self, view: View) -> list[int]:
        """The words of `of the primary schools in Leeford, five were full`, `among those who replied 62% were`."""
        host = view.clause.host
        opening = view.before
        if not opening and host is not None and host.host is None and view.clause.joiner == ",":
            opening = host.at
        if view.lower(opening[:1]) not in (["of"], ["among"], ["amongst"]):
            return []
        if any(f.start in opening for f in view.near) or any(view.words.bits[j] & self._pronoun for j in opening[1:2]):
            return []
        noun = opening[1:]
        return noun if self._content(view, noun, self._generic) else []

    def _of_one_whole(self, view: View) -> bool:
        """Whether the sentence opens with `of` or `among`, so that all its parts are of that whole."""
        low = view.words.sentences[view.figure.sentence][0]
        return bool({"of", "among", "amongst"} & set(view.words.lower[low : low + 3]))

    def part_of_things_before(self, view: View) -> Label | None:
        """`64 episodes, 12 of them overnight`, `1,318 reviews, of which 204 had been outstanding`."""
        after = view.after
        low = view.lower(after[:2])
        pointed = len(low) == 2 and low[0] == "of" and low[1] in _POINTERS
        if pointed and low[1] == "those" and len(after) > 2 and not self._starts_verb(view, after[2]):
            pointed = False
        headed = view.clause.joiner == "of which" and not self._content(view, view.before)
        if not (pointed or headed) or view.noun and not headed:
            return None
        thing = self.antecedents.thing(view)
        last = view.labels[view.k - 1] if view.k else None
        if view.figure.kind == "money" and last is not None and view.figures[view.k - 1].kind == "money":
            thing = last.text  # `at a cost of £7m, of which £5m would be met by grant`
        if thing is None:
            return None
        behind = after[2:] if pointed else after
        behind = [*view.noun, *behind]
        said = self._text(view, self.wording.predicate(view.words, behind, False), True)
        return Label(f"{thing} {said}" if said else thing, thing)

    def _starts_verb(self, view: View, j: int) -> bool:
        return bool(view.words.bits[j] & (self._auxiliary | self._verb | self._past)) or view.words.text[j] == ","

    def share_of_whole(self, view: View) -> Label | None:
        """`gas made up 58% of the total`: whose share it is."""
        group = view.clause.group
        if not group or group[0] >= view.figure.start or view.figure.kind != "percentage":
            return None
        if not any(view.words.bits[j] & self._share for j in group):
            return None
        subject = self._subject(view)
        if not self._content(view, subject, self._generic):
            return None
        return self._label(view, [*subject, *view.after], subject)

    def part_of(self, view: View) -> Label | None:
        """`95% of families were registered`: the words after `of`; of mere cases, what the clause says."""
        figure, after = view.figure, view.after
        if figure.kind == "timescale" or view.noun or view.lower(after[:1]) != ["of"]:
            return None
        if figure.kind in {"money", "count"} and not self._at_head(view) and not view.verb_follows:
            return None
        group = view.clause.group
        if group and group[-1] < figure.start and any(view.words.bits[j] & self._level for j in group):
            subject = self._subject(view)
            if self._content(view, subject, self._generic | self._comparing):
                return self._label(view, [*subject, *self._first_phrase(view, after)], subject)
        thing, rest = self._phrase_and_rest(view)
        thing = [j for j in thing if j > after[0]]
        named = self._content(view, thing)
        whole = self._of_whole_before(view, thing)
        if whole is not None:
            return whole
        if named and all(view.words.bits[j] & self._case for j in named):
            subject = view.clause.at[: view.clause.at.index(after[0])]
            return self._clause_before(view, [j for j in subject if j < figure.start])
        whole_of = next((f for f in view.near if thing and f.start in thing[:2] and f.noun is not None), None)
        if whole_of is not None and whole_of.noun is not None:
            thing = [j for j in thing if j >= whole_of.noun[0]]  # `58% of the 81 referrals`
        chosen = self.wording.predicate(view.words, [*thing, *rest], self._named(view, thing))
        return self._label(view, chosen, thing)

    def _of_whole_before(self, view: View, thing: list[int]) -> Label | None:
        """`balances of £6.5m, which was 5.2% of the net budget`: the share of a whole is of the figure before."""
        last = view.figures[view.k - 1] if view.k else None
        if view.figure.kind != "percentage" or last is None or last.sentence != view.figure.sentence:
            return None
        if view.verb_follows and self._content(view, thing, self._generic | self._comparing):
            return None
        whole = bool(thing) and (
            view.words.lower[thing[0]] in {"the", "its", "all", "total"}
            or not self._content(view, thing, self._comparing)  # `savings of £3.4m, 81% of target`
        )
        if last.kind not in {"money", "count"} or not whole:
            return None
        group, label = view.clause.group, view.labels[view.k - 1]
        told = view.clause.joiner == "which" and group and group[0] < view.figure.start
        beside = (not group or view.verb_follows) and view.clause.joiner == "," and self._at_head(view)
        if label is None or not (told or beside):
            return None
        named = thing if view.words.lower[thing[0]] == "target" else thing[1:]
        text = self._text(view, [j for j in named if j not in view.taken], True)
        return Label(f"{label.text} of {text}", label.thing) if text else None

    def rate_among(self, view: View) -> Label | None:
        """`43.7 per 10,000 children subject to a plan`: those among whom it is told."""
        if view.figure.kind != "rate" or self._one_in(view) or not self._at_head(view) or view.opening:
            return None
        if view.role != "actual" or len(self._content(view, view.after)) < 2:
            return None
        return self._label(view, self._said(view, []))

    def left_out(self, view: View) -> Label | None:
        """`five were amber`, `21% were placed far from home`: the noun is the one counted before."""
        if not self._at_head(view):
            return None
        figure = view.figure
        if figure.kind == "timescale" or figure.kind == "rate" and not self._one_in(view):
            return None
        phrase, rest = self._phrase_and_rest(view)
        chosen = self.wording.predicate(view.words, [*phrase, *rest], False)
        said = self._text(view, chosen, True)
        told = len(self._content(view, [*phrase, *rest]))
        if figure.kind == "rate" and figure.end - figure.number > 3:
            inner = self._text(view, list(range(figure.number + 1, figure.end - 2)))
            if inner and said:
                return Label(f"{inner} {said}", inner)
        sibling = self.antecedents.counted_beside(view)
        if view.opening and view.role == "actual" and sibling is None:
            return Label(f"{view.opening} {said}" if said else view.opening, view.opening)
        unit = figure.unit or sibling
        if figure.kind == "count" and unit:
            whole = self.antecedents.thing(view) if self._of_one_whole(view) else None
            if whole is not None and whole.startswith(f"{unit} "):
                unit = whole  # `of the schools in Leeford, five were full and six were not`
            return Label(f"{unit} {said}" if said else unit, unit)
        if said is None or not told:
            return None
        before = self.antecedents.thing(view)
        if before is None and view.verb_follows and figure.kind == "count":
            before = self.antecedents.asked_about(view)  # `Bids had been invited. So far 28 had come in.`
            if before is not None:
                return Label(f"{before} {said}", before)
        if before is None and not self._content(view, [*phrase, *rest], self._verb | self._past):
            return None
        last = self.antecedents.in_sentence(view) if view.words.bits[chosen[0]] & self._preposition else None
        apart = view.words.lower[chosen[0]] in {"above", "below", "short"}
        if last is not None and apart and view.clause.joiner == ",":
            return Label(f"{last.text} {said}", last.thing)  # `was 55.7%, 3.8% above the national average`
        if view.role in {"actual", "forecast"} and (figure.kind != "money" or told == 1):
            thing = self.antecedents.thing(view, _ALIKE.get(figure.kind))
            placed = view.words.lower[chosen[0]] in {"in", "on", "for", "at"}
            alone = (self._text(view, chosen) if placed else None) or said
            return Label(f"{thing} {said}", thing) if thing else Label(alone, alone)
        if last is not None and view.role == "actual" and last.text.split()[0].lower() != view.words.lower[chosen[0]]:
            return Label(f"{last.text} {said}", last.thing)  # `rise by 3%, or £47 on a Band D home`
        return Label(said, said) if told > 1 else None
