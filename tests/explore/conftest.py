"""The site over the synthetic database, asked in-process."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import synthetic_database

from minutesminer.explore import datasette_app

_PROGRAM = (
    "import sys; from pathlib import Path; from minutesminer.explore import serve; "
    "serve(Path(sys.argv[1]), int(sys.argv[2]))"
)


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The synthetic database, under a name of its own."""
    path = tmp_path_factory.mktemp("explore") / "some scrutiny.db"
    synthetic_database.build(path)
    return path


@pytest.fixture(scope="session")
def site(database: Path) -> Iterator[Any]:
    """The Datasette over the synthetic database."""
    app = datasette_app(database)
    yield app
    for served in app.databases.values():
        served.close()
    app.executor.shutdown()


@pytest.fixture(scope="session")
def get(site: Any) -> Callable[..., Any]:
    """Ask the site, in-process: `get(path)` or `get(path, method="POST", data=...)` gives the response."""

    def ask(path: str, method: str = "GET", **arguments: Any) -> Any:
        return asyncio.run(site.client.request(method, path, **arguments))

    return ask


@contextmanager
def _serving(database: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A process that serves `database`, and its port."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-c", _PROGRAM, str(database), str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        _wait_for(port, process)
        yield process, port
    finally:
        process.terminate()
        process.communicate(timeout=20)


@pytest.fixture(scope="session")
def serving() -> Callable[[Path], AbstractContextManager[tuple[subprocess.Popen[bytes], int]]]:
    """What serves a database of the test's own: `with serving(path) as (process, port)`."""
    return _serving


@pytest.fixture(scope="session")
def served(database: Path) -> Iterator[int]:
    """The port at which a process of its own serves the synthetic database."""
    with _serving(database) as (_, port):
        yield port


@pytest.fixture
def server(database: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process of the test's own that serves the synthetic database."""
    with _serving(database) as (process, _):
        yield process


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up and process.poll() is None:
        try:
            connection = socket.create_connection(("127.0.0.1", port), timeout=1)
        except OSError:
            time.sleep(0.1)
            continue
        with closing(connection):
            # The socket takes connections before there is anybody to answer.
            connection.settimeout(60)
            connection.sendall(b"GET /static/minutes.css HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
            assert connection.recv(1) == b"H"
        return
    pytest.fail("the server did not start")
