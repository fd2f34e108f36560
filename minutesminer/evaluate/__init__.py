"""The evaluate stage: gold annotation and what was mined in, precision, recall and slot scores out."""

from minutesminer.evaluate.gold import GoldDocument, GoldError, GoldRecord, load_gold
from minutesminer.evaluate.predictions import (
    PredictedDocument,
    predictions_from_db,
    predictions_from_mining,
)
from minutesminer.evaluate.scores import Difference, Scores, SlotError, Tally, differences, score

__all__ = [
    "Difference",
    "GoldDocument",
    "GoldError",
    "GoldRecord",
    "PredictedDocument",
    "Scores",
    "SlotError",
    "Tally",
    "differences",
    "load_gold",
    "predictions_from_db",
    "predictions_from_mining",
    "score",
]
