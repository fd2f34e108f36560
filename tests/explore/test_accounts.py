"""The officers' accounts: hashed, private, and whole whatever happens."""

from __future__ import annotations

import json
import stat
import sys
import threading
from pathlib import Path

import pytest

from minutesminer.errors import UsageError
from minutesminer.explore import accounts
from minutesminer.explore.accounts import (
    accounts_path,
    add_account,
    check_password,
    hasher,
    read_accounts,
    remove_account,
)

PASSWORD = "correct horse battery"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return accounts_path(tmp_path / "minutes.db")


def names(path: Path) -> list[str]:
    return [account.name for account in read_accounts(path).values()]


def test_accounts_lie_beside_the_database_where_datasette_opens_nothing(path: Path, tmp_path: Path) -> None:
    add_account(path, "Ann  Lee", PASSWORD)
    assert (path, path.suffix in (".db", ".sqlite", ".sqlite3")) == (tmp_path / "officers.accounts", False)
    assert (stat.S_IMODE(path.stat().st_mode), sorted(p.name for p in tmp_path.iterdir())) == (
        *(0o600, ["officers.accounts"]),
    )


def test_passwords_are_hashed_by_argon2id_and_each_account_has_a_key_of_its_own(path: Path) -> None:
    for name in ("Ann", "Bob"):
        add_account(path, name, PASSWORD)
    rows = json.loads(path.read_text())
    assert ([row["hash"].startswith("$argon2id$") for row in rows], PASSWORD in path.read_text()) == ([True] * 2, False)
    assert (len({row["hash"] for row in rows}), len({row["key"] for row in rows})) == (2, 2)


def test_a_password_opens_its_own_account_under_the_name_in_any_case(path: Path) -> None:
    add_account(path, "Ann Lee", PASSWORD)
    add_account(path, "Bob", "another horse battery")
    found = [
        check_password(path, *typed)
        for typed in (("ann  lee", PASSWORD), ("Ann Lee", "another horse battery"), ("Cat", PASSWORD), ("", ""))
    ]
    assert [account and account.name for account in found] == ["Ann Lee", None, None, None]


def test_an_unknown_name_takes_the_work_of_a_wrong_password(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_account(path, "Ann", PASSWORD)
    done = []
    real = hasher()

    class Counting:
        def hash(self, password: str) -> str:
            return real.hash(password)

        def verify(self, hashed: str, password: str) -> bool:
            done.append(hashed.split("$")[1:4])
            return real.verify(hashed, password)

    monkeypatch.setattr(accounts, "hasher", Counting)
    results = [check_password(path, "Ann", "wrong"), check_password(path, "Nobody", "wrong")]
    assert (results, len(done), done[0] == done[1]) == ([None, None], 2, True)


@pytest.mark.parametrize(
    ("name", "password", "says"),
    [
        ("ann", PASSWORD, "there is an officer ann already"),
        ("Root", PASSWORD, "'Root' cannot be a name"),
        (" ", PASSWORD, "cannot be a name"),
        ("a\x1bb", PASSWORD, "cannot be a name"),
        ("x" * 81, PASSWORD, "cannot be a name"),
        ("Bob", "short", "at least 12 characters"),
        ("Bob Robert Roberts", "bob robert roberts", "that is not the name"),
        ("Bob", "x" * 1001, "give a password"),
    ],
)
def test_what_cannot_be_an_account_is_refused(path: Path, name: str, password: str, says: str) -> None:
    add_account(path, "Ann", PASSWORD)
    with pytest.raises(UsageError, match=says):
        add_account(path, name, password)
    assert names(path) == ["Ann"]


def test_an_account_is_removed_by_its_name(path: Path) -> None:
    add_account(path, "Ann", PASSWORD)
    add_account(path, "Bob", PASSWORD)
    remove_account(path, "ANN")
    with pytest.raises(UsageError, match="no officer ANN"):
        remove_account(path, "ANN")
    assert names(path) == ["Bob"]


def test_several_who_change_accounts_at_once_lose_none(path: Path) -> None:
    threads = [threading.Thread(target=add_account, args=(path, f"Officer {n}", PASSWORD)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(names(path)) == [f"Officer {n}" for n in range(8)]


def test_a_damaged_file_is_told_and_left_alone(path: Path) -> None:
    path.write_text('{"name": "Ann"}')
    for act in (lambda: read_accounts(path), lambda: add_account(path, "Bob", PASSWORD)):
        with pytest.raises(UsageError, match="cannot be read; put back a copy"):
            act()
    assert path.read_text() == '{"name": "Ann"}'


def test_a_disk_that_is_full_leaves_the_accounts_as_they_were(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_account(path, "Ann", PASSWORD)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(accounts.os, "fsync", full)
    with pytest.raises(UsageError, match="No space left on device"):
        add_account(path, "Bob", PASSWORD)
    assert names(path) == ["Ann"]


def test_without_the_library_the_extra_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hasher.cache_clear()
    monkeypatch.setitem(sys.modules, "argon2", None)
    with pytest.raises(UsageError, match=r"pip install 'minutesminer\[explore\]'"):
        add_account(path, "Ann", PASSWORD)
    assert path.exists() is False
