"""The YAML files of `patterns/`: rules, lists of words, the catalogue of measures.

They are read by libyaml, which is ten times as fast as a reader written in Python; every process that mines or links
waits for them. Plain words mean what they do in YAML 1.2 (https://yaml.org/spec/1.2.2/#1032-tag-resolution), which
lists of words need: `no`, `on` and `off` are words, `12:30` is text, and so is a date.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from minutesminer.errors import RuleError

_PLAIN = {
    "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    "bool": (r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    "int": (r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    "float": (
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        list("-+.0123456789"),
    ),
}


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe, by the rules of YAML 1.2 for plain words, and strict about a key that is given twice."""

    yaml_implicit_resolvers: dict[str, Any] = {}

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        made: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        if len(made) < len(node.value):
            keys = [key for key, _ in node.value]
            said = [key.value for key in keys]
            again = next((k for k, value in enumerate(said) if value in said[:k]), 0)
            problem = f"the key {said[again]!r} is given twice"
            raise yaml.constructor.ConstructorError(None, None, problem, keys[again].start_mark)
        return made


def _integer(loader: Any, node: Any) -> int:
    return int(node.value, 0 if node.value[:2] in {"0o", "0x"} else 10)


for _name, (_form, _opening) in _PLAIN.items():
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(f"(?:{_form})$"), _opening)
_Loader.add_constructor("tag:yaml.org,2002:int", _integer)


def read_yaml(path: Path, where: str | None = None) -> Any:
    """What the YAML file at `path` holds; None for an empty one.

    Raises RuleError, naming `where` (or the path) and the line, for what is no YAML.
    """
    return parse_yaml(path.read_bytes(), where or str(path))


def parse_yaml(content: str | bytes, where: str) -> Any:
    """What YAML text, or its bytes in UTF-8, holds; None for an empty one.

    Raises RuleError, naming `where` and the line, for what is no YAML, and for a key given twice in one mapping.
    """
    try:
        return yaml.load(content, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}" if mark is not None else ""
        what = getattr(error, "problem", None) or str(error)
        raise RuleError(f"{where}{place}: cannot be read as YAML: {what}; mend it there") from error
