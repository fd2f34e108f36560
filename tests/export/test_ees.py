"""Files for Explore Education Statistics keep its rules, and hold what is exact enough only. Synthetic minutes."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from ees_rules import broken_rules, read

from minutesminer.export.ees import write_ees
from minutesminer.export.selection import select
from minutesminer.link.areas import link_areas
from minutesminer.link.series import link_series
from minutesminer.resources import folder as data_folder
from minutesminer.store import open_database


@pytest.fixture
def folder(export, tmp_path) -> Path:
    """The files of the hostile minutes."""
    assert export("ees", "--out", tmp_path / "ees").exit_code == 0
    return tmp_path / "ees"


def _data_files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.csv") if not path.name.endswith(".meta.csv"))


def test_every_file_keeps_the_rules(folder):
    assert _data_files(folder) == [
        "figures_calendar_years.csv",
        "figures_financial_years.csv",
        "figures_reporting_years.csv",
    ]
    assert {name: broken_rules(folder / name) for name in _data_files(folder)} == dict.fromkeys(_data_files(folder), [])


def test_a_financial_year_of_a_local_authority(folder):
    assert read(folder / "figures_financial_years.csv") == [
        {
            "time_period": "202223",
            "time_identifier": "Financial year",
            "geographic_level": "Local authority",
            "country_code": "E92000001",
            "country_name": "England",
            "region_code": "E12000007",
            "region_name": "London",
            "old_la_code": "206",
            "new_la_code": "E09000019",
            "la_name": "Islington",
            "theme": "schools",
            "measure": "School attendance",
            "figure_percent": "94.4",  # the word of the later meeting
        }
    ]
    assert read(folder / "figures_financial_years.meta.csv") == [
        _meta("figure_percent", "Indicator", "Percentage", indicator_unit="%", indicator_dp="1")
    ]


def _meta(name: str, type_: str, label: str, **more: str) -> dict[str, str]:
    empty = dict.fromkeys(("indicator_grouping", "indicator_unit", "indicator_dp", "filter_hint"), "")
    return {"col_name": name, "col_type": type_, "label": label, **empty, "filter_grouping_column": "", **more}


def test_a_district_and_figures_in_several_units(folder):
    rows = read(folder / "figures_calendar_years.csv")
    assert [(row["lad_code"], row["lad_name"], row["region_name"]) for row in rows] == [
        ("E07000223", "Adur", "South East")
    ] * 2
    assert [(row["figure_weeks"], row["figure_count"]) for row in rows] == [("z", "61"), ("6", "z")]
    assert rows[1]["measure"].startswith("Time in bed and breakfastbell\ufffd escape")
    assert read(folder / "figures_calendar_years.meta.csv") == [
        _meta("measure", "Filter", "Measure", filter_hint="Filter by what is measured"),
        _meta("figure_weeks", "Indicator", "Time in weeks", indicator_dp="0"),
        _meta("figure_count", "Indicator", "Number", indicator_dp="0"),
    ]


def test_the_year_of_a_day_and_that_of_a_meeting_are_told_apart(folder):
    rows = read(folder / "figures_reporting_years.csv")
    assert [(row["time_period"], row["measure"], row["year_basis"], row["figure_count"]) for row in rows] == [
        ("2023", "'=Children on the list", "Day stated", "412"),
        ("2023", "'=Children on the list", "Year of the meeting", "40"),
    ]
    (basis, _) = read(folder / "figures_reporting_years.meta.csv")
    assert basis == _meta("year_basis", "Filter", "Basis of the year", filter_hint="Filter by its source")


def test_what_is_left_out_is_counted(export, tmp_path):
    done = export("ees", "--out", tmp_path / "ees")
    assert [line.split(None, 1) for line in done.stderr.splitlines()[:-1]] == [
        ["1", "figures financial years"],
        ["2", "figures calendar years"],
        ["2", "figures reporting years"],
        ["3", "left out: council without an English area"],
    ]


def test_minutes_without_a_real_council_give_a_file_without_rows(export, corpus, tmp_path):
    done = export("ees", "--out", tmp_path / "ees", db=corpus)
    assert (done.exit_code, "left out: council without an English area" in done.stderr) == (0, True)
    assert (_data_files(tmp_path / "ees"), read(tmp_path / "ees" / "figures_reporting_years.csv")) == (
        ["figures_reporting_years.csv"],
        [],
    )
    assert broken_rules(tmp_path / "ees" / "figures_reporting_years.csv") == []


_PERIODS = [
    ("2023-04-01", "2024-03-31", "202324", "Financial year"),
    ("1999-04-01", "2000-03-31", "199900", "Financial year"),
    ("2022-09-01", "2023-08-31", "202223", "Academic year"),
    ("2024-01-01", "2024-12-31", "2024", "Calendar year"),
    ("2023-04-01", "2023-06-30", "202324", "Financial year Q1"),
    ("2023-07-01", "2023-09-30", "202324", "Financial year Q2"),
    ("2023-10-01", "2023-12-31", "202324", "Financial year Q3"),
    ("2024-01-01", "2024-03-31", "202324", "Financial year Q4"),
    ("2023-04-01", "2023-09-30", "202324", "Part 1 (April to September)"),
    ("2023-10-01", "2024-03-31", "202324", "Part 2 (October to March)"),
    ("2024-02-01", "2024-02-29", "2024", "February"),
    ("2024-03-31", "2024-03-31", "2024", "Reporting year"),
    (None, None, "2024", "Reporting year"),
    ("2023-04-01", "2023-12-31", None, None),
    ("2023-06-15", "2024-06-14", None, None),
]


@pytest.fixture
def with_figures(hostile, tmp_path):
    """A copy of the hostile minutes whose figures are these: (period start, end, value, meeting, more)."""
    path = tmp_path / "periods.db"
    path.write_bytes(hostile.read_bytes())

    def build(figures):
        with open_database(path, write=True) as db:
            db.execute("DELETE FROM metrics")
            for number, (start, end, value, item, fields) in enumerate(figures):
                row = db.query("SELECT id AS item_id, document_id, meeting_id FROM items WHERE id = ?", [item])
                db.table("metrics").insert(
                    {
                        "id": f"m{number}",
                        **next(iter(row)),
                        **{"kind": "percentage", "value": value, "unit": "%", "comparator": "=", "role": "actual"},
                        **{"period_start": start, "period_end": end, "measure_id": "attendance", "quote": "x"},
                        **{"sentence": "x", "start_char": 0, "end_char": 1, "rule": "made-up", **fields},
                    }
                )
            link_series(db)
            db.conn.commit()
        return path

    return build


def test_periods_become_years_and_parts_of_years(with_figures):
    figures = [(start, end, 50, "adur.0", {}) for start, end, *_ in _PERIODS]
    with open_database(with_figures(figures)) as db:
        rows = db.execute("SELECT metric_id, CAST(time_period AS TEXT), time_identifier FROM ees_view").fetchall()
    told = {f"m{number}": (period, name) for number, (*_, period, name) in enumerate(_PERIODS) if period is not None}
    assert {metric: (period, name) for metric, period, name in rows} == told


def test_all_kinds_of_year_go_to_files_of_their_own(with_figures, tmp_path):
    figures = [(start, end, 50 + number, "adur.0", {}) for number, (start, end, *_) in enumerate(_PERIODS)]
    with open_database(with_figures(figures)) as db:
        (tmp_path / "out").mkdir()
        counts = write_ees(select(db), tmp_path / "out")
    assert counts == {
        "figures_financial_years": 2,
        "figures_academic_years": 1,
        "figures_calendar_years": 1,
        "figures_reporting_years": 2,
        "figures_financial_quarters": 4,
        "figures_financial_halves": 2,
        "figures_months": 1,
        "left out: no year, half, quarter, month or day": 2,
    }
    names = _data_files(tmp_path / "out")
    assert {name: broken_rules(tmp_path / "out" / name) for name in names} == dict.fromkeys(names, [])


def test_the_last_meeting_is_believed_and_one_that_contradicts_itself_is_not(with_figures, tmp_path):
    year = ("2022-04-01", "2023-03-31")
    figures = [
        (*year, 1, "june.0", {}),  # ISL, June
        (*year, 2, "november.0", {}),  # ISL, November: twice the same
        (*year, 2, "november.0", {}),
        (*year, 3, "adur.0", {}),  # Adur: two values in one meeting
        (*year, 4, "adur.0", {}),
        (*year, 5, "adur.0", {"role": "target"}),
        (*year, 6, "adur.0", {"comparator": "<", "measure_id": "stay"}),
        (*year, 7, "adur.0", {"measure_id": None}),
        (None, None, 8, "adur.0", {"measure_id": "stay", "period": "annual"}),
    ]
    with open_database(with_figures(figures)) as db:
        (tmp_path / "out").mkdir()
        counts = write_ees(select(db), tmp_path / "out")
    assert counts == {
        "figures_financial_years": 1,
        "left out: no exact number": 1,
        "left out: no year, half, quarter, month or day": 1,
        "left out: several values for one period": 1,
    }
    (row,) = read(tmp_path / "out" / "figures_financial_years.csv")
    assert (row["la_name"], row["figure_percent"]) == ("Islington", "2")


def test_rules_find_what_is_wrong(folder):
    data = folder / "figures_calendar_years.csv"
    sound = data.read_text(encoding="utf-8")
    wrong = {
        "Calendar year": "Fiscal year",
        "2023,": "202324,",
        "Local authority district": "Parish",
        '"E07000223"': '"E07000223 "',
        "E12000008": "",
        "Adur": "",
        ',"z",61': ",,61",
        "61\n": '"1,061"\n',
        ",6,": ",~,",
        "figure_weeks": "Figure weeks",
        "In bed and breakfast": "",
    }
    assert broken_rules(data) == []
    for before, after in wrong.items():
        assert before in sound
        data.write_text(sound.replace(before, after), encoding="utf-8")
        if before != '"E07000223"':
            assert broken_rules(data) != [], before
    data.write_text(sound + sound.splitlines()[1] + "\n", encoding="utf-8")
    assert broken_rules(data) == ["two rows are of the same observation"]
    meta = folder / "figures_calendar_years.meta.csv"
    data.write_text(sound, encoding="utf-8")
    for before, after in {"Filter": "filter", '"Number"': '"Time in weeks"', ",0,": ",-1,", "Measure": ""}.items():
        kept = meta.read_text(encoding="utf-8")
        meta.write_text(kept.replace(before, after, 1), encoding="utf-8")
        assert broken_rules(data) != [], before
        meta.write_text(kept, encoding="utf-8")


def test_areas_are_whole_and_each_of_the_register_has_one(hostile):
    path = data_folder("patterns") / "councils" / "statistical_areas.csv"
    with path.open(encoding="utf-8", newline="") as file:
        areas = {row["gss_code"]: row for row in csv.DictReader(file)}
    with (path.parent / "councils.csv").open(encoding="utf-8", newline="") as file:
        english = {row["gss_code"] for row in csv.DictReader(file) if row["nation"] == "England"}
    assert english - set(areas) == set()
    assert set(areas) - english == {"E08000038", "E08000039"}
    codes = [row["dfe_code"] for code, row in areas.items() if not code.startswith("E07")]
    assert [code for code in codes if not (len(code) == 3 and code.isdecimal())] == []
    assert len(codes) - len(set(codes)) == 2  # Barnsley and Sheffield, before and after their codes changed
    assert {row["dfe_code"] for code, row in areas.items() if code.startswith("E07")} == {""}
    assert len({(row["region_code"], row["region"]) for row in areas.values()}) == 9
    facts = {"E09000019": ("Islington", "206", "London"), "E10000007": ("Derbyshire", "830", "East Midlands")}
    assert {code: tuple(areas[code][name] for name in ("name", "dfe_code", "region")) for code in facts} == facts


def test_councils_are_joined_to_their_areas(hostile, tmp_path):
    path = tmp_path / "areas.db"
    path.write_bytes(hostile.read_bytes())
    with open_database(path, write=True) as db:
        assert link_areas(db) == 2
        assert db.execute("SELECT council_id, geographic_level, dfe_code FROM areas ORDER BY 1").fetchall() == [
            ("ADU", "Local authority district", None),
            ("ISL", "Local authority", "206"),
        ]
