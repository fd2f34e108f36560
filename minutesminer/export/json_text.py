"""JSON that is written as the rows come: objects and arrays without holding them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO


def json_bytes(value: object) -> bytes:
    """A value as JSON in one line of UTF-8; without `<`, so that a page may hold it in a script."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False).replace("<", "\\u003c").encode("utf-8")


def write_array(file: BinaryIO, values: Iterable[object]) -> int:
    """Write the values as a JSON array, one a line; returns how many they are."""
    count = 0
    file.write(b"[")
    for value in values:
        file.write(b",\n" if count else b"\n")
        file.write(json_bytes(value))
        count += 1
    file.write(b"\n]" if count else b"]")
    return count


def write_arrays(file: BinaryIO, arrays: Mapping[str, Iterable[object]]) -> dict[str, int]:
    """Write a JSON object of arrays, `{name: values}`; returns how many values each has."""
    counts = {}
    for place, (name, values) in enumerate(arrays.items()):
        file.write(b",\n" if place else b"{\n")
        file.write(json_bytes(name) + b": ")
        counts[name] = write_array(file, values)
    file.write(b"\n}\n")
    return counts


def without_none(values: Mapping[str, Any]) -> dict[str, Any]:
    """The entries that have a value: neither None nor an empty list."""
    return {name: value for name, value in values.items() if value is not None and value != []}
