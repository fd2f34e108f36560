"""Start Datasette over one database with the configuration folder `db/`.

`datasette db/` reads the same folder by itself; here it is read by hand, because in that mode
Datasette would also open whatever other databases lie in the folder, and would name the site after
the file. The database is always called `minutes` here, so that every address and every setting is
the same whatever the file is called.
"""

from __future__ import annotations

import json
import socket
import webbrowser
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minutesminer import resources
from minutesminer.errors import UsageError

if TYPE_CHECKING:
    from datasette.app import Datasette

HOST = "127.0.0.1"  # the only address: these pages are for this machine
DATABASE = "minutes"
_OWN_NAMES = frozenset({"127.0.0.1", "localhost"})

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]


def serve(db: Path, port: int = 8001, open_browser: bool = False, ready: Callable[[str], None] | None = None) -> None:
    """Serve `db` at http://127.0.0.1:`port`/ until interrupted; `ready` is called with that address.

    The database is opened read-only, and again for each request's thread, so that a `minutesminer
    run` meanwhile is seen without a restart. Raises UsageError where the file, the port or the
    `explore` extra is missing, NotOurDatabase where the file is something else, TrackerError
    where the tracker beside it is.
    """
    app = _own_names_only(datasette_app(db).app())
    import uvicorn

    with closing(_listen(port)) as listening:
        # The socket listens already: a browser waits in its queue until the server answers.
        address = f"http://{HOST}:{port}/"
        if ready is not None:
            ready(address)
        if open_browser:
            webbrowser.open(address)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
        with suppress(KeyboardInterrupt):  # Ctrl+C is how it is meant to end; uvicorn has closed by then
            server.run(sockets=[listening])


def datasette_app(db: Path) -> Datasette:
    """The Datasette over `db`, not yet listening; its `client` answers in-process.

    Raises UsageError where the file or the `explore` extra is missing, NotOurDatabase where the
    file is not a database of ours, TrackerError where the tracker beside it is not.
    """
    try:
        from datasette.app import Datasette
        from datasette.database import Database
        from datasette.utils import parse_metadata
    except ImportError as error:
        raise UsageError(
            "the website needs Datasette, which is not installed: pip install 'minutesminer[explore]'"
        ) from error
    _check(db)
    configuration = resources.folder("db")
    app = Datasette(
        files=[],
        metadata=parse_metadata((configuration / "metadata.yml").read_text(encoding="utf-8")),
        settings=json.loads((configuration / "settings.json").read_text(encoding="utf-8")),
        template_dir=str(configuration / "templates"),
        plugins_dir=str(configuration / "plugins"),
        static_mounts=[("static", str(configuration / "static"))],
    )
    app.remove_database("_memory")  # Datasette adds it where no file is named
    # "Mutable" makes Datasette open the file with mode=ro. Its other mode, immutable=1, would read
    # nonsense when the file changes under it; the plugin forbids writing in both.
    app.add_database(Database(app, path=str(db.resolve()), is_mutable=True), name=DATABASE)
    return app


def _check(db: Path) -> None:
    """Raise where `db` cannot be served; a database of an earlier version is brought up to date."""
    # Imported only here: `explain`, in this package too, needs no database and starts faster without.
    from minutesminer.store.database import open_database
    from minutesminer.store.tracker_file import exists, open_tracker, tracker_path

    with open_database(db):
        pass
    if exists(tracker_path(db)):
        with open_tracker(tracker_path(db)):
            pass
    # Datasette puts the path into a file: address as it stands.
    if any(character in str(db.resolve()) for character in "?#%"):
        raise UsageError(f"Datasette cannot open {db}: move it to a path without the characters ? # %")


def _listen(port: int) -> socket.socket:
    """A socket listening on the loopback address; raises UsageError where the port is taken."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen()
    except (OSError, OverflowError) as error:
        listening.close()
        message = f"port {port} cannot be used ({error}): name another, as in `--port 8002`"
        raise UsageError(message) from error
    return listening


def is_own_name(host: str) -> bool:
    """True for a Host header that names this machine, with a port or without."""
    return host in _OWN_NAMES or host.rpartition(":")[0] in _OWN_NAMES


def _own_names_only(app: Asgi) -> Asgi:
    """`app`, answering only requests that were meant for this machine.

    A page elsewhere can point a host name of its own at 127.0.0.1 and have the reader's browser
    fetch from here; such a request carries that other name in its Host header.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
            if not is_own_name(host):
                headers = [(b"content-type", b"text/plain; charset=utf-8")]
                await send({"type": "http.response.start", "status": 403, "headers": headers})
                body = b"This site answers on this machine only.\n"
                await send({"type": "http.response.body", "body": body})
                return
        await app(scope, receive, send)

    return answer
