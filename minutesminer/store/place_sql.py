"""Council, committee, date and page beside a record: the columns, and the joins that bring them."""

from __future__ import annotations

import re

URL_WORDS = "Page of the item, or else of the meeting; of a PDF its address, with `#page=` and the page."
PAGE_WORDS = "Page of the printed document, counted from 1, on which the quote begins; empty where that is not known."
PLACE_COLUMNS = {
    "council": "Name of the council.",
    "committee": "Name of the committee.",
    "date": "Date of the meeting (ISO).",
    "year": "Year of the meeting.",
    "title": "Title of the agenda item.",
    "url": URL_WORDS,
    "page": PAGE_WORDS,
    "council_id": "Id of the council.",
    "committee_id": "Id of the committee.",
}

_PDF_NAME = re.compile(r"\.pdf(?:\?|$)", re.I)


def page_sql(table: str) -> str:
    """The page of a record of `table`, which `items` is joined with."""
    return f"""CASE WHEN items.page IS NOT NULL THEN (
    SELECT item_pages.page FROM item_pages
    WHERE item_pages.item_id = {table}.item_id AND item_pages.start_char <= {table}.start_char
    ORDER BY item_pages.start_char DESC LIMIT 1
  ) END"""


def url_sql(page: str) -> str:
    """The address of the item in `items`, or else of its meeting in `meetings`; of a PDF, that of a page (SQL)."""
    address = "coalesce(items.url, meetings.url)"
    return f"""{address} || CASE WHEN items.page IS NOT NULL AND instr({address}, '#') = 0 AND EXISTS (
    SELECT 1 FROM documents WHERE documents.id = items.document_id AND documents.media_type = 'application/pdf'
    AND (documents.source LIKE 'http://%' OR documents.source LIKE 'https://%'
      OR {address} LIKE '%.pdf' OR {address} LIKE '%.pdf?%')
  ) THEN '#page=' || {page} ELSE '' END"""


def at_page(address: str | None, page: int | None, media_type: str, source: str) -> str | None:
    """What `url_sql` gives, in Python: browsers open a PDF at the page that its address names after `#page=`.

    The address is that of the PDF itself where the document was fetched, and where it is called so; else it is a web
    page that tells of it.
    """
    if address is None or page is None or "#" in address or media_type != "application/pdf":
        return address
    fetched = source.lower().startswith(("http://", "https://"))
    return f"{address}#page={page}" if fetched or _PDF_NAME.search(address) else address


def place_sql(table: str) -> str:
    """The columns of a record of `table` that `joins` brings beside it."""
    page = page_sql(table)
    return f"""
  councils.name AS council,
  committees.name AS committee,
  meetings.date AS date,
  CAST(substr(meetings.date, 1, 4) AS INTEGER) AS year,
  items.title AS title,
  {url_sql(page)} AS url,
  {page} AS page,
  councils.id AS council_id,
  committees.id AS committee_id"""


def joins(table: str) -> str:
    """FROM and WHERE of a record table with its item, meeting, committee and council, in documents in force.

    Superseded documents are few: they are listed once from their index (`> ''` has SQLite use it), and not looked up
    for each row. The item is joined last and loosely, so that SQLite may begin with the newest meetings, or with those
    of one council.
    """
    return f"""
FROM {table}
JOIN meetings ON meetings.id = {table}.meeting_id
JOIN committees ON committees.id = meetings.committee_id
LEFT JOIN councils ON councils.id = committees.council_id
LEFT JOIN items ON items.id = {table}.item_id
WHERE {table}.document_id NOT IN (SELECT id FROM documents WHERE superseded_by > '')"""
