"""Serving: on this machine only, and a clear word where it cannot be done."""

from __future__ import annotations

import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from minutesminer.errors import NotOurDatabase, UsageError
from minutesminer.explore import datasette_app, serve


def _status(port: int, host: str) -> int:
    try:
        with urlopen(Request(f"http://127.0.0.1:{port}/", headers={"Host": host}), timeout=30) as response:
            return int(response.status)
    except HTTPError as refused:
        with refused:
            return refused.code


def test_only_requests_meant_for_this_machine_are_answered(served: int) -> None:
    hosts = [
        f"127.0.0.1:{served}",
        f"localhost:{served}",
        "127.0.0.1",
        "rebound.example",
        f"rebound.example:{served}",
    ]
    assert {host: _status(served, host) for host in hosts} == {
        f"127.0.0.1:{served}": 200,
        f"localhost:{served}": 200,
        "127.0.0.1": 200,
        "rebound.example": 403,
        f"rebound.example:{served}": 403,
    }


def test_no_address_but_the_loopback_one_listens(served: int) -> None:
    # All of 127.0.0.0/8 is this machine on Linux; a server on every address would answer at 127.0.0.2 too.
    if sys.platform != "linux":
        pytest.skip("only Linux answers on the whole of 127.0.0.0/8")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", served), timeout=5)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_ctrl_c_ends_it_without_complaint(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)
    output, _ = server.communicate(timeout=30)
    assert (server.returncode, output) == (0, b"")


def test_port_in_use_is_said_with_what_to_do(database: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=rf"port {port} cannot be used .*--port 8002"):
            serve(database, port)


def test_port_that_is_none_is_said(database: Path) -> None:
    with pytest.raises(UsageError, match="port 70000 cannot be used"):
        serve(database, 70000)


@pytest.mark.parametrize("start", [datasette_app, lambda db: serve(db, 1)])
def test_missing_database_is_named_with_the_command_that_makes_it(
    start: Callable[[Path], object], tmp_path: Path
) -> None:
    missing = tmp_path / "none.db"
    with pytest.raises(UsageError, match=r"none\.db; make it with `minutesminer run --db "):
        start(missing)
    assert not missing.exists()


def test_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("not a database\n" * 20, encoding="utf-8")
    with pytest.raises(NotOurDatabase, match=r"notes\.db is not a SQLite database"):
        datasette_app(path)


def test_database_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table items (id text)")
    with pytest.raises(NotOurDatabase, match=r"other\.db is a database that minutesminer did not make"):
        datasette_app(path)


def test_path_that_datasette_would_misread_is_refused(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "what?.db"
    path.write_bytes(database.read_bytes())
    with pytest.raises(UsageError, match="without the characters"):
        datasette_app(path)


def test_missing_datasette_names_the_extra_to_install(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "datasette.app", None)
    with pytest.raises(UsageError, match=r"pip install 'minutesminer\[explore\]'"):
        datasette_app(database)


def test_importing_the_package_does_not_import_datasette() -> None:
    heavy = "{'datasette', 'uvicorn', 'sqlite_utils'}"
    program = f"import sys, minutesminer.explore; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
