"""How a sentence says what its figure measures: the constructions, in the order in which they are tried.

Each takes a View and gives a Label, or None where the figure does not stand in it. To add one, write it beside its
like and put it into the table with an example.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.figures.compared_with import Besides
from minutesminer.mine.figures.counts import Counts
from minutesminer.mine.figures.elided import Elided
from minutesminer.mine.figures.lengths import Lengths
from minutesminer.mine.figures.levels import Levels
from minutesminer.mine.figures.shares import Shares
from minutesminer.mine.figures.sums import Sums
from minutesminer.mine.figures.views import COMPARING_ROLES, Label, View

Construction = Callable[[View], "Label | None"]

_ALL = frozenset({"percentage", "count", "money", "timescale", "rate", "score"})


class Step(NamedTuple):
    """A construction, the kinds of figure it is for, and whether they stand with a counted noun (None: either).

    Figures with a role in `not_as` and without a noun take the measure of another figure, not this.
    """

    read: Construction
    kinds: frozenset[str] = _ALL
    counted: bool | None = None
    not_as: frozenset[str] = frozenset()


class Constructions:
    """The table of constructions."""

    def __init__(self, rules: RuleSet) -> None:
        besides, shares, counts, elided = Besides(rules), Shares(rules), Counts(rules), Elided(rules)
        lengths, levels, sums = Lengths(rules), Levels(rules), Sums(rules)
        self.besides = besides
        self.wording, self.antecedents = shares.wording, shares.antecedents
        length, money, percentage = frozenset({"timescale"}), frozenset({"money"}), frozenset({"percentage"})
        others = COMPARING_ROLES
        self._table = (
            Step(besides.replaced, counted=False),  # a target of 85% in place of 95% for invoices paid
            Step(besides.respectively),  # results in English and maths were 61% and 58% respectively
            Step(besides.other_end, counted=False),  # rates varied from 21% in Ashby to 48% in Colne
            Step(besides.end_of_movement),  # from 74% to 72.5%
            Step(elided.parallel, counted=False),  # 38 days for flats and 71 days for houses
            Step(elided.in_front, counted=False),  # from Aldermoor 11% were refused, from Carne 6%
            Step(elided.gapped, counted=False),  # social care accounted for £3.1m, schools for £1.6m
            Step(elided.rated, counted=False),  # seven were rated green, five amber
            Step(besides.in_brackets),  # six (43%) of the indicators
            Step(besides.in_brackets_behind, counted=False),  # end of tenancy (36%), family breakdown (24%)
            Step(shares.of_the_whole, counted=False),  # of the 31 schools in the area 27 were full
            Step(shares.part_of_things_before),  # 64 episodes, 12 of them overnight; of which 8 were upheld
            Step(shares.share_of_whole, percentage),  # gas made up 58% of the total
            Step(shares.part_of, _ALL - length, counted=False),  # 95% of families were registered
            Step(besides.brought_to),  # ..., bringing the total to 257
            Step(counts.cases_of, counted=True),  # uniform was given as the reason in 70 cases
            Step(counts.occasions, counted=True),  # the group had met five times
            Step(counts.counted_at_head, counted=True),  # 44 care leavers were in custody
            Step(levels.there_were),  # there were 612 children in care
            Step(levels.named_behind, percentage | money | length, False, others - {"change"}),  # an 18% vacancy rate
            Step(besides.set_against, counted=False),  # against a sector average of 13%
            Step(besides.than, counted=False),  # lower than the 34% of the first quarter
            Step(besides.target_for),  # the target of 95% for calls to be answered
            Step(besides.put_besides),  # leavers moved into work, at 96.7%
            Step(lengths.length_of_time, length),  # assessments were completed within 45 days
            Step(sums.gone_over, money),  # the budget was forecast to overspend by £2.1m
            Step(sums.cost_of, money),  # a place cost £1,060 a week
            Step(shares.rate_among, frozenset({"rate"})),  # 43.7 per 10,000 children subject to a plan
            Step(levels.fronted, counted=False),  # at 94.1%, attendance was above target
            Step(levels.level),  # absence was 6.4%; journeys rose to 6.8 million
            Step(besides.brought_about, money | percentage),  # ..., saving £38k a month
            Step(counts.counted_in_phrase, counted=True),  # transport for 1,043 children would cost
            Step(counts.counted_object, counted=True),  # the group visited eleven homes
            Step(sums.priced, money),  # freeze the price of a permit at £42
            Step(sums.sum_acted_on, _ALL - length),  # the Council had spent £109m on care
            Step(sums.named_before),  # savings of £6.2m had been built in
            Step(shares.left_out, not_as=others),  # five were amber
        )
        self._fitting: dict[tuple[str, bool, str], list[Construction]] = {}

    def label(self, view: View) -> Label | None:
        """What the sentence itself says the figure measures."""
        for construction in self._constructions_for(view.figure.kind, bool(view.noun), view.role):
            label = construction(view)
            if label is not None:
                return label
        return None

    def _constructions_for(self, kind: str, counted: bool, role: str) -> list[Construction]:
        """The constructions that such a figure can stand in, in the order of the table."""
        key = (kind, counted, role)
        if key not in self._fitting:
            self._fitting[key] = [
                step.read
                for step in self._table
                if kind in step.kinds and step.counted in {None, counted} and (counted or role not in step.not_as)
            ]
        return self._fitting[key]
