"""YAML files are read as YAML 1.2, fast, and what is wrong with one is told by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
import srsly

from minutesminer import resources
from minutesminer.errors import RuleError
from minutesminer.yaml_files import parse_yaml, read_yaml


@pytest.mark.parametrize(
    "path", sorted(resources.folder("patterns").rglob("*.yaml")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_every_packaged_file_is_read_as_by_a_reader_of_yaml_in_python(path: Path) -> None:
    assert read_yaml(path) == srsly.read_yaml(path)


def test_plain_words_mean_what_they_do_in_yaml_1_2() -> None:
    assert parse_yaml("[no, off, on, yes, y, 12:30, 2024-01-31, 1_000, 0b1]", "x") == [
        *["no", "off", "on", "yes", "y", "12:30", "2024-01-31", "1_000", "0b1"]
    ]
    assert parse_yaml("[true, false, null, ~, 7, -7, 010, 0x1f, 0o17, 1.5, 1e3, .5, 'no', '7']", "x") == [
        *[True, False, None, None, 7, -7, 10, 31, 15, 1.5, 1000.0, 0.5, "no", "7"]
    ]


def test_an_empty_file_holds_nothing() -> None:
    assert parse_yaml("# nothing yet\n", "x") is None
    assert parse_yaml("a:\n", "x") == {"a": None}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a: 1\nb: [1\n", r"rules\.yaml, line 3: cannot be read as YAML: .*; mend it there"),
        (b"a: 1\nb: 2\na: 3\n", r"rules\.yaml, line 3: cannot be read as YAML: the key 'a' is given twice"),
        (b"a: \xff\n", r"rules\.yaml.*: cannot be read as YAML"),
        (b"a: !!python/name:os.system\n", r"rules\.yaml, line 1: cannot be read as YAML: could not determine"),
    ],
)
def test_what_cannot_be_read_is_told_by_file_and_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "rules.yaml"
    path.write_bytes(content)
    with pytest.raises(RuleError, match=message):
        read_yaml(path)
