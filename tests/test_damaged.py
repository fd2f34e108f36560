"""Two thousand damaged variants of the packaged minutes, and a few made to harm, read by limited workers.

Every one must end with an outcome, in its time, and must not keep the next from being read. All are synthetic.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import get_args

import docx
import pytest

from minutesminer import resources
from minutesminer.models import Document, Given, Outcome
from minutesminer.parse import parse
from minutesminer.workers import Failure, Job, Limits, Result, Workers

VARIANTS = 2000
SECONDS = 10.0
MEGABYTES = 700
SOUND = b"Minutes:\nThe Panel noted that 12% of homes were empty.\nRESOLVED: That the report be noted.\n"


def parse_only(job: Job, nlp: object) -> Result:
    """Parsing alone: mining takes any text that parsing gives it, and has tests of its own."""
    return parse(job.data, job.path, job.given), []


def truncated(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def flipped(data: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(chance.choice((1, 10, 200))):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def unclosed(data: bytes, chance: random.Random) -> bytes:
    kept = chance.random()
    return re.sub(rb"</\w+>|endobj|endstream", lambda match: match[0] if chance.random() < kept else b"", data)


def misread(data: bytes, chance: random.Random) -> bytes:
    wrong = chance.choice(("utf-16", "utf-16-be", "cp500", "utf-7"))
    return data.decode("latin-1").encode(wrong, "replace")


def shuffled(data: bytes, chance: random.Random) -> bytes:
    size = max(len(data) // 12, 1)
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    chance.shuffle(pieces)
    return b"".join(pieces)


def repeated(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at : at + 50] * chance.choice((50, 2000)) + data[at:]


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    truncated,
    flipped,
    unclosed,
    misread,
    shuffled,
    repeated,
)


def sound_files() -> list[bytes]:
    files = [
        path.read_bytes()
        for path in sorted(resources.folder("corpus").rglob("*"))
        if path.suffix in (".txt", ".html", ".pdf")
    ]
    word = docx.Document()
    for text in ("Present: Councillor A Marl", "1. Apologies", "There were none.", "2. Homes", "The Panel noted it."):
        word.add_paragraph(text)
    file = io.BytesIO()
    word.save(file)
    xml = b"<meeting><meetingdate>05/09/2023</meetingdate><agendaitems><agendaitem><agendaitemtitle>Homes"
    xml += (
        b"</agendaitemtitle><minutesnonemptyhtmlbody>&lt;p&gt;The Panel noted it.&lt;/p&gt;</minutesnonemptyhtmlbody>"
    )
    return [*files, file.getvalue(), b'<?xml version="1.0"?>' + xml + b"</agendaitem></agendaitems></meeting>"]


def variants() -> Iterator[tuple[str, Job | None]]:
    chance = random.Random(20261122)
    files = sound_files()
    for number in range(VARIANTS):
        damage = DAMAGES[number % len(DAMAGES)]
        yield damage.__name__, Job(damage(chance.choice(files), chance), f"variant-{number}", Given())


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1, the first its catalogue."""
    body = b"%PDF-1.7\n"
    for number, written in enumerate(objects, start=1):
        body += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    return body + b"trailer << /Root 1 0 R /Size %d >>\n%%%%EOF\n" % (len(objects) + 1)


def stream(data: bytes) -> bytes:
    packed = zlib.compress(data, 9)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)


def cyclic_pdf() -> bytes:
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 9 >>",
        b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 9 >>",
    )


def pdf_bomb() -> bytes:
    words = b"BT /F1 9 Tf 10 10 Td (" + b"a" * 50 + b") Tj ET\n"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << >> >>"
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        stream(words * (400_000_000 // len(words))),
    )


def zip_bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * 300_000_000)
    return file.getvalue()


def entity_bomb() -> bytes:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(12))
    return f'<?xml version="1.0"?><!DOCTYPE meeting [{levels}]><meeting><agendaitems/>&e11;</meeting>'.encode()


HARMFUL: dict[str, Callable[[], bytes]] = {
    "nested 50 MB deep": lambda: b"<html><body>" + b"<div>" * 10_000_000,
    "nested lists": lambda: b"<html><body>" + b"<ul><li>" * 500_000 + b"noted",
    "nested tables": lambda: b"<html><body>" + b"<table><tr><td>" * 100_000 + b"noted",
    "one line of 30 MB": lambda: b"Minutes: " + b"The Panel noted it. " * 1_500_000,
    "2 million lines": lambda: b"1. Title\nThe Panel noted it.\n" * 1_000_000,
    "blanks": lambda: b" " * 20_000_000 + b"x",
    "cyclic page tree": cyclic_pdf,
    "PDF bomb": pdf_bomb,
    "zip bomb": zip_bomb,
    "entity bomb": entity_bomb,
}


@pytest.fixture(scope="module")
def limits() -> Limits:
    return Limits(seconds=SECONDS, megabytes=MEGABYTES)


def outcome(result: Result | None) -> str:
    """What the run would store as the outcome, or the reason a worker was ended for."""
    assert result is not None
    if isinstance(result, Failure):
        return result.code
    assert isinstance(result[0], Document)
    return result[0].outcome


def test_every_damaged_variant_ends_with_an_outcome(limits: Limits) -> None:
    with Workers[str](2, limits=limits, task=parse_only) as workers:
        found = [(damage, outcome(result)) for damage, result in workers.results(variants())]
    assert len(found) == VARIANTS
    assert {name for _, name in found} <= set(get_args(Outcome))
    assert Counter(name for _, name in found)["failed"] == 0  # never as a fault of the program


def test_files_made_to_harm_end_in_time_and_the_next_file_is_read(limits: Limits) -> None:
    jobs: list[tuple[str, Job | None]] = []
    for name, make in HARMFUL.items():
        jobs += [(name, Job(make(), name, Given())), ("sound", Job(SOUND, "sound", Given()))]
    with Workers[str](2, limits=limits, task=parse_only) as workers:
        found = [(name, outcome(result)) for name, result in workers.results(jobs)]
    ended = set(get_args(Outcome)) | {"too_slow", "too_big", "crashed"}
    assert [name for name, told in found if told not in ended] == []
    assert [told for name, told in found if name == "sound"] == ["ok"] * len(HARMFUL)
    assert [name for name, told in found if told == "ok" and name != "sound"] == []
