"""Component `minutes_metrics`: figures with their slots."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from minutesminer.mine.engine.ruleset import Reading, RuleSet, rule_set
from minutesminer.mine.figures.figure import Figure
from minutesminer.mine.figures.finder import FigureFinder
from minutesminer.mine.figures.measures import MeasureReader
from minutesminer.mine.figures.periods import PeriodReader
from minutesminer.mine.figures.roles import RoleReader
from minutesminer.mine.review import COUNTED_NOT_FOUND, MEASURE_NOT_FOUND, SIGN_LEFT_OUT
from minutesminer.models import Meeting, Metric


class MetricMiner:
    """Appends a Metric for every figure to the reading's records."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self._finder = FigureFinder(rules)
        self._roles = RoleReader(rules)
        self._periods = PeriodReader(rules)
        self._measures = MeasureReader(rules)

    def __call__(self, doc: Doc) -> Doc:
        reading = self.rules.reading(doc)
        meeting: Meeting | None = doc.user_data.get("meeting")
        reading.records.metrics.extend(self.mine(reading, meeting))
        return doc

    def mine(self, reading: Reading, meeting: Meeting | None) -> list[Metric]:
        """The metrics of a reading, outside agenda background, in the order of the text."""
        words = reading.words
        background = [(s.start, s.end) for s in reading.sections if s.kind == "background"]
        figures = [
            figure
            for figure in self._finder.find(reading)
            if not any(start <= words.start[figure.number] < end for start, end in background)
        ]
        if not figures:
            return []
        roles = self._roles.read(reading, figures)
        periods = self._periods.read(reading, figures, roles, meeting)
        measures = self._measures.read(reading, figures, roles, periods)
        metrics: list[Metric] = []
        for k, figure in enumerate(figures):
            start, end = words.start[figure.start], words.end[figure.end - 1]
            low, high = words.sentences[figure.sentence]
            role, direction = roles[k]
            period = periods[k]
            metrics.append(
                Metric(
                    quote=words.body[start:end],
                    sentence=words.slice(low, high),
                    start_char=start,
                    end_char=end,
                    rule=figure.rule,
                    kind=figure.kind,  # type: ignore[arg-type]
                    value=figure.value,
                    value_max=figure.value_max,
                    unit=figure.unit,
                    comparator=figure.comparator,  # type: ignore[arg-type]
                    base=figure.base,
                    measure=measures[k],
                    role=role,
                    direction=direction,
                    period=period.text if period else None,
                    period_start=period.start if period else None,
                    period_end=period.end if period else None,
                    review=_doubt(figure, measures[k]),
                )
            )
        return metrics


def _doubt(figure: Figure, measure: str | None) -> str | None:
    """Why a person should look at the figure, or None."""
    if measure is None:
        return MEASURE_NOT_FOUND
    if figure.rule == "metrics.count.bare" and figure.kind == "count" and figure.unit is None:
        return COUNTED_NOT_FOUND
    return SIGN_LEFT_OUT if figure.rule == "metrics.money.unsigned" else None


def make_metrics(nlp: Language, name: str, patterns: str | None = None) -> MetricMiner:
    """Factory `minutes_metrics`. `patterns` is another rule folder than the packaged one."""
    return MetricMiner(rule_set(patterns))
