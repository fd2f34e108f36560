"""Figures and the catalogue of measures: which wording is which measure, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutesminer import resources
from minutesminer.errors import RuleError
from minutesminer.link import link
from minutesminer.link.catalogue import load_catalogue
from minutesminer.link.measures import match_measure
from minutesminer.link.words import stems
from minutesminer.store.schema import migrate
from minutesminer.store.tables import TABLES

ENTRY = "- {id: x, label: X, unit: '%', polarity: null, names: [cats fed]}\n"

THEMES = {
    *("children", "schools", "adults", "health", "housing", "planning", "environment", "transport", "safety"),
    *("culture", "economy", "finance", "workforce", "customers", "democracy"),
}


@pytest.mark.parametrize(
    ("wording", "kind", "unit", "measure"),
    [
        ("vacancy rate in the service", "percentage", "%", "vacancy-rate"),
        ("Harrow’s schools rated as good or above", "percentage", "%", "schools-good-or-outstanding"),
        ("schools rated as inadequate", "percentage", "%", None),
        ("schools rated as good or above", "count", "schools", None),
        (
            "percentage of assessments completed within 45 days",
            "percentage",
            "%",
            "assessments-within-45-days",
        ),
        ("assesments completed within 45 days", "percentage", "%", "assessments-within-45-days"),
        ("average timescale for concluding proceedings", "timescale", "week", "care-proceedings-timescale"),
        ("proportion of CLA “staying put”", "percentage", "%", "staying-put"),
        (
            "care leavers aged 19 to 21 in education, employment or training",
            "percentage",
            "%",
            "care-leavers-eet",
        ),
        ("16-18 year olds not in education, employment or training (NEET)", "percentage", "%", "neet"),
        ("children in care", "count", "children", "looked-after-children"),
        ("unaccompanied asylum-seeking children in care", "count", "children", "unaccompanied-children"),
        ("rate of children in care", "rate", "per 10,000", "looked-after-children-rate"),
        ("rate of children in care", "rate", "per 1,000", None),
        ("sickness absence", "rate", "days per FTE", "sickness-absence"),
        ("overspend", "money", "GBP", "overspend"),
        ("overspend on placements", "money", "GBP", None),
        ("average time to answer a 101 call", "timescale", "minute", "police-101-calls"),
        ("", "percentage", "%", None),
    ],
)
def test_wording_kind_and_unit_name_the_measure(wording: str, kind: str, unit: str, measure: str | None) -> None:
    found = match_measure(load_catalogue(resources.folder("patterns")), wording, kind, unit)
    assert (found.id if found else None) == measure


@pytest.mark.parametrize(
    ("sentence", "quote", "role", "measure"),
    [
        (
            "53% of care leavers were in education, employment or training",
            "53%",
            "actual",
            "care-leavers-eet",
        ),
        (
            "53% of care leavers were in education, employment or training; it was 60% before",
            "60%",
            "actual",
            None,
        ),
        (
            "53% of care leavers were in education, employment or training; the target was 60%",
            "60%",
            "target",
            "care-leavers-eet",
        ),
        ("Posts stood vacant, 9% of them", "9%", "actual", None),
        (
            "Care leavers in suitable accommodation and in education, employment or training, 9%",
            "9%",
            "actual",
            None,
        ),
    ],
    ids=["one clause", "another clause", "a target of it", "names of two words", "two measures"],
)
def test_a_figure_without_a_telling_wording_takes_the_one_measure_of_its_clause(
    minutes, sentence: str, quote: str, role: str, measure: str | None
) -> None:
    item = minutes.item("AAA-scrutiny", "2024-01-10", "Figures", sentence)
    minutes.record(
        "metrics",
        item,
        quote,
        kind="percentage",
        unit="%",
        value=1.0,
        comparator="=",
        role=role,
        measure="they",
    )
    link(minutes.db)
    assert minutes.db.execute("select measure_id from metrics").fetchall() == [(measure,)]


def test_a_target_in_a_sentence_of_its_own_is_of_the_measure_of_the_figure_before(minutes) -> None:
    said = "53% of care leavers were in education, employment or training."
    item = minutes.item(
        "AAA-scrutiny", "2024-01-10", "Figures", f"{said} The target was 60%. Then 70%, and 80% before."
    )
    kept = {"kind": "percentage", "unit": "%", "value": 1.0, "comparator": "=", "measure": "they"}
    minutes.record("metrics", item, "53%", **kept, role="actual", sentence=said)
    minutes.record("metrics", item, "60%", **kept, role="target", sentence="The target was 60%.")
    minutes.record("metrics", item, "70%", **kept, role="actual", sentence="Then 70%, and 80% before.")
    minutes.record("metrics", item, "80%", **kept, role="previous", sentence="Then 70%, and 80% before.")
    link(minutes.db)
    found = minutes.db.execute("select quote, measure_id from metrics order by start_char").fetchall()
    assert found == [("53%", "care-leavers-eet"), ("60%", "care-leavers-eet"), ("70%", None), ("80%", None)]


def test_every_name_of_the_catalogue_finds_its_own_measure() -> None:
    catalogue = load_catalogue(resources.folder("patterns"))
    astray = [
        (measure.id, name, found.id if found else None)
        for measure in catalogue.measures
        for name in measure.names
        if (found := match_measure(catalogue, name, min(measure.kinds), measure.unit)) != measure
    ]
    assert astray == []


def test_endings_and_prefixes_do_not_make_another_word() -> None:
    assert stems("Re-referrals of the children’s families") == stems("rereferral child family")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (ENTRY + ENTRY, r"housing\.yaml: measure 'x' is given twice"),
        (ENTRY.replace("label", "title"), r"housing\.yaml: measure 'x': unknown key 'title'"),
        (ENTRY.replace("label: X, ", ""), "measure 'x': key 'label' is missing"),
        (ENTRY.replace("null", "up"), "measure 'x': polarity is higher, lower or null"),
        (ENTRY.replace("cats fed", "16"), "measure 'x': names and unless are lists of text"),
        (
            ENTRY.replace("}", ", identifier: NI 999}"),
            "an identifier and its identifier_source go together",
        ),
        (ENTRY.replace("cats fed", "within"), "measure 'x': 'within' has no word that tells anything"),
        ("x: 1\n", r"housing\.yaml: a file of measures is a list"),
        ("- x\n", r"housing\.yaml: every measure is a mapping"),
    ],
)
def test_a_broken_catalogue_is_refused_with_file_and_entry(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "measures").mkdir()
    (tmp_path / "measures" / "housing.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(RuleError, match=message):
        load_catalogue(tmp_path)


def test_linking_fills_the_measures_and_the_figures_and_forgets_what_no_longer_fits(minutes, tmp_path) -> None:
    item = minutes.item("AAA-scrutiny", "2024-01-10", "Repairs", "Of 90% of repairs, cats fed were 80% here.")
    values = {"kind": "percentage", "unit": "%", "comparator": "=", "role": "actual"}
    minutes.record("metrics", item, "90%", value=90.0, measure="cats fed in time", **values)
    minutes.record("metrics", item, "80%", value=80.0, measure="dogs walked", **values)
    folder = tmp_path / "measures"
    folder.mkdir()
    (folder / "pets.yaml").write_text(ENTRY, encoding="utf-8")
    linked = "select quote, measure_id from metrics order by start_char"
    counts = [link(minutes.db, tmp_path)]
    rows = [minutes.db.execute(linked).fetchall()]
    (folder / "pets.yaml").write_text(ENTRY.replace("id: x", "id: y").replace("cats fed", "dogs walked"), "utf-8")
    counts.append(link(minutes.db, tmp_path))
    rows.append(minutes.db.execute(linked).fetchall())
    assert counts == [{"measures": 1, "evidence": 0, "repeats": 0}] * 2
    assert rows == [[("90%", "x"), ("80%", None)], [("90%", None), ("80%", "y")]]
    assert list(minutes.db["measures"].rows) == [
        {
            **{"id": "y", "label": "X", "theme": "pets", "unit": "%", "polarity": None, "names": "dogs walked"},
            **{"identifier": None, "identifier_source": None},
        }
    ]


def test_names_and_identifier_of_a_measure_are_stored(minutes, tmp_path) -> None:
    (tmp_path / "measures").mkdir()
    entry = ENTRY.replace(
        "[cats fed]", "[cats fed, felines fed], identifier: NI 999, identifier_source: 'https://example.org/ni'"
    )
    (tmp_path / "measures" / "pets.yaml").write_text(entry, encoding="utf-8")
    link(minutes.db, tmp_path)
    said = minutes.db.execute("select names, identifier, identifier_source from measures").fetchall()
    assert said == [("cats fed; felines fed", "NI 999", "https://example.org/ni")]


def test_an_older_database_gets_the_columns(minutes, tmp_path) -> None:
    for column in ("names", "identifier", "identifier_source"):
        minutes.db.execute(f"ALTER TABLE measures DROP COLUMN {column}")
    minutes.db.execute("PRAGMA user_version = 4")
    migrate(minutes.db)
    assert [column.name for column in minutes.db["measures"].columns] == list(TABLES["measures"].columns)


def test_the_catalogue_has_every_theme_and_no_identifier_without_its_page() -> None:
    measures = load_catalogue(resources.folder("patterns")).measures
    assert len(measures) >= 140
    assert {measure.theme for measure in measures} == THEMES
    assert [m.id for m in measures if m.identifier and not str(m.identifier_source).startswith("http")] == []
