"""CSV from the site: nothing in it is a formula, numbers stay numbers, and text stays text, however it is sent."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutesminer.explore.harmless_csv import Rewriter
from minutesminer.export.cells import plain_cell

_CELLS = st.text(alphabet=st.sampled_from([*"=+-@\t\r\n \",;'ab1.é£\u202e"]), max_size=12)


def rewritten(text: str, sizes: list[int]) -> str:
    """The text as it comes out when it goes in in pieces of these sizes in bytes, and then the rest."""
    data, rewriter, out = text.encode(), Rewriter(), b""
    for size in sizes:
        piece, data = data[:size], data[size:]
        out += rewriter.feed(piece)
    return (out + rewriter.feed(data, last=True)).decode()


def as_csv(rows: list[list[str]]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue()


@given(st.lists(st.lists(_CELLS, min_size=1, max_size=4), max_size=5), st.lists(st.integers(0, 9), max_size=9))
def test_cells_come_out_as_they_went_in_but_for_an_apostrophe(rows: list[list[str]], sizes: list[int]) -> None:
    out = rewritten(as_csv(rows), sizes)
    read = list(csv.reader(io.StringIO(out, newline="")))
    assert [[plain_cell(cell) for cell in row] for row in read] == rows
    # A sign alone, as of a comparator, is none.
    assert [cell for row in read for cell in row if len(cell) > 1 and cell[0] in "=@\t\r"] == []


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("@SUM(1)", "'@SUM(1)"),
        ("+1+1", "'+1+1"),
        ("-1+1", "'-1+1"),
        ("\t=1", "'\t=1"),
        ("- a bullet", "'- a bullet"),
        ("-5", "-5"),
        ("-0.25", "-0.25"),
        ("+3", "+3"),
        ("1e-05", "1e-05"),
        ("95%", "95%"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_what_a_spreadsheet_would_run_has_an_apostrophe_and_numbers_have_none(cell: str, written: str) -> None:
    assert rewritten(as_csv([["head"], [cell, "x"]]), []) == as_csv([["head"], [written, "x"]])


def test_a_cell_of_a_megabyte_and_the_words_of_an_error_come_through() -> None:
    long = "=" + "a\n" * 500_000
    assert rewritten(as_csv([[long, "b"]]), [1000]) == as_csv([["'" + long, "b"]])
    assert rewritten('a,b\r\n1,2\r\nno such "table', []) == 'a,b\r\n1,2\r\nno such "table'


def test_csv_of_tables_and_queries_of_ones_own_is_harmless(get: Any) -> None:
    sql = "select '=1+1' as '@head', -5 as number, -1.5 as half, char(9) || '=2' as tab, '-1+1' as sum"
    response = get(f"/minutes.csv?{urlencode({'sql': sql})}")
    streamed = get("/minutes/metrics_view.csv?_stream=on&_size=1&_sort=value&_col=value&_col=quote")
    assert list(csv.reader(io.StringIO(response.text, newline=""))) == [
        ["'@head", "number", "half", "tab", "sum"],
        ["'=1+1", "-5", "-1.5", "'\t=2", "'-1+1"],
    ]
    assert [row["value"] for row in csv.DictReader(io.StringIO(streamed.text))] == ["10.0", "11.0", "14.0", "1250000.0"]


def test_a_page_that_says_what_went_wrong_stays_a_page(get: Any) -> None:
    response = get("/minutes/nothing.csv")
    assert (response.status_code, response.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert response.text.startswith("<!DOCTYPE html>")
