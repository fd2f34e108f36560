"""How much there is by quarter and by council, of documents in force alone."""

from __future__ import annotations

from minutesminer.link import link


def rows(minutes, query: str) -> list[tuple]:
    return minutes.db.execute(query).fetchall()


def build(minutes) -> None:
    january = minutes.item(
        "AAA-scrutiny", "2024-01-10", "Figures", "It was 40%, against a target of 50%. It was noted."
    )
    march = minutes.item("AAA-scrutiny", "2024-03-31", "Figures", "It was 41% and noted again")
    undated = minutes.item("BBB-panel", None, "Figures", "It was 30%")
    old = minutes.item("BBB-panel", "2023-10-01", "Figures", "It was 14%", superseded_by=march.split(".")[0])
    for item, council in ((january, "AAA"), (march, "AAA"), (undated, "BBB"), (old, "BBB")):
        minutes.db.table("documents").update(item.split(".")[0], {"council_id": council})
    said = {"kind": "percentage", "unit": "%", "comparator": "=", "measure": "the household waste recycling rate"}
    for item, quote, role in (
        (january, "40%", "actual"),
        (january, "50%", "target"),
        (march, "41%", "actual"),
        (undated, "30%", "actual"),
        (old, "14%", "actual"),
    ):
        minutes.record("metrics", item, quote, value=float(quote.rstrip("%")), role=role, **said)
    minutes.record("resolutions", january, "noted", decision="note", outcome="carried")
    minutes.record("resolutions", march, "noted", decision="note", outcome="carried", restates="x")
    minutes.record("follow_ups", march, "again")
    minutes.record("actions", old, "It was", strength="planned")


def test_records_are_counted_by_quarter_for_each_council_and_for_all(minutes) -> None:
    build(minutes)
    link(minutes.db)
    assert rows(minutes, "select * from quarter_counts order by 1, 2, 3, 4") == [
        ("", "", "metric", "percentage", 1),
        ("", "2024-01-01", "follow_up", "", 1),
        ("", "2024-01-01", "metric", "percentage", 3),
        ("", "2024-01-01", "resolution", "note", 1),
        ("", "2024-01-01", "restated", "note", 1),
        ("", "2024-01-01", "target", "missed", 1),
        ("AAA", "2024-01-01", "follow_up", "", 1),
        ("AAA", "2024-01-01", "metric", "percentage", 3),
        ("AAA", "2024-01-01", "resolution", "note", 1),
        ("AAA", "2024-01-01", "restated", "note", 1),
        ("AAA", "2024-01-01", "target", "missed", 1),
        ("BBB", "", "metric", "percentage", 1),
    ]


def test_what_there_is_of_a_council_leaves_out_superseded_documents(minutes) -> None:
    build(minutes)
    link(minutes.db)
    expected = [
        ("AAA", 2, 0, 2, 2, 3, 2, 0, 1, "2024-01-10", "2024-03-31"),
        ("BBB", 1, 0, 1, 1, 1, 0, 0, 0, None, None),
    ]
    assert rows(minutes, "select * from council_counts order by council_id") == expected
    link(minutes.db)
    assert rows(minutes, "select * from council_counts order by council_id") == expected


def test_records_are_counted_by_committee_over_all_years_and_in_each(minutes) -> None:
    build(minutes)
    link(minutes.db)
    assert rows(minutes, "select * from committee_counts order by 1, 2, 3, 4, 5") == [
        ("AAA-scrutiny", "follow_up", 0, "", "", 1),
        ("AAA-scrutiny", "follow_up", 2024, "", "", 1),
        ("AAA-scrutiny", "metric", 0, "percentage", "actual", 2),
        ("AAA-scrutiny", "metric", 0, "percentage", "target", 1),
        ("AAA-scrutiny", "metric", 2024, "", "", 3),
        ("AAA-scrutiny", "resolution", 0, "note", "", 2),
        ("AAA-scrutiny", "resolution", 2024, "", "", 2),
        ("BBB-panel", "metric", 0, "percentage", "actual", 1),
    ]
