"""The tables that pages and dashboards count from: how much there is, without going through ten million rows.

All of them are derived, and made anew by the link stage.
"""

from __future__ import annotations

from minutesminer.store.described import Table, number, text

COUNT_TABLES: dict[str, Table] = {
    "quarter_counts": Table(
        "How many records there are of the meetings in each quarter, by council and for all councils together.",
        {
            "council_id": text("Id of the council; '' is all councils, and those of none.", required=True),
            "quarter": text("First day of the quarter (ISO); '' where the meeting has no date.", required=True),
            "class": text(
                "`metric`, `resolution`, `restated` (a resolution that says another again), `action`, `follow_up`, or "
                "`target`: an actual with the target stated beside it.",
                required=True,
            ),
            "kind": text(
                "Of a figure its kind, of a resolution its decision, of an action its strength, of a target `met`, "
                "`missed` or `open`; else ''.",
                required=True,
            ),
            "records": number("How many.", required=True),
        },
        key=("council_id", "class", "quarter", "kind"),
    ),
    "committee_counts": Table(
        "How many records there are of each committee: over all years by kind, and in each year.",
        {
            "committee_id": text("Id of the committee.", required=True),
            "class": text("`metric`, `resolution`, `action` or `follow_up`.", required=True),
            "year": number("Calendar year of the meeting; 0 is all years, and meetings without a date.", required=True),
            "kind": text("As in `quarter_counts`; '' is all kinds, in the rows of one year.", required=True),
            "role": text("Of a figure its role; else, and in the rows of one year, ''.", required=True),
            "records": number("How many.", required=True),
        },
        key=("class", "year", "committee_id", "kind", "role"),
    ),
    "council_counts": Table(
        "What the database holds of each council; superseded documents are left out.",
        {
            "council_id": text("Id of the council; '' is documents whose council is not known.", required=True),
            "documents": number("Documents.", required=True),
            "not_read": number("Of those, the ones that could not be read.", required=True),
            "meetings": number("Meetings whose minutes were read.", required=True),
            "items": number("Agenda items.", required=True),
            "figures": number("Figures.", required=True),
            "decisions": number("Resolutions.", required=True),
            "actions": number("Actions.", required=True),
            "follow_ups": number("Follow-ups.", required=True),
            "first_meeting": text("Date of the first of the meetings (ISO)."),
            "last_meeting": text("Date of the last of the meetings (ISO)."),
        },
        key=("council_id",),
    ),
}
