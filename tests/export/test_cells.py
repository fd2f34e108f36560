"""Cells of CSV: no formula to a spreadsheet, and the same text again to a program. Synthetic texts."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutesminer.commands.options import as_csv_text
from minutesminer.export.cells import csv_cells, csv_writer, harmless_cell, plain_cell, writable

_SIGNS = "=+-@＝＋－＠"


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://evil.example/","x")',
        "+44 20 7946 0000",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1+1)",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "  =1+1",
        "\u00a0=1+1",
        "'=1+1",
        "''=1+1",
        "＝1+1",
        "=\n",
    ],
)
def test_text_like_a_formula_gets_an_apostrophe_that_can_be_taken_away(text):
    cell = harmless_cell(text)
    assert cell == "'" + writable(text)
    assert plain_cell(cell) == writable(text)


@pytest.mark.parametrize(
    "value", ["95%", "’tis", "'tis", "a=b", "1-2", "", "Panel", None, -3.5, 7, 0, -1, "=", "-", "'="]
)
def test_other_values_stay_as_they_are(value):
    assert harmless_cell(value) is value


@settings(deadline=None)
@given(st.text())
def test_a_cell_never_begins_like_a_formula_and_gives_the_text_again(text):
    cell = harmless_cell(text)
    assert cell.lstrip() in _SIGNS or not cell.lstrip().startswith(tuple(_SIGNS))
    assert not cell.startswith(("\t", "\r", "\n"))
    assert plain_cell(cell) == writable(text)


@settings(deadline=None)
@given(st.text(st.characters()))
def test_writable_text_has_the_same_length_and_is_utf_8(text):
    assert len(writable(text)) == len(text)
    assert writable(text).encode("utf-8").decode("utf-8") == writable(text)


def test_what_no_file_should_hold_becomes_a_replacement_character_in_place():
    assert writable("a\0b\ud800c\x1b[31m\x85\ufffe\r\nd\te") == "a\ufffdb\ufffdc\ufffd[31m\ufffd\ufffd\r\nd\te"


def test_text_is_quoted_so_that_no_other_separator_makes_a_cell_of_its_inside():
    out = io.StringIO()
    writer = csv_writer(out, ["text", "value", "none"])
    writer.writerow(csv_cells(["a;=1+1\tb", -3.5, None]))
    assert out.getvalue() == 'text,value,none\n"a;=1+1\tb",-3.5,\n'


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(), st.none() | st.integers() | st.floats(allow_nan=False)), max_size=3))
def test_csv_of_a_listing_is_read_again_as_it_was(pairs):
    rows = [{"text": text, "value": value} for text, value in pairs]
    read = list(csv.reader(io.StringIO(as_csv_text(rows, ["text", "value"]), newline="")))
    assert read[0] == ["text", "value"]
    assert [(plain_cell(text), value) for text, value in read[1:]] == [
        (writable(text), "" if value is None else str(value)) for text, value in pairs
    ]
