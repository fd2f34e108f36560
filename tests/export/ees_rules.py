"""The rules of the data standard of Explore Education Statistics, for files that this project writes.

There is no validator for Python. The rules are those of the standard (STANDARD) and of the Department for Education's
own screener in R (https://github.com/dfe-analytical-services/eesyscreener, whose function is named beside each).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

STANDARD = "https://dfe-analytical-services.github.io/analysts-guide/statistics-production/ud.html"

Rows = list[dict[str, str]]

_MONTHS = "January February March April May June July August September October November December".split()
# STANDARD, "List of allowable time values": those of one row may be mixed (precheck_time_id_mix).
_TIMES = [
    *({name} for name in ("Calendar year", "Reporting year", "Academic year", "Financial year", "Tax year")),
    {f"Financial year Q{number}" for number in (1, 2, 3, 4)},
    {"Part 1 (April to September)", "Part 2 (October to March)"},
    {"Autumn term", "Spring term", "Summer term"},
    {"Autumn and spring term"},
    set(_MONTHS),
    {f"Week {number}" for number in range(1, 53)},
]
_FOUR_DIGITS = {"Calendar year", "Reporting year", *_MONTHS, *_TIMES[-1]}
_META = [
    *("col_name", "col_type", "label", "indicator_grouping", "indicator_unit", "indicator_dp", "filter_hint"),
    "filter_grouping_column",
]
# STANDARD, "Allowable geographic levels".
_LEVELS = {
    "Local authority": ("old_la_code", "new_la_code", "la_name"),
    "Local authority district": ("lad_code", "lad_name"),
}
_AREA = (*("country_code", "country_name", "region_code", "region_name"), *_LEVELS["Local authority"])
_TIME_AND_AREA = ("time_period", "time_identifier", "geographic_level", *_AREA, *_LEVELS["Local authority district"])
_OBSOLETE = {"", "N/A", "n/a", ":", "-", "~", "..", "*"}
_SYMBOLS = {"z", "x", "c", "low", "u"}


def read(path: Path) -> Rows:
    """The rows of a CSV file in UTF-8."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def columns(path: Path) -> list[str]:
    """The headings of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def broken_rules(data_file: Path) -> list[str]:
    """What is wrong with a data file and the metadata file beside it."""
    meta_file = data_file.with_suffix(".meta.csv")
    if not meta_file.exists():
        return ["there is no metadata file of the same name"]  # check_filenames_match
    data, meta = read(data_file), read(meta_file)
    return [
        *_names(data_file, meta_file),
        *_times(data),
        *_areas(data),
        *_meta(meta),
        *_filters(data, meta),
        *_indicators(data, meta),
    ]


def _names(data_file: Path, meta_file: Path) -> Iterator[str]:
    if not re.fullmatch(r"[a-z0-9_-]{1,50}\.csv", data_file.name):  # check_filename_spaces, check_filename_special
        yield f"the file's name is {data_file.name}"
    headings = columns(data_file)
    if len(set(headings)) < len(headings):  # precheck_col_name_duplicate
        yield "two columns have the same name"
    # STANDARD, "Variable names": snake case, no number first, at most 50 characters (check_col_snake_case)
    yield from (f"column {name}" for name in headings if not re.fullmatch(r"[a-z][a-z0-9_]{0,49}", name))
    # precheck_col_req_data, precheck_col_req_meta
    yield from (f"no column {name}" for name in _TIME_AND_AREA[:5] if name not in headings)
    if columns(meta_file) != _META:
        yield f"the columns of the metadata are {columns(meta_file)}"
    rows = read(data_file)
    yield from (f"column {name} is empty" for name in headings if rows and not any(row[name] for row in rows))


def _times(data: Rows) -> Iterator[str]:
    found = {row["time_identifier"] for row in data}
    if found and not any(found <= allowed for allowed in _TIMES):
        yield f"times {sorted(found)} may not stand in one file"
    for row in data:
        period, digits = row["time_period"], 4 if row["time_identifier"] in _FOUR_DIGITS else 6
        if not re.fullmatch(rf"\d{{{digits}}}", period):  # check_time_period
            yield f"{row['time_identifier']} {period}"
        elif digits == 6 and int(period[4:]) != (int(period[2:4]) + 1) % 100:  # check_time_period_six
            yield f"{period} are not consecutive years"


def _areas(data: Rows) -> Iterator[str]:
    codes: dict[str, set[str]] = {}
    for row in data:
        level = row["geographic_level"]
        if level not in _LEVELS:  # precheck_geog_level
            yield f"geographic level {level}"
            continue
        if (row["country_code"], row["country_name"]) != ("E92000001", "England"):  # check_geog_country_combos
            yield f"country {row['country_name']}"
        if not re.fullmatch(r"E1200000[1-9]", row["region_code"]) or not row["region_name"]:  # check_geog_region_for_la
            yield f"region {row['region_code']}"
        for other, names in _LEVELS.items():
            # check_geog_level_completed; check_geog_overcompleted_cols (a district's county is not told here)
            filled = [bool(row.get(name)) for name in names]
            if filled != [other == level] * len(names):
                yield f"{level} with {[row.get(name) for name in names]}"
        code, name = _LEVELS[level][-2], _LEVELS[level][-1]
        codes.setdefault(row[code], set()).add(row[name])
    # check_geog_other_dupes: no two places with one code
    yield from (f"code {code} is of {sorted(names)}" for code, names in codes.items() if len(names) > 1)


def _meta(meta: Rows) -> Iterator[str]:
    names = [row["col_name"] for row in meta]
    labels = [row["label"] for row in meta]
    if len(set(names)) < len(names) or len(set(labels)) < len(
        labels
    ):  # check_meta_col_name_dupe, check_meta_dupe_label
        yield "a name or label stands twice in the metadata"
    if not any(row["col_type"] == "Indicator" for row in meta):
        yield "there is no indicator"
    for row in meta:
        is_filter = row["col_type"] == "Filter"
        if row["col_type"] not in ("Filter", "Indicator") or not row["label"] or len(row["label"]) > 80:
            yield f"metadata of {row['col_name']}"  # precheck_meta_col_type, check_meta_label, check_api_char_limit
        if row["indicator_unit"] not in ("", "%", "pp", "£", "£m", "numberstring"):  # check_meta_ind_unit_validation
            yield f"unit {row['indicator_unit']}"
        if row["indicator_dp"] and not row["indicator_dp"].isdecimal():  # check_meta_ind_dp_values
            yield f"decimal places {row['indicator_dp']}"
        spare = ("indicator_grouping", "indicator_unit", "indicator_dp") if is_filter else ("filter_hint",)
        # check_meta_indicator_grouping, check_meta_ind_unit, check_meta_ind_dp_set, check_meta_filter_hint, _fil_grp
        yield from (f"{name} of {row['col_name']}" for name in spare if row[name])
        if row["filter_grouping_column"] and not is_filter:
            yield f"filter_grouping_column of {row['col_name']}"


def _filters(data: Rows, meta: Rows) -> Iterator[str]:
    headings = set(data[0]) if data else set()
    filters = [row["col_name"] for row in meta if row["col_type"] == "Filter"]
    groups = {row["col_name"]: row["filter_grouping_column"] for row in meta if row["filter_grouping_column"]}
    for name in (*filters, *groups.values()):
        if data and name not in headings:  # precheck_cross_meta_to_data, check_meta_fil_grp_match
            yield f"{name} is not in the data"
        values = [row.get(name, "") for row in data]
        # check_filter_blanks, check_filter_whitespace, check_api_char_limit
        yield from (f"{name} {value!r}" for value in values if value != value.strip() or not value or len(value) > 120)
        if len(set(values)) < 2:  # precheck_filter_not_singular
            yield f"{name} has one level"
    for name, group in groups.items():
        if group in filters:  # check_meta_fil_grp_is_fil
            yield f"{group} is a filter and a group"
        if len({row[group] for row in data}) > len({row[name] for row in data}):  # check_filter_group_level
            yield f"{group} has more levels than {name}"
    told = {*_TIME_AND_AREA, *filters, *groups.values(), *(row["col_name"] for row in meta)}
    # precheck_cross_data_to_meta
    yield from (f"{name} is not told of" for name in headings - told if len({row[name] for row in data}) > 1)
    # check_general_dupes: one row for each time, area and filters
    keys = [tuple(row.get(name, "") for name in (*_TIME_AND_AREA, *filters, *groups.values())) for row in data]
    if len(set(keys)) < len(keys):
        yield "two rows are of the same observation"
    # check_filter_ob_total
    yield from ("a total" for row in data if {row.get(name, "").lower() for name in _TIME_AND_AREA} & {"total", "all"})


def _indicators(data: Rows, meta: Rows) -> Iterator[str]:
    indicators = [row["col_name"] for row in meta if row["col_type"] == "Indicator"]
    for row in data:
        for name in indicators:
            value = row.get(name, "")
            # check_ind_blanks, check_ind_obsolete_symbols; STANDARD, "Data symbols" and "Indicators": no commas
            if value in _OBSOLETE or not (value in _SYMBOLS or re.fullmatch(r"-?\d+(\.\d+)?", value)):
                yield f"{name} is {value!r}"
