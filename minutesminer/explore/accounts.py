"""The officers who may write through the site: a file of names and hashed passwords beside the database.

Passwords are hashed by Argon2id (RFC 9106) and kept nowhere else. The file is `officers.accounts`: Datasette, started
over the folder, opens every `.db`, `.sqlite` and `.sqlite3` in it for all to read.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from minutesminer.errors import UsageError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

FILE = "officers.accounts"
LEAST = 12
"""Characters that a password has at least."""

_MOST = 1000
_RESERVED = "root"  # what Datasette calls whoever started it with --root


@dataclass(frozen=True, slots=True)
class Account:
    """An officer. `key` is in the sessions of this account and of no other of the same name."""

    name: str
    hash: str
    key: str


def accounts_path(minutes_db: Path | str) -> Path:
    """Where the accounts for a database of minutes are: `officers.accounts` in its folder."""
    return Path(minutes_db).absolute().with_name(FILE)


def read_accounts(path: Path) -> dict[str, Account]:
    """The accounts, by name in small letters; none where there is no file. Raises UsageError for a damaged one."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        accounts = [Account(**row) for row in rows]
        return {_folded(account.name): account for account in accounts}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise UsageError(f"the accounts in {path} cannot be read; put back a copy, or remove the file") from error


def add_account(path: Path, name: str, password: str) -> None:
    """Add an officer. Raises UsageError for a name that is taken or cannot be one, and for a weak password."""
    name = " ".join(name.split())
    if not name or len(name) > 80 or not name.isprintable() or _folded(name) == _RESERVED:
        raise UsageError(f"{name!r} cannot be a name; give one of at most 80 letters")
    if not LEAST <= len(password) <= _MOST or _folded(password) == _folded(name):
        raise UsageError(f"give a password of at least {LEAST} characters that is not the name")
    with _changing(path) as accounts:
        if _folded(name) in accounts:
            raise UsageError(f"there is an officer {name} already; remove the account to give it another password")
        hashed = hasher().hash(password)
        accounts[_folded(name)] = Account(name, hashed, secrets.token_hex(8))


def remove_account(path: Path, name: str) -> None:
    """Remove an officer, whose sessions end with it. Raises UsageError where there is none of that name."""
    with _changing(path) as accounts:
        if accounts.pop(_folded(name), None) is None:
            raise UsageError(f"there is no officer {name}; `minutesminer officers list` has them all")


def check_password(path: Path, name: str, password: str) -> Account | None:
    """The account of that name and password, or None. An unknown name takes as long as a wrong password."""
    from argon2.exceptions import Argon2Error, InvalidHashError

    account = read_accounts(path).get(_folded(name))
    try:
        hasher().verify(account.hash if account else _nobody(), password[:_MOST])
    except (Argon2Error, InvalidHashError):
        return None
    return account


@cache
def hasher() -> PasswordHasher:
    """Argon2id with the library's parameters. Raises UsageError where the `explore` extra is missing."""
    try:
        from argon2 import PasswordHasher
    except ImportError as error:
        raise UsageError(
            "accounts need argon2-cffi, which is not installed: pip install 'minutesminer[explore]'"
        ) from error
    return PasswordHasher()


@cache
def _nobody() -> str:
    return hasher().hash(secrets.token_hex(16))


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


@contextmanager
def _changing(path: Path) -> Iterator[dict[str, Account]]:
    """The accounts, written back when the block has ended; others who change them wait."""
    try:
        # The folder is locked and not the file, which is another one after each change.
        folder = os.open(path.parent, os.O_RDONLY)
    except OSError as error:
        raise UsageError(f"the folder {path.parent} cannot be opened ({error.strerror})") from error
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        accounts = read_accounts(path)
        yield accounts
        _write(path, [asdict(account) for account in accounts.values()])
        os.fsync(folder)
    finally:
        os.close(folder)


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    fresh = path.with_name(f"{path.name}.new")
    try:
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(rows, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}); check its folder, or make room") from error
