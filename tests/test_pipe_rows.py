"""Tables drawn with pipes: rows of figures name their columns, other tables stay as they are."""

from __future__ import annotations

import pytest

from minutesminer import mine
from minutesminer.pipe_rows import name_columns
from minutesminer.text import clean

BUDGET = """Text before.
| Service | Budget £m | Variance £m |
| --- | --- | --- |
| Adults | 58.2 | +2.7 |
| Parks | 21.4 | |
Text after."""


def test_a_row_of_figures_names_its_columns() -> None:
    assert clean(BUDGET) == (
        "Text before.\n"
        "Service: Adults; Budget £m: 58.2; Variance £m: +2.7\n"
        "Service: Parks; Budget £m: 21.4\n"
        "Text after."
    )


def test_rewritten_rows_are_left_alone_the_second_time() -> None:
    assert name_columns(name_columns(BUDGET)) == name_columns(BUDGET)


@pytest.mark.parametrize(
    "text",
    [
        "| No. | Item |\n| --- | --- |\n| 8. | Minutes of the last meeting |",
        "| For | Against |\n| --- | --- |\n| 7 | 2 |",
        "| Service | Budget |\n| Adults | 58.2 |",
        "A line | with a bar",
        "| Name | Role |\n| --- | --- |\n| Ash | Chair |",
    ],
)
def test_a_table_without_labelled_figures_stays(text: str) -> None:
    assert name_columns(text) == text


def test_sums_in_a_table_are_read_with_their_scale_and_part() -> None:
    found = mine.mine_text(mine.load(), clean(BUDGET)).metrics
    assert [(m.quote, m.value, m.role) for m in found] == [
        ("58.2", 58_200_000, "target"),
        ("+2.7", 2_700_000, "actual"),
        ("21.4", 21_400_000, "target"),
    ]


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        (
            "| Action | Owner | Due |\n| --- | --- | --- |\n| Circulate the data | Clerk | 30 June |\n\nIt was noted.",
            "Action | Owner | Due\nCirculate the data | Clerk | 30 June\nIt was noted.",
        ),
        ("Action | By whom\nShare the map | Mr Ode\nWrite to the Trust | Chair", None),
        ("No. | Agreed action | Lead officer\n1 | Share the map | HF", None),
        ("| For | Against |\n| --- | --- |\n| 7 | 2 |", "For Against\n7 2"),
        ("| Action | Result |\n| --- | --- |\n| Share the map | Done |", "Action Result\nShare the map Done"),
    ],
)
def test_cells_of_a_table_of_actions_stay_apart(raw: str, kept: str | None) -> None:
    assert clean(raw) == (kept or raw)
    assert clean(clean(raw)) == clean(raw)
