"""Whatever the bytes are, `parse` answers with a document, an outcome and what to do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutesminer.models import Issue
from minutesminer.parse import parse

MakePdf = Callable[..., bytes]


def _word_file() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "outcome"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (bytes(range(256)) * 20, "unsupported"),
        (_word_file(), "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "unsupported"),
        (b"{\\rtf1\\ansi Minutes:}", "unsupported"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "unsupported"),
        (b"PK\x03\x04rest", "unsupported"),
        (b"%PDF-1.7\nnothing follows", "damaged"),
        (b'<?xml version="1.0"?><feed><entry/></feed>', "unsupported"),
        (b'<?xml version="1.0"?><meeting><agendaitems></meeting>', "damaged"),
        (b'<?xml version="1.0"?><committees><committeescount> 0</committeescount></committees>', "empty"),
        (b'<?xml version="1.0"?><meeting><agendaitems/></meeting>', "not_published"),
        (b"<html><body><p>Welcome to the council's website.</p></body></html>", "no_minutes"),
        (b"Hello world", "no_minutes"),
    ],
)
def test_bad_input_has_its_outcome_and_a_message_that_names_the_file(data: bytes, outcome: str) -> None:
    document = parse(data, "papers/odd.pdf")
    assert document.outcome == outcome
    assert document.items == []
    assert [(issue.stage, issue.message.split(":")[0]) for issue in document.issues] == [("parse", "papers/odd.pdf")]


def test_a_locked_pdf_is_encrypted(make_pdf: MakePdf) -> None:
    document = parse(make_pdf(["The Panel noted the report."], password="open sesame"), "locked.pdf")
    assert (document.outcome, document.issues[0].code) == ("encrypted", "encrypted")


def test_a_pdf_of_pictures_has_no_text(make_pdf: MakePdf) -> None:
    assert parse(make_pdf([], [], []), "scan.pdf").outcome == "no_text"


def test_pages_of_a_pdf_that_are_pictures_are_told(make_pdf: MakePdf) -> None:
    written = ["**1. Accounts", "The Panel noted that the accounts had been signed.", "[picture]"]
    document = parse(make_pdf(written, ["[picture]"], [], ["[picture]"]), "half.pdf")
    told = "half.pdf: no text on these of the 4 pages: 2, 4; if they are scans, "
    assert (document.outcome, len(document.items)) == ("ok", 1)
    assert [(issue.code, issue.message[: len(told)]) for issue in document.issues] == [("pages_without_text", told)]
    assert document.issues[0].message.endswith("run again with --ocr")


def test_half_a_pdf_is_damaged(make_pdf: MakePdf) -> None:
    data = make_pdf(["The Panel noted the report."])
    assert parse(data[: len(data) // 3], "half.pdf").outcome == "damaged"


def test_an_agenda_is_not_taken_for_minutes() -> None:
    agenda = (
        b"Agenda\n\n1. Apologies for absence\n\nTo receive apologies.\n\n"
        b"2. Budget\n\nThe Committee will receive a report and is asked to note it.\n"
    )
    assert parse(agenda, "agenda.txt").outcome == "no_minutes"


def test_an_agenda_in_a_pdf_is_not_taken_for_minutes(make_pdf: MakePdf) -> None:
    data = make_pdf(["Audit Panel", "1. Apologies", "2. To receive the report", "Members will consider it"])
    assert parse(data, "agenda.pdf").outcome == "no_minutes"


def test_an_item_too_long_to_mine_is_refused_and_a_long_run_of_letters_takes_no_time() -> None:
    document = parse(b"Minutes:\n" + b"x" * 1_500_000, "one_word.txt")
    assert (document.outcome, document.items) == ("unsupported", [])
    message = "one_word.txt: an agenda item of 1,500,009 characters is more than can be read at once; "
    assert document.issues == [Issue("parse", "too_long", message + "cut the file in parts")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_decoded_by_what_it_is(encoding: str) -> None:
    text = "Minutes:\nThe Panel noted the Council’s “plan” – £3m."
    assert [item.text for item in parse(text.encode(encoding), "a.txt").items] == [text]


def test_the_content_and_not_the_suffix_tells_the_format() -> None:
    assert parse(b"Minutes:\nThe report was noted.", "minutes.pdf").media_type == "text/plain"


def test_the_id_is_that_of_the_bytes() -> None:
    assert parse(b"", "one").id == parse(b"", "two").id == "e3b0c44298fc"


@given(st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_no_bytes_at_all_raise(data: bytes) -> None:
    assert parse(data, "x").size == len(data)
