"""The one dictionary of the database: every table and column, said once.

`schema` builds the SQLite tables from it, Datasette shows its descriptions, and
`docs/database.md` is printed from it. The column names are those of the annotation guideline.
"""

from __future__ import annotations

from minutesminer.store.area_tables import AREA_TABLES
from minutesminer.store.count_tables import COUNT_TABLES
from minutesminer.store.described import Column, Table
from minutesminer.store.described import number as _number
from minutesminer.store.described import refers as _refers
from minutesminer.store.described import text as _text
from minutesminer.store.request_table import REQUEST_TABLE
from minutesminer.store.trend_tables import TREND_TABLES


def _record_head(letter: str) -> dict[str, Column]:
    """The columns every record starts with; `letter` is the class's letter in its ids."""
    return {
        "id": _text(f"Item and place in its text: `<item>.{letter}<start>-<end>`.", required=True),
        "item_id": _refers("items.id", "The agenda item the record was found in.", cascade=True),
        "document_id": _refers("documents.id", "The document the record was found in."),
        "meeting_id": _refers("meetings.id", "The meeting the item was taken at."),
    }


def _record_tail() -> dict[str, Column]:
    return {
        "quote": _text("The words that carry the record, as they stand in the item's text.", required=True),
        "sentence": _text("The sentence, bullet or limb around the quote.", required=True),
        "start_char": _number("Where the quote starts in the item's text.", required=True, unit="characters"),
        "end_char": _number("Where the quote ends (one past its last character).", required=True, unit="characters"),
        "rule": _text("The rule that found the record.", required=True, index=True),
        "review": Column(
            "TEXT", "Why a person should look at the record; empty where nothing looks doubtful.", index=True, rare=True
        ),
    }


_DUE = {
    "due": _text("When, as worded in the minutes."),
    "due_date": _text("When, as an ISO date, where the wording gives one.", index=True),
}

TABLES: dict[str, Table] = {
    "councils": Table(
        "Councils that the documents belong to.",
        {
            "id": _text(
                "Three-letter code of the council register (`ISL`); for a council that is not in it, its "
                "name in lower case with hyphens.",
                required=True,
            ),
            "name": _text("Name of the council.", required=True, index=True),
            "gss_code": _text("Code of the Office for National Statistics (`E09000019`)."),
            "nation": _text("`England`, `Northern Ireland`, `Scotland` or `Wales`.", index=True),
            "type": _text("Type of authority (`London borough`, `district` ...).", index=True),
            "platform": _text("The software of the council's meetings site."),
            "website": _text("The council's website."),
        },
    ),
    "committees": Table(
        "Committees, sub-committees, panels, boards and the council itself.",
        {
            "id": _text("Council and name: `ISL-childrens-services-scrutiny-committee`.", required=True),
            "council_id": _refers("councils.id", "The council; empty where it is not known.", required=False),
            "name": _text("Name as printed, capitals made small; empty where no document states it."),
            "kind": _text("`scrutiny`, `executive`, `council`, `audit`, `regulatory` or `other`.", index=True),
        },
    ),
    "meetings": Table(
        "Meetings of committees. Documents of one committee and date share a meeting.",
        {
            "id": _text("Committee and date; without a date, committee, `undated` and the document.", required=True),
            "committee_id": _refers("committees.id", "The committee that met."),
            "date": _text("Date of the meeting (ISO); empty where it is not known."),
            "time": _text("Start, HH:MM."),
            "venue": _text("Where the committee met."),
            "status": _text("Status as printed (`Cancelled` ...), empty for a meeting held."),
            "url": _text("Page of the meeting."),
        },
        indexes=(("date", "committee_id"),),
    ),
    "documents": Table(
        "Files and pages that were read, and those that could not be.",
        {
            "id": _text(
                "First twelve hexadecimal digits of the sha256 of the bytes; of the address, where that gave none.",
                required=True,
            ),
            "source": _text("Address or path, as given; `-` is standard input.", required=True, index=True),
            "media_type": _text("Media type found by looking at the bytes.", required=True),
            "fetched_at": _text("When it was last asked for (ISO, UTC); empty for files."),
            "size": _number("Size of the file or page.", required=True, unit="bytes"),
            "council_id": _refers("councils.id", "The council; empty where it is not known.", required=False),
            "outcome": _text(
                "`ok`, `empty`, `no_text` (a scan), `no_minutes` (an agenda), `not_published`, `cancelled`, "
                "`encrypted`, `unsupported`, `damaged`, `bad_manifest` or `failed` (the program itself failed on it); "
                "of an address that could not be fetched `blocked`, `disallowed` (by robots.txt), `unrecognised`, "
                "`gone`, `timeout`, `too_large`, `wrong_council`, `unreachable`, `server_error` or `off_site`.",
                required=True,
                index=True,
            ),
            "error": _text("Why the document was not read and what to do about it; empty when it was."),
            "rules_sha256": _text("The rules whose records are stored, as a sha256 over the rule files."),
            "superseded_by": _refers(
                "documents.id",
                "The later document of the same source. Rows stay, but views and searches leave them out.",
                required=False,
            ),
        },
    ),
    "items": Table(
        "Agenda items: the unit of mining, with the text that was mined.",
        {
            "id": _text("Document and position: `<document>.<position>`.", required=True),
            "document_id": _refers("documents.id", "The document the item stands in."),
            "meeting_id": _refers("meetings.id", "The meeting the item was taken at."),
            "position": _number("Position in the document, from 0.", required=True),
            "number": _text("Number as printed (`4.1`, `76`)."),
            "title": _text("Title as printed."),
            "url": _text("Page of the item."),
            "text": _text("The clean text, one block a line. Offsets of the records point into it.", required=True),
            "procedural": _text("The kind of standing item (`apologies`, `declarations` ...), else empty.", index=True),
            "page": _number(
                "Page of the printed document, counted from 1, on which the item begins; empty where that is not known."
            ),
        },
        full_text=("title", "text"),
    ),
    "item_pages": Table(
        "Where each page of a printed document begins in the text of its items: a record is on the page that begins "
        "last at or before its `start_char`.",
        {
            "item_id": _refers("items.id", "The item.", cascade=True, index=False),
            "start_char": _number("Where the page begins in the item's text.", required=True, unit="characters"),
            "page": _number("The page, counted from 1.", required=True),
        },
        key=("item_id", "start_char"),
    ),
    "links": Table(
        "Documents that go with an item (reports, appendices), as the council's web service lists them.",
        {
            "id": _text("Item and position: `<item>.l<position>`.", required=True),
            "item_id": _refers("items.id", "The item.", cascade=True),
            "document_id": _refers("documents.id", "The document that lists it."),
            "title": _text("Title as printed.", required=True),
            "url": _text("Where it is.", required=True),
        },
    ),
    "attendance": Table(
        "People named in the attendance of a meeting.",
        {
            "meeting_id": _refers("meetings.id", "The meeting.", cascade=True),
            "name": _text("Name as printed.", required=True, index=True),
            "role": _text("Role as printed (`Chair`, `Director of ...`)."),
            "status": _text(
                "`present`, `absent`, `apologies`, `substitute`, `in attendance`, or `expected` before the meeting.",
                required=True,
            ),
            "document_id": _refers("documents.id", "The document that says so."),
        },
        key=("meeting_id", "name", "status"),
    ),
    "measures": Table(
        "The catalogue of measures that figures are matched to.",
        {
            "id": _text("Name of the measure in the catalogue.", required=True),
            "label": _text("Label to show.", required=True),
            "theme": _text("Theme (`children`, `housing` ...).", index=True),
            "unit": _text("Unit of the measure's values."),
            "polarity": _text("`higher` or `lower`, whichever is better; empty where neither is."),
            "names": _text("Wordings by which it is known, joined by `; `."),
            "identifier": _text("Number of the public indicator (`NI 191`, `TP01` ...), where it is one."),
            "identifier_source": _text("Address of the page that gives the identifier."),
        },
    ),
    "metrics": Table(
        "Figures: how many, what share, how much, how long, how often.",
        {
            **_record_head("m"),
            "kind": _text("`percentage`, `count`, `money`, `timescale`, `rate` or `score`.", required=True, index=True),
            "value": Column("REAL", "The number; for a range its lower end.", required=True),
            "value_max": Column("REAL", "The upper end of a range."),
            "unit": _text("`%`, `GBP`, `day`, `week`, `month`, `year` ..., or the noun counted.", index=True),
            "comparator": _text("`=`, `<`, `<=`, `>`, `>=`, or `~` for about.", required=True),
            "base": Column("REAL", "The denominator, where stated: 17 in `fourteen of the seventeen`."),
            "measure": _text("What the figure measures, as the minutes word it.", index=True),
            "role": _text(
                "`actual`, `target`, `benchmark`, `previous`, `forecast` or `change`.",
                required=True,
                index=True,
            ),
            "direction": _text("`up` or `down`, where the minutes say that this figure rose or fell."),
            "period": _text("The period the figure is for, as worded."),
            "period_start": _text("First day of the period (ISO)."),
            "period_end": _text("Last day of the period (ISO)."),
            "measure_id": _refers("measures.id", "The catalogued measure.", required=False),
            **_record_tail(),
        },
        full_text=("quote", "sentence"),
    ),
    "resolutions": Table(
        "Decisions of the committee, one row a limb.",
        {
            **_record_head("r"),
            "number": _text("The limb's number or letter as printed."),
            "decision": _text(
                "The operative verb: `note`, `agree`, `recommend`, `request` ...", required=True, index=True
            ),
            "restates": _text("The limb that this one says again; such rows repeat a decision."),
            "mover": _text("Who moved it."),
            "seconder": _text("Who seconded it."),
            "votes_for": _number("Votes for.", unit="votes"),
            "votes_against": _number("Votes against.", unit="votes"),
            "abstentions": _number("Abstentions.", unit="votes"),
            "outcome": _text("`carried` or `lost`.", required=True, index=True),
            **_record_tail(),
        },
        full_text=("quote", "sentence"),
    ),
    "actions": Table(
        "What someone is recorded as going to do after the meeting.",
        {
            **_record_head("a"),
            "resolution_id": _refers("resolutions.id", "The limb that carries the action.", required=False),
            "owner": _text("Who does it, as worded.", index=True),
            "task": _text("What is to be done."),
            "recipient": _text("For or to whom."),
            **_DUE,
            "strength": _text(
                "`undertaken` (promised to the committee) or `planned` (a service says what it means to do).",
                required=True,
                index=True,
            ),
            **_record_tail(),
        },
        full_text=("quote", "sentence"),
    ),
    "follow_ups": Table(
        "What the committee, its chair or a member asks to have come back.",
        {
            **_record_head("f"),
            "resolution_id": _refers("resolutions.id", "The limb that carries the request.", required=False),
            "requester": _text("Who asks, as worded.", index=True),
            "request": _text("What is asked for."),
            **_DUE,
            "destination": _text("Where it should appear (`the work programme` ...)."),
            **_record_tail(),
        },
        full_text=("quote", "sentence"),
    ),
    "evidence": Table(
        "Later items that may answer an action or a follow-up.",
        {
            "record_id": _text("The action or follow-up.", required=True, index=True),
            "item_id": _refers("items.id", "The later item.", cascade=True),
            "score": Column("REAL", "How well the item fits, 0 to 1.", required=True),
            "says": _text(
                "`answers`, `outstanding` where it says that nothing had come, or `programme` where it is to come.",
                required=True,
            ),
            "reason": _text("Why it is thought to fit, in words."),
        },
        key=("record_id", "item_id"),
    ),
    "calendar": Table(
        "The days on which committees met or are to meet, from minutes and from councils' lists of meetings.",
        {
            "committee_key": _text("Id of the committee, or what it would be, where it is only listed.", required=True),
            "date": _text("Day of the meeting (ISO).", required=True, index=True),
            "council_id": _text("Id of the council.", index=True),
            "committee": _text("Name of the committee.", required=True),
        },
        key=("committee_key", "date"),
    ),
    "threads": Table(
        "Actions and follow-ups as they are followed up: which are the same, when each is due, and who is meant.",
        {
            "record_id": _text("The action or follow-up.", required=True),
            "first_id": _text("The first that asks for the same thing; itself, where none did before.", index=True),
            "due_date": _text("The day on which it is due (ISO), by its wording and the calendar of meetings."),
            "due_source": _text(
                "`wording`, or the meeting that the wording means: `next_meeting`, `named_meeting`, `month_meeting`."
            ),
            "due_reason": _text("How the day was found, or why none was."),
            "who_is": _text("The person or post that the owner's or requester's wording means, where that is clear."),
        },
        key=("record_id",),
    ),
    "requests": REQUEST_TABLE,
    "issues": Table(
        "What went wrong with a document or a manifest.",
        {
            "id": _text("Where and what went wrong; the same trouble has the same id.", required=True),
            "document_id": _refers("documents.id", "The document, where its bytes could be had.", required=False),
            "source": _text("The file it is about.", required=True, index=True),
            "stage": _text("`fetch`, `parse`, `mine`, `store` or `link`.", required=True),
            "code": _text("Stable name of the trouble.", required=True, index=True),
            "message": _text("What happened and what to do.", required=True),
        },
    ),
    "listed_meetings": Table(
        "Meetings that councils' sites list, and what became of their minutes: what there is, beside what was read.",
        {
            "id": _text("The council's code and the site's own key: `ISL-4967`.", required=True),
            "council_id": _refers("councils.id", "The council."),
            "committee": _text("The committee as the site lists it; empty where it lists documents only.", index=True),
            "date": _text("Date of the meeting (ISO); empty where it is not listed.", index=True),
            "time": _text("Start, HH:MM."),
            "status": _text("Status as the site has it, in small letters."),
            "url": _text("Page of the meeting, or the document listed."),
            "outcome": _text(
                "`ok` (its minutes are there), `not_published`, `no_minutes`, `cancelled`, `scheduled` (to come), "
                "or why they could not be had, as in `documents`; empty where they were not asked for yet.",
                index=True,
            ),
            "how": _text(
                "Where the minutes were: `service`, `page`, `printed` (a document on the meeting's page), `attached` "
                "(to a later meeting) or `listed` (an address given, or a link)."
            ),
            "document_id": _refers("documents.id", "What was read of it.", required=False),
            "asked_at": _text("When its minutes were last asked for (ISO, UTC)."),
            "message": _text("What is to be said of the outcome."),
        },
    ),
    "fetches": Table(
        "Addresses that were asked for, each with what came of the last request to it.",
        {
            "id": _text("First twelve hexadecimal digits of the sha256 of the address.", required=True),
            "council_id": _refers("councils.id", "The council whose site it is; empty for robots.txt.", required=False),
            "address": _text("The address asked for.", required=True),
            "final_address": _text("The address that answered, after redirects."),
            "purpose": _text(
                "`robots`, `front` (where a site names its council), `committees`, `meetings`, `meeting`, `page` or "
                "`document`.",
                required=True,
                index=True,
            ),
            "outcome": _text(
                "As in `listed_meetings`, of the one answer; `unchanged` is `ok` with the bytes of the time before.",
                required=True,
                index=True,
            ),
            "fetched_at": _text("When it was asked for (ISO, UTC).", required=True),
            "status": _number("The status of HTTP (200, 404 ...); empty where nothing answered."),
            "media_type": _text("The media type that the site declares."),
            "size": _number("Size of the answer.", required=True, unit="bytes"),
            "sha256": _text("The bytes in the archive."),
            "document_id": _refers("documents.id", "The document read from the answer.", required=False),
            "message": _text("What is to be said of the outcome."),
        },
    ),
    "runs": Table(
        "Runs of the program over documents.",
        {
            "id": _text("Number of the run: `run-00001`, `run-00002` ...", required=True),
            "started": _text("When it started (ISO, UTC).", required=True),
            "finished": _text("When it ended (ISO, UTC); empty for a run that was cut short."),
            "version": _text("Version of minutesminer.", required=True),
            "patterns_sha256": _text("The rules, as a sha256 over the rule files.", required=True),
            "spacy_version": _text("Version of spaCy.", required=True),
            "files": _number("Files that were looked at."),
            "documents": _number("Documents read."),
            "not_read": _number("Files that could not be read."),
            "items": _number("Agenda items of the documents read."),
            "metrics": _number("Figures found."),
            "resolutions": _number("Resolutions found."),
            "actions": _number("Actions found."),
            "follow_ups": _number("Follow-ups found."),
            "seconds": Column("REAL", "How long it took.", unit="seconds"),
        },
    ),
    **TREND_TABLES,
    **COUNT_TABLES,
    **AREA_TABLES,
}

RECORD_TABLES = ("metrics", "resolutions", "actions", "follow_ups")
