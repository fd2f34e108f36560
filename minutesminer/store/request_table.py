"""The table `requests`: what was promised and asked for, with all that the link stage knows of it."""

from __future__ import annotations

from minutesminer.store.described import Column, Table, number, refers, text
from minutesminer.store.place_sql import PAGE_WORDS, URL_WORDS

REQUEST_COLUMNS: dict[str, Column] = {
    "id": text("The action or follow-up.", required=True),
    "first_id": text("The first that asks for the same thing; itself, where none did before.", required=True),
    "class": text("`action` or `follow_up`.", required=True),
    "council": text("Name of the council."),
    "committee": text("Name of the committee."),
    "date": text("Date of the meeting (ISO)."),
    "year": number("Year of the meeting."),
    "who": text("Owner of the action, or requester of the follow-up, as worded."),
    "who_is": text("The person or post that this means, where the documents allow it."),
    "what": text("Task or request."),
    "due": text("When, as worded in the minutes."),
    "due_date": text("When, as an ISO date: by its wording, or the meeting that this means."),
    "due_source": text("`wording`, `next_meeting`, `named_meeting` or `month_meeting`."),
    "meetings_after": number("Meetings of the committee after that, as far as they are known, those to come too."),
    "times_asked": number("How often the same was asked for or promised, in one meeting or several."),
    "last_asked": text("Date of the meeting at which it was last asked for (ISO)."),
    "evidence": text("The later item that fits best: title, date and score."),
    "evidence_item_id": text("Id of that item."),
    "evidence_reason": text("Why it is thought to fit."),
    "title": text("Title of the agenda item."),
    "quote": text("The words that carry the record.", required=True),
    "sentence": text("The sentence around the quote.", required=True),
    "url": text(URL_WORDS),
    "page": number(PAGE_WORDS),
    "review": text("Why a person should look at the record."),
    "item_id": refers("items.id", "The agenda item.", cascade=True),
    "document_id": text("The document.", required=True),
    "meeting_id": text("The meeting.", required=True),
    "committee_id": text("Id of the committee.", required=True, index=True),
    "council_id": text("Id of the council.", index=True),
}

REQUEST_TABLE = Table(
    "Actions undertaken and follow-ups requested, as the last linking found them; `outstanding` is read from it.",
    REQUEST_COLUMNS,
)
