"""Constructions of parts and shares: `95% of families`, `12 of them`, `21% were placed far from home`."""

from __future__ import annotations

from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.figures.clauses import Clause
from minutesminer.mine.figures.nouns import head_of, several
from minutesminer.mine.figures.phrases import BE, Phrases
from minutesminer.mine.figures.views import Label, View

_POINTERS = frozenset({"them", "whom", "which", "these", "those", "it"})
_LONGEST_OWNER = 6  # words that name in a subject that a later clause takes up
_OCCASIONS = frozenset({"nights", "evenings", "weekends", "times", "occasions"})
_PARTED = frozenset({"count", "percentage", "rate"})
_FOR_WHOM = frozenset({"for", "in", "on", "by", "to", "from", "at", "with"})
_ALIKE = {
    "count": frozenset({"count", "rate"}),
    "percentage": frozenset({"count", "percentage", "rate"}),
    "money": frozenset({"money"}),
}


class Shares(Phrases):
    """Parts of a whole, and figures whose noun was counted before."""

    def __init__(self, rules: RuleSet) -> None:
        super().__init__(rules)
        self._weight = rules.flag("weight_unit")
        self._time_unit = rules.flag("time_unit")
        self._title = rules.flag("title")
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
        if whole is not None and view.figure.kind == whole.kind == "money":
            return self._of_the_sum(view)
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

    def _of_the_sum(self, view: View) -> Label | None:
        """`of the £3.8m overspend on placements, £2.4m lay with homes`: the sum, and where the part lay."""
        host, last = view.clause.host, view.figures[view.k - 1]
        if host is None or view.lower(host.at[:1]) != ["of"] or last.start not in host.at[:4] or view.before:
            return None
        thing = self._text(view, [j for j in host.at if j >= last.end])
        said = self._text(view, self.wording.predicate(view.words, self._to_next_figure(view, view.after), True), True)
        return Label(f"{thing} {said}", thing) if thing and said else None

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
        other = pointed and low[1] == "those" and len(after) > 2 and not self._starts_verb(view, after[2])
        if other and not (view.k and view.figures[view.k - 1].sentence == view.figure.sentence):
            pointed = False
        headed = view.clause.joiner == "of which" and not self._content(view, view.before)
        if headed and not pointed and low[:1] == ["of"] and self._content(view, after):
            return None  # `miles of road, of which 6% of A roads were in need of treatment`
        if not (pointed or headed) or view.noun and not headed:
            return None
        near = any(f.start < view.figure.start and f.kind in _PARTED for f in view.near)
        thing = (self._several_before(view) if pointed and not near else None) or self.antecedents.thing(view)
        last = view.labels[view.k - 1] if view.k else None
        if view.figure.kind == "money" and last is not None and view.figures[view.k - 1].kind == "money":
            thing = last.text  # `at a cost of £7m, of which £5m would be met by grant`
        if thing is None:
            return None
        acted = pointed and view.clause.group and view.before and view.previous_word == "by"
        if acted and not self._content(view, after[2:]):
            done = self._text(view, self.wording.predicate(view.words, view.before, False))
            return Label(f"{thing} {done} by", thing) if done else None  # `a course had been attended by 84 of them`
        if pointed and low[1] == "those" and self._qualifies(view, after[2:3]):
            thing = head_of(thing)
        behind = [*view.noun, *self._to_price(view, after[2:] if pointed else after)]
        said = self._text(view, self.wording.predicate(view.words, behind, False), True)
        return Label(f"{thing} {said}" if said else thing, thing)

    def _qualifies(self, view: View, behind: list[int]) -> bool:
        """Whether what stands behind `those` says which: `living outside`, `in houses`; a verb does not."""
        acts = self._auxiliary | self._past
        return any(not view.words.bits[j] & acts or view.words.lower[j].endswith("ing") for j in behind)

    def _several_before(self, view: View) -> str | None:
        """The plural subject of a clause before: `assistants were paid, and a course attended by 84 of them`."""
        subject = self.antecedents.host_subject(view)
        named = self._content(view, subject, self._generic | self._peer)
        many = [j for j in named if view.words.lower[j].endswith("s") and not view.words.lower[j].endswith("ss")]
        return self._text(view, subject) if many and len(named) <= _LONGEST_OWNER else None

    def _to_price(self, view: View, after: list[int]) -> list[int]:
        """The words up to a price or level told besides: `of them in homes | at an average of £6,350 a week`."""
        for other in view.figures[view.k + 1 : view.k + 2]:
            told = [
                p for p, j in enumerate(after) if other.start - 4 <= j < other.start and view.words.lower[j] == "at"
            ]
            if told and other.kind != "timescale":
                return after[: told[-1]]
        return after

    def _starts_verb(self, view: View, j: int) -> bool:
        return bool(view.words.bits[j] & (self._auxiliary | self._verb | self._past)) or view.words.text[j] == ","

    def share_of_whole(self, view: View) -> Label | None:
        """`gas made up 58% of the total`: whose share it is."""
        group = view.clause.group
        if view.figure.kind != "percentage":
            return None
        if not group:
            return self._share_again(view)
        if group[0] >= view.figure.start:
            return None
        part = len(group) == 1 and group[0] == view.figure.start - 1 and view.lower(view.after[:1]) == ["of"]
        part = part and view.words.lower[group[0]] in BE  # `boys were 62% of those excluded`
        if not part and not any(view.words.bits[j] & self._share for j in group):
            return None
        subject = self._subject(view)
        if not self._content(view, subject, self._generic | self._pronoun) or view.lower(subject[-1:]) == ["there"]:
            return None
        return self._label(view, [*subject, *view.after], subject)

    def _share_again(self, view: View) -> Label | None:
        """`were 31% of the deaths and 1% of the traffic`: a second whole of the same part."""
        last = view.figures[view.k - 1] if view.k else None
        label = view.labels[view.k - 1] if view.k else None
        if last is None or label is None or last.kind != "percentage" or last.sentence != view.figure.sentence:
            return None
        if view.before or view.lower(view.after[:1]) != ["of"] or view.clause.joiner not in {",", "and", "but"}:
            return None
        head, _, _ = label.text.partition(" of ")
        host = view.clause.host
        told = host is not None and bool(host.group) and host.group[-1] == last.start - 1
        if not told or head != label.thing or view.words.lower[last.end] != "of":
            return None
        whole = self._text(view, self._to_next_figure(view, view.after))
        return Label(f"{head} of {whole}", head) if whole else None

    def part_of(self, view: View) -> Label | None:
        """`95% of families were registered`: the words after `of`; of mere cases, what the clause says."""
        figure, after = view.figure, view.after
        if figure.kind == "timescale" or view.noun or view.lower(after[:1]) != ["of"]:
            return None
        if figure.kind in {"money", "count"} and not self._at_head(view) and not view.verb_follows:
            thing = self._phrase_and_rest(view)[0][1:]
            return self._of_things(view, thing) if figure.kind == "count" else None
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
        cases = [j for j in thing if view.words.bits[j] & self._preposition][:1]
        if cases and named and view.words.bits[named[0]] & self._case and cases[0] == named[0] + 1 and view.before:
            done = self._clause_before(view, view.before)
            placed = self._text(view, [j for j in thing if j >= cases[0]], True)
            if done is not None and placed:
                return Label(f"{done.text} {placed}", done.thing)  # `in 91% of cases in the West`
        done_for = self._done_for(view, thing)
        if done_for is not None:
            return done_for
        whole_of = next((f for f in view.near if thing and f.start in thing[:2] and f.noun is not None), None)
        if whole_of is not None and whole_of.noun is not None:
            thing = [j for j in thing if j >= whole_of.noun[0]]  # `58% of the 81 referrals`
        chosen = self.wording.predicate(view.words, [*thing, *rest], self._named(view, thing))
        return self._label(view, chosen, thing)

    def _of_things(self, view: View, thing: list[int]) -> Label | None:
        """`reviews had been held for nine of the children`; `it was responsible for nine of the actions`: actions."""
        done = self._done_for(view, thing)
        subject = self._subject(view)
        pronoun = subject and all(view.words.bits[j] & self._pronoun for j in subject)
        if done is not None or not pronoun or view.previous_word not in _FOR_WHOM:
            return done
        return self._label(view, thing) if self._content(view, thing) else None

    def _done_for(self, view: View, thing: list[int]) -> Label | None:
        """`reviews had been held for 66% of children`: what was done, and for whom."""
        group, before, bits = view.clause.group, view.before, view.words.bits
        if not group or group[-1] >= view.figure.start or view.previous_word not in _FOR_WHOM:
            return None
        passive = any(bits[j] & self._past for j in group if not bits[j] & self._auxiliary)
        placed = [j for j in before if j > group[-1]]
        subject = self._subject(view)
        if not any(word in BE for word in view.lower(group)) or any(bits[j] & self._level for j in group):
            return self._found_in(view, thing)
        if not passive and not self._content(view, placed[:-1], self._comparing):
            return None
        if (
            not self._content(view, subject, self._generic | self._people)
            or self._content(view, subject, self._comparing) == []
        ):
            return None
        if (
            any(bits[j] & (self._people | self._speech) for j in [*subject, *group])
            or len(self._content(view, thing)) > 4
        ):
            return None
        said = self.wording.predicate(view.words, [*subject, *group, *placed], False)
        return self._label(view, [*said, *thing], thing)

    def _found_in(self, view: View, thing: list[int]) -> Label | None:
        """`neglect featured in 52% of plans`: what was there, and in what."""
        group, words = view.clause.group, view.words
        subject = self._subject(view)
        beside = group[-1] == view.figure.start - 2 and view.previous_word in {"in", "on", "at"}
        if not beside or len(group) > 2 or any(words.bits[j] & (self._level | self._speech) for j in group):
            return None
        if not self._content(view, subject, self._generic | self._people) or not self._content(view, thing):
            return None
        if any(words.bits[j] & self._people for j in subject):
            return None
        said = self.wording.predicate(words, [*subject, *group, view.figure.start - 1, *thing], False)
        return self._label(view, said, thing)

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

    def _plural_before(self, view: View) -> str | None:
        """`plans took longer to write; 54% were issued late`: the plural subject of the clause before."""
        if not view.verb_follows or view.clause.host is None or view.clause.joiner not in {";", ",", "and", ":", "but"}:
            return None
        counted = [f for f in view.near if f.start < view.figure.start and f.kind in _PARTED]
        if any(f.unit not in _OCCASIONS for f in counted):
            return None
        clause: Clause | None = view.clause.host
        while clause is not None and not clause.group:
            clause = clause.host
        every = self._every(view, clause) if clause is not None else None
        if every is not None:
            return every
        subject = clause.subject if clause is not None else []
        subject = self.wording.without_figures(view.words, subject, view.near, view.figure)
        if subject and view.words.bits[subject[0]] & self._title:
            return None
        heads = subject[: next((p for p, j in enumerate(subject) if view.words.bits[j] & self._preposition), None)]
        named = self._content(view, subject, self._generic | self._peer)
        if (
            not named
            or len(named) > _LONGEST_OWNER
            or self._content(view, subject, self._people) != self._content(view, subject)
        ):
            return None
        many = any(view.words.lower[j].endswith("s") and not view.words.lower[j].endswith("ss") for j in heads)
        return self._text(view, subject) if many else None

    def _told_whole(self, view: View, unit: str) -> str:
        """`of 118 homes approached, 74 had replied`: the things of the whole, with what is said of them."""
        last, host = view.labels[view.k - 1] if view.k else None, view.clause.host
        if last is None or host is None or view.lower(host.at[:1]) != ["of"]:
            return unit
        return last.text if last.text.startswith(f"{unit} ") and len(last.text.split()) <= _LONGEST_OWNER else unit

    def _every(self, view: View, clause: Clause) -> str | None:
        """`the offer was open to all staff and 87% had`, `a survey went to every tenant; 31% had`: the whole named."""
        at, words = clause.at, view.words
        for p in range(1, len(at) - 1):
            if words.lower[at[p]] not in {"all", "every", "each"} or words.lower[at[p - 1]] not in {"to", "by", "of"}:
                continue
            behind = at[p + 1 :]
            stops = self._preposition | self._conjunction
            end = next((q for q, j in enumerate(behind) if words.bits[j] & stops), len(behind))
            named = self._text(view, behind[:end]) if self._content(view, behind[:end]) else None
            return several(named) if words.lower[at[p]] != "all" else named
        return None

    def left_out(self, view: View) -> Label | None:
        """`five were amber`, `21% were placed far from home`: the noun is the one counted before."""
        if not self._at_head(view):
            return None
        figure = view.figure
        if figure.kind == "timescale" or figure.kind == "rate" and not self._one_in(view):
            return None
        phrase, rest = self._phrase_and_rest(view)
        rest = self._named_for_it(view, rest)
        chosen = self.wording.predicate(view.words, [*phrase, *rest], False)
        said = self._text(view, chosen, True)
        if self._judges_sum(view, rest):
            return self.antecedents.measure(view)
        named = self._content(view, [*phrase, *rest])
        told = len(named)
        each = figure.kind == "money" and told == 1 and view.lower(phrase[:1]) in (["a"], ["an"], ["each"], ["per"])
        if each and view.words.bits[named[0]] & (self._weight | self._time_unit):
            return None  # `at £118 a tonne`
        if figure.kind == "rate" and figure.end - figure.number > 3:
            inner = several(self._text(view, list(range(figure.number + 1, figure.end - 2))))
            if inner and said:
                return Label(f"{inner} {said}", inner)
        sibling = self.antecedents.counted_beside(view)
        if view.opening and view.role == "actual" and sibling is None:
            return Label(f"{view.opening} {said}" if said else view.opening, view.opening)
        unit = (figure.unit if figure.unit not in _OCCASIONS else None) or sibling
        owner = self._plural_before(view)
        if owner is not None and unit and unit in owner:
            unit = owner  # `requests for repairs were taken one by one, and 27 had been agreed`
        if figure.kind == "count" and unit:
            whole = self.antecedents.thing(view) if self._of_one_whole(view) else None
            if whole is not None and whole.startswith(f"{unit} "):
                unit = whole  # `of the schools in Leeford, five were full and six were not`
            elif whole == unit and view.verb_follows:
                unit = self._told_whole(view, unit)
            if said is not None and f"{said} ".lower().startswith(f"{unit} ".lower()):
                return Label(said, unit)  # `twelve of the cases were closed`: what is said names them
            return Label(f"{unit} {said}" if said else unit, unit)
        if said is None or not told:
            return None
        if owner is not None:
            return Label(f"{owner} {said}", owner)
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
