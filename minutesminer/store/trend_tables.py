"""The tables that make series fast: figures with place and date beside them, counted, and against their targets.

All of them are derived from `metrics`, made anew by the link stage, and deleted with the figures. Their indexes are
for ten million figures: one measure by council and date is read from its index alone, and each column that pages
filter by is followed by the date, so that the newest come first without sorting.
"""

from __future__ import annotations

from minutesminer.store.described import Column, Table, number, refers, text

_COUNTED = ("council_id", "year", "kind", "theme", "role")

TREND_TABLES: dict[str, Table] = {
    "series": Table(
        "Figures as points of series: each figure of a document in force, with its place and date beside it.",
        {
            "metric_id": refers("metrics.id", "The figure.", cascade=True, index=False),
            "measure_id": refers("measures.id", "The catalogued measure.", required=False, cascade=True, index=False),
            "theme": text("Theme of the measure."),
            "council_id": refers("councils.id", "The council.", required=False, cascade=True, index=False),
            "committee_id": refers("committees.id", "The committee.", cascade=True, index=False),
            "meeting_id": text("Id of the meeting.", required=True),
            "date": text("Date of the meeting (ISO).", index=True),
            "year": number("Calendar year of the meeting."),
            "kind": text("Kind of figure, as in `metrics`.", required=True),
            "role": text("Role of the figure, as in `metrics`.", required=True),
            "unit": text("Unit of the values."),
            "comparator": text("`=`, `<`, `<=`, `>`, `>=`, or `~` for about.", required=True),
            "value": Column("REAL", "The number; for a range its lower end.", required=True),
            "value_max": Column("REAL", "The upper end of a range."),
            "direction": text("`up` or `down`, where the minutes say that this figure rose or fell."),
            "period": text("The period the figure is for, as worded."),
            "period_start": text("First day of the period (ISO)."),
            "period_end": text("Last day of the period (ISO)."),
        },
        key=("metric_id",),
        indexes=(
            ("measure_id", "council_id", "date", "role", "unit", "value", "period_start", "period_end"),
            ("measure_id", "date"),
            ("council_id", "date"),
            ("committee_id", "date"),
            ("year", "date"),
            ("kind", "date"),
            ("theme", "date"),
            ("role", "date"),
            ("kind", "unit", "-value"),
        ),
    ),
    "figure_counts": Table(
        "How many figures there are in `series`, by council and for all councils together.",
        {
            "council_id": text("Id of the council; '' is all councils, and those of none.", required=True),
            "year": number("Calendar year of the meeting; 0 where it has no date.", required=True),
            "kind": text("Kind of figure.", required=True),
            "theme": text("Theme of the measure; '' where the figure has none.", required=True),
            "role": text("Role of the figure.", required=True),
            "figures": number("How many.", required=True, unit="figures"),
        },
        key=_COUNTED,
        indexes=(("council_id", "figures"), ("theme", "council_id", "figures")),
    ),
    "period_values": Table(
        "What each council said last of a measure and a period: one actual of `series` for each, those of one unit.",
        {
            "metric_id": refers("metrics.id", "The figure.", cascade=True, index=False),
            "measure_id": refers("measures.id", "The catalogued measure.", cascade=True, index=False),
            "council_id": refers("councils.id", "The council.", required=False, cascade=True),
            "period_label": text("The period in a form that compares; empty where the meeting has no date either."),
            "period_type": text("What `period_label` is: `financial_year`, `quarter` ..."),
            "value": Column("REAL", "The number; for a range its lower end.", required=True),
            "unit": text("Unit of the value."),
            "date": text("Date of the meeting that stated it last (ISO).", index=True),
            "statements": number("How many figures of the measure the council states for the period.", required=True),
        },
        key=("metric_id",),
        indexes=(("measure_id", "period_type", "period_label"), ("measure_id", "council_id")),
    ),
    "against_target": Table(
        "Actual figures and the target stated beside each: of the same measure, kind and unit in the same agenda item.",
        {
            "metric_id": refers("metrics.id", "The actual figure.", cascade=True, index=False),
            "target_id": refers("metrics.id", "The target.", cascade=True),
            "measure_id": refers("measures.id", "Measure of the actual.", required=False, cascade=True, index=False),
            "theme": text("Its theme."),
            "council_id": refers("councils.id", "The council.", required=False, cascade=True, index=False),
            "committee_id": refers("committees.id", "The committee.", cascade=True),
            "date": text("Date of the meeting (ISO).", index=True),
            "year": number("Calendar year of the meeting."),
            "gap": Column("REAL", "Actual less target, in the unit of both.", required=True),
            "missed": number(
                "1 where the actual is on the wrong side of the target, 0 where it is not; empty where the catalogue "
                "does not say which is better, or the wording (`over 90%`) leaves it open."
            ),
            "shortfall": Column("REAL", "Of a target that was missed, by what share of it (0.1 is a tenth)."),
        },
        key=("metric_id",),
        indexes=(
            ("missed", "date"),
            ("missed", "shortfall"),
            ("measure_id", "date"),
            ("council_id", "date"),
            *(("missed", column, "date") for column in ("measure_id", "theme", "council_id", "committee_id", "year")),
        ),
    ),
}
