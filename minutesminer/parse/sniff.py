"""What kind of file the bytes are, told by their content first and by their name last."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["empty", "pdf", "html", "xml", "text", "docx", "word", "rtf", "spreadsheet", "zip", "image", "binary"]

_MAGIC: list[tuple[bytes, Kind]] = [
    (b"{\\rtf", "rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "word"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\x1f\x8b", "zip"),
    (b"7z\xbc\xaf", "zip"),
    (b"Rar!", "zip"),
]
_HTML = re.compile(r"<!doctype\s+html|<html\b|<head\b|<body\b|<div\b|<table\b|<p\b[^>]*>|<script\b|<meta\b", re.I)
_ROOT = re.compile(
    r"(?P<declared><\?xml\b[^>]*\?>)?\s*(?:<!--.*?-->\s*)*(?!<!doctype\s+html)(?:<!doctype[^>\[]*(?:\[.*?\]\s*)?>\s*)?"
    r"<(?:\w+:)?(?P<name>[a-z][\w.-]*)",
    re.I | re.S,
)
_SERVICE = frozenset({"meeting", "getmeetings", "committees", "councillorsbyward", "envelope"})
_ODD = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\ufffd]")  # characters that text does not hold
_ENOUGH = 4096  # bytes looked at


def kind_of(data: bytes) -> Kind:
    """The kind of file `data` is."""
    if not data.strip():
        return "empty"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_zip(data)
    text = decode(data[:_ENOUGH] if len(data) > _ENOUGH else data)
    if text is None or (len(data) > _ENOUGH and decode(data) is None):
        return "binary"
    if not text.strip():
        return "empty"
    start = text.lstrip()[:_ENOUGH]
    root = _ROOT.match(start)
    if root and root["name"].lower() != "html" and (root["declared"] or root["name"].lower() in _SERVICE):
        return "xml"
    if start.startswith("<") and _HTML.search(start):
        return "html"
    return "html" if re.search(r"<(?:html|body|!doctype html)\b", start, re.I) else "text"


def decode(data: bytes) -> str | None:
    """`data` as text: UTF-8 or UTF-16 by its mark, UTF-8, else Windows-1252; None where it is not text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    elif b"\x00" in data:
        return None
    else:
        text = _utf8(data) or data.decode("cp1252", "replace")
    return None if _looks_binary(text) else text


def _utf8(data: bytes) -> str | None:
    # A piece cut at a fixed length may end inside a character: up to three bytes are forgiven.
    for end in range(len(data), max(len(data) - 4, 0), -1):
        try:
            return data[:end].decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
    return None


def _looks_binary(text: str) -> bool:
    if not text:
        return False
    return len(_ODD.findall(text)) > len(text) * 0.02


def _kind_of_zip(data: bytes) -> Kind:
    if b"word/" in data:
        return "docx"
    return "spreadsheet" if b"xl/" in data else "zip"
