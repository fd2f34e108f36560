"""Where the data folders are: beside the checkout, or inside the installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def in_checkout() -> bool:
    """True when the package runs from a checkout (its `patterns/` lies beside the package)."""
    return (_PACKAGE.parent / "patterns").is_dir() and (_PACKAGE.parent / "pyproject.toml").is_file()


def checkout() -> Path | None:
    """The folder of the checkout that the package runs from; None where it is installed."""
    return _PACKAGE.parent if in_checkout() else None


def folder(name: str) -> Path:
    """The data folder `name` (`patterns`, `corpus`, `db` or `docs`).

    Raises FileNotFoundError where neither the checkout nor the wheel holds it.
    """
    for candidate in (_PACKAGE.parent / name if in_checkout() else None, _PACKAGE / "data" / name):
        if candidate is not None and candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"the data folder {name!r} is missing from this installation; install minutesminer again")


def default_database() -> Path:
    """`db/minutes.db` of the checkout, `minutes.db` of the current folder elsewhere."""
    return _PACKAGE.parent / "db" / "minutes.db" if in_checkout() else Path("minutes.db")


def default_archive() -> Path:
    """`db/archive` of the checkout, `archive` of the current folder elsewhere: beside the database."""
    return default_database().with_name("archive")
