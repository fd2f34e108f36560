"""The components of the mining pipeline by their registered names, in the order in which they run."""

from __future__ import annotations

COMPONENTS = (
    "minutes_sentences",
    "minutes_metrics",
    "minutes_resolutions",
    "minutes_actions",
    "minutes_follow_ups",
)
