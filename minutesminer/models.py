"""What flows between the stages: documents of items in, records out.

`Document` is what `parse` gives and `mine` takes; the four record classes are what `mine` gives and
`store` takes. Field names are those of the annotation guideline and of the database columns.
All offsets are half-open character ranges into `Item.text`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal[
    "ok",  # minutes were found and read
    "empty",  # the file holds nothing
    "no_text",  # a PDF of pictures: there is no text layer
    "no_minutes",  # readable, but an agenda or a page without minutes
    "not_published",  # a meeting whose minutes are still to come
    "cancelled",  # a meeting that was called off
    "encrypted",  # a PDF that asks for a password
    "unsupported",  # a format that is not read (Word, images ...)
    "damaged",  # the format is known but the bytes cannot be read
    "bad_manifest",  # what the manifest says of the file cannot be used
    "failed",  # the program itself failed on it
    # What fetching an address may give instead of minutes:
    "blocked",  # the site refuses programs: 401, 403, 429 to the last, or a challenge page
    "disallowed",  # robots.txt forbids it
    "unrecognised",  # an answer, but not of the kind that was asked for
    "gone",  # 404 or 410
    "timeout",  # no whole answer within the limit
    "too_large",  # more bytes than are taken
    "wrong_council",  # the site names another council
    "unreachable",  # no such host, a refused or dropped connection, a certificate that cannot be verified
    "server_error",  # 5xx to the last
    "off_site",  # it leads to another host than the council's own, to a private address, or round in a circle
    "scheduled",  # a meeting that is still to be held
]

Purpose = Literal[
    "robots",  # robots.txt
    "front",  # the page by which a site names its council
    "committees",  # a list of committees
    "meetings",  # a list of meetings
    "meeting",  # a meeting as the council's web service gives it
    "page",  # a web page of a meeting, or one with links to minutes
    "document",  # printed minutes, or another file
]

How = Literal[
    "service",  # the council's web service gave the minutes
    "page",  # a web page holds them
    "printed",  # a document linked on the meeting's own page
    "attached",  # a document attached to a later meeting, which approved them
    "listed",  # an address that the user gave, or a link on a page of links
]

SectionKind = Literal["background", "decision", "minutes"]


@dataclass(slots=True)
class Given:
    """What the user or a manifest says of a file; it fills what the file itself does not state."""

    council: str | None = None
    committee: str | None = None
    date: str | None = None  # ISO
    url: str | None = None


@dataclass(slots=True)
class Attendee:
    """One person named in the attendance: `role` as printed (`Chair`, `Director of ...`), or None."""

    name: str
    role: str | None = None
    status: Literal["present", "absent", "apologies", "substitute", "in attendance", "expected"] = "present"


@dataclass(slots=True)
class Meeting:
    """One meeting. `council` and `committee` are names as printed, `date` is ISO, `time` is `HH:MM`."""

    council: str | None = None
    committee: str | None = None
    date: str | None = None
    time: str | None = None
    venue: str | None = None
    status: str | None = None
    url: str | None = None
    attendance: list[Attendee] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """A part of an item's text: the agenda's own words, the decision printed apart, or the minutes."""

    kind: SectionKind
    start: int
    end: int


@dataclass(slots=True)
class Link:
    """A document that goes with an item: a report, an appendix, printed minutes."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a page of a printed document begins in an item's text: its number from 1, and an offset."""

    page: int
    start: int


@dataclass(slots=True)
class Item:
    """One agenda item. `text` is clean text: one block (paragraph, bullet, limb, heading) a line.

    `sections` covers the text where the source tells its parts apart, and is empty where all of it
    is minutes. `meeting` is the index into `Document.meetings`. `procedural` names the kind of
    standing item (`apologies`, `declarations`, `previous_minutes`, ...) or is None. `page` is the page, from 1, on
    which the item begins, and `pages` say where in its text each page begins, the first at 0; of a source without
    pages, or of which they are not known, they are None and empty.
    """

    position: int
    text: str
    number: str | None = None
    title: str | None = None
    url: str | None = None
    procedural: str | None = None
    meeting: int = 0
    sections: list[Section] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    page: int | None = None
    pages: list[PageStart] = field(default_factory=list)

    def page_at(self, offset: int) -> int | None:
        """The page on which the character at an offset of the text is printed; None where pages are not known."""
        return next((each.page for each in reversed(self.pages) if each.start <= offset), None)


@dataclass(slots=True)
class Issue:
    """Something that went wrong with a document: `code` is stable, `message` says what to do."""

    stage: Literal["fetch", "parse", "mine", "store", "link"]
    code: str
    message: str


@dataclass(slots=True)
class Document:
    """One file or page, read. `id` is the first twelve hex digits of the sha256 of its bytes."""

    id: str
    source: str
    media_type: str
    size: int
    outcome: Outcome = "ok"
    fetched_at: str | None = None
    meetings: list[Meeting] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Fetched:
    """One request and what came of it: a row of the archive's manifest.

    `fetched_at` is ISO (UTC), `size` in bytes, `sha256` that of the bytes kept (None where there are none). `headers`
    are those of the answer that matter, by their names in small letters. `unchanged` is `ok` with the bytes of the
    time before. `attempts` counts the requests sent, redirects and retries included.
    """

    address: str
    purpose: Purpose
    outcome: Outcome | Literal["unchanged"]
    fetched_at: str
    council_id: str | None = None
    final_address: str | None = None
    status: int | None = None
    media_type: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    size: int = 0
    sha256: str | None = None
    attempts: int = 0
    message: str | None = None


@dataclass(slots=True, kw_only=True)
class ListedMeeting:
    """A meeting that a council's site lists, and what became of its minutes.

    `id` is the council's code and the site's own key (`ISL-4967`); `committee` is named as listed and `committee_key`
    is the site's key of it; `date` is ISO. `outcome` is None until the minutes were asked for. `address` and `sha256`
    are those of the answer that says most, and `how` says where minutes came from.
    """

    id: str
    council_id: str
    committee: str | None = None
    committee_key: str | None = None
    date: str | None = None
    time: str | None = None
    status: str | None = None
    url: str | None = None
    outcome: Outcome | None = None
    how: How | None = None
    address: str | None = None
    sha256: str | None = None
    asked_at: str | None = None
    message: str | None = None


@dataclass(slots=True, kw_only=True)
class Record:
    """What every record has: where it stands, the sentence around it, and the rule that found it."""

    quote: str
    sentence: str
    start_char: int
    end_char: int
    rule: str
    review: str | None = None


@dataclass(slots=True, kw_only=True)
class Metric(Record):
    """A stated figure. `value` is in `unit` (`%`, `GBP`, `day` ..., the noun counted)."""

    kind: Literal["percentage", "count", "money", "timescale", "rate", "score"]
    value: float
    value_max: float | None = None
    unit: str | None = None
    comparator: Literal["=", "<", "<=", ">", ">=", "~"] = "="
    base: float | None = None
    measure: str | None = None
    role: Literal["actual", "target", "benchmark", "previous", "forecast", "change"] = "actual"
    direction: Literal["up", "down"] | None = None
    period: str | None = None
    period_start: str | None = None
    period_end: str | None = None
    measure_id: str | None = None


@dataclass(slots=True, kw_only=True)
class Resolution(Record):
    """One limb of a decision. `restates` is the limb's number (or `Decision`) that it says again."""

    decision: str
    number: str | None = None
    restates: str | None = None
    mover: str | None = None
    seconder: str | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None
    outcome: Literal["carried", "lost"] = "carried"


@dataclass(slots=True, kw_only=True)
class Action(Record):
    """Something someone is recorded as going to do. `resolution` indexes the item's resolutions."""

    owner: str | None = None
    task: str | None = None
    recipient: str | None = None
    due: str | None = None
    due_date: str | None = None
    strength: Literal["undertaken", "planned"] = "undertaken"
    resolution: int | None = None


@dataclass(slots=True, kw_only=True)
class FollowUp(Record):
    """Something asked to come back. `resolution` indexes the item's resolutions."""

    requester: str | None = None
    request: str | None = None
    due: str | None = None
    due_date: str | None = None
    destination: str | None = None
    resolution: int | None = None


@dataclass(slots=True)
class ItemRecords:
    """All that was mined from one item, each list in the order of the text."""

    metrics: list[Metric] = field(default_factory=list)
    resolutions: list[Resolution] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
