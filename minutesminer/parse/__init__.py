"""The parse stage: bytes in, a `Document` of agenda items out. No network, no files, no exceptions."""

from __future__ import annotations

import hashlib

from minutesminer.models import Document, Given, Issue, Meeting, Outcome
from minutesminer.parse import councils
from minutesminer.parse.facts import in_small_letters, printed_council
from minutesminer.parse.parts import Parsed, refused
from minutesminer.parse.sections import item_from_text
from minutesminer.parse.sniff import Kind, decode, kind_of
from minutesminer.parse.told import add_told

__all__ = ["item_from_text", "parse"]

LONGEST_ITEM = 1_000_000
"""Characters of one item's text: as many as a spaCy pipeline takes. A book of a meeting has half of it."""

_MEDIA_TYPES: dict[Kind, str] = {
    "pdf": "application/pdf",
    "html": "text/html",
    "xml": "application/xml",
    "text": "text/plain",
    "rtf": "application/rtf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "word": "application/msword",
    "spreadsheet": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
_REFUSED: dict[Kind, tuple[Outcome, str]] = {
    "empty": ("empty", "the file holds nothing; fetch or save it again"),
    "word": ("unsupported", "Word's old format (.doc) is not read; open it in Word and save it as .docx or PDF"),
    "rtf": ("unsupported", "RTF is not read; open it in Word and save it as .docx or PDF"),
    "spreadsheet": ("unsupported", "spreadsheets are not read; give the minutes as PDF, web page or text"),
    "zip": ("unsupported", "an archive inside an archive, or one not named .zip; unpack it and give the files inside"),
    "image": ("unsupported", "pictures are not read; give a PDF with a text layer, or the text"),
    "binary": ("unsupported", "this is not text, a web page or a PDF; check that the right file was saved"),
}


def parse(
    data: bytes, source: str, given: Given | None = None, media_type: str | None = None, ocr: bool = False
) -> Document:
    """The document that `data` holds. `source` (a path or address) only names it in messages.

    `given` fills what the document does not state itself; with `ocr`, the scanned pages of PDFs are read by
    text recognition, which takes seconds a page and programs of the system. Bad input never raises: the document's
    `outcome` says what it is, and an issue names the file and what to do.
    """
    given = given or Given()
    kind = kind_of(data)
    document = Document(
        id=hashlib.sha256(data).hexdigest()[:12],
        source=source,
        media_type=media_type or _MEDIA_TYPES.get(kind, "application/octet-stream"),
        size=len(data),
    )
    if kind in _REFUSED:
        outcome, message = _REFUSED[kind]
        return _refused(document, refused(outcome, message))
    try:
        parsed = _read(kind, data, given, ocr)
    except RecursionError:
        parsed = refused("damaged", "its parts are nested too deep to be read; save it again, or give its text")
    _fill(parsed, given)
    add_told(parsed.meetings, parsed.items)
    document.meetings = parsed.meetings
    longest = max((len(item.text) for item in parsed.items), default=0)
    if longest > LONGEST_ITEM:
        message = f"an agenda item of {longest:,} characters is more than can be read at once; cut the file in parts"
        parsed.outcome, parsed.issues = "unsupported", [Issue("parse", "too_long", message)]
    if parsed.outcome != "ok":
        return _refused(document, parsed)
    document.items = parsed.items
    document.issues = [_named(issue, source) for issue in parsed.issues]
    return document


def _read(kind: Kind, data: bytes, given: Given, ocr: bool) -> Parsed:
    if kind == "pdf":
        from minutesminer.parse.ocr import parse_scan  # pdfium is loaded only where there is a PDF
        from minutesminer.parse.pdf import parse_pdf

        return parse_scan(data, parse_pdf(data), asked=ocr)
    if kind == "docx":
        from minutesminer.parse.word import parse_word

        return parse_word(data)
    if kind == "html":
        from minutesminer.parse.page import page_text
        from minutesminer.parse.web import parse_html

        return parse_html(page_text(data), given.url)
    if kind == "xml":
        from minutesminer.parse.webservice import parse_webservice

        return parse_webservice(data, given.url)
    from minutesminer.parse.plain import parse_text

    return parse_text(decode(data) or "")


def _fill(parsed: Parsed, given: Given) -> None:
    """Names the council, and fills from `given` what the document leaves open."""
    if not parsed.meetings:
        parsed.meetings = [Meeting()]
    council = councils.find(parsed.prose, parsed.header) or (councils.find(given.url) if given.url else None)
    name = council.common_name if council else printed_council(parsed.header) or given.council
    if name and council is None:
        entry = councils.by_name(name)
        name = entry.common_name if entry else name
    for meeting in parsed.meetings:
        meeting.council = name
        meeting.committee = in_small_letters(meeting.committee, parsed.prose) if meeting.committee else given.committee
        meeting.date = meeting.date or given.date
        meeting.url = meeting.url or given.url
    for item in parsed.items:
        item.url = item.url or given.url


def _refused(document: Document, parsed: Parsed) -> Document:
    document.outcome = parsed.outcome
    document.issues = [_named(issue, document.source) for issue in parsed.issues]
    return document


def _named(issue: Issue, source: str) -> Issue:
    return Issue(issue.stage, issue.code, f"{source}: {issue.message}")
