"""Lives of the program: runs of it on one archive and one database, that end or are ended, against three stand-ins."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kept import archive_state, database_state
from stand_in.server import StandIn
from stand_in.synthetic_councils import eastmoor, northfell, northmere

LONGEST = 60.0
"""Seconds that anything is waited for."""

_MINED = re.compile(rb"^\d+/\d+ http", re.M)


@dataclass
class Run:
    """The program at work; what it says goes to files."""

    process: subprocess.Popen[bytes]
    out: Path
    err: Path

    def wait_until(self, condition: Callable[[], object]) -> None:
        """Wait for a condition, or for the program's end."""
        end = time.monotonic() + LONGEST
        while not condition() and self.process.poll() is None:
            if time.monotonic() > end:
                raise TimeoutError(f"not in {LONGEST} s: {self.said}")
            time.sleep(0.002)

    def end_by(self, number: signal.Signals) -> int:
        """Send a signal to the program and all that it started; what it ends with."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)
        return self.process.wait(LONGEST)

    @property
    def mined(self) -> int:
        """How many files are read, by the lines of its progress."""
        return len(_MINED.findall(self.err.read_bytes()))

    @property
    def said(self) -> str:
        return self.out.read_text() + self.err.read_text()


@dataclass
class World:
    """The sites of three councils, and a folder with a table of them for the program."""

    stand_ins: list[StandIn]
    folder: Path

    def take(self, seconds: float) -> None:
        """Set the time that an answer takes."""
        for stand_in in self.stand_ins:
            stand_in.slow = seconds


@dataclass
class Life:
    """An archive and a database, and the runs that write them. Its name tells its requests from those of others."""

    world: World
    name: str
    runs: int = 0
    folder: Path = field(init=False)

    def __post_init__(self) -> None:
        self.folder = self.world.folder / self.name
        self.folder.mkdir()

    @property
    def archive(self) -> Path:
        return self.folder / "archive"

    @property
    def db(self) -> Path:
        return self.folder / "minutes.db"

    @property
    def contact(self) -> str:
        return f"{self.name}@example.org"

    @property
    def asked(self) -> list[str]:
        """The addresses it has asked for, site by site and each in order."""
        return [
            stand_in.root + asked.path
            for stand_in in self.world.stand_ins
            for asked in list(stand_in.log)
            if asked.headers.get("from") == self.contact
        ]

    @contextmanager
    def running(self) -> Iterator[Run]:
        """The program at work; it and all that it started are gone when the block ends."""
        self.runs += 1
        out, err = (self.world.folder / f"{self.name}-{self.runs}.{kind}" for kind in ("out", "err"))
        with open(out, "wb") as out_file, open(err, "wb") as err_file:
            process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "minutesminer", "run", "--council", "NMB,NFL,EMR"),
                    *("--sites", str(self.world.folder / "sites.csv"), "--allow-host", "127.0.0.1", "--delay", "0"),
                    *("--since", "2024-01-01", "--archive", str(self.archive), "--db", str(self.db)),
                    *("--workers", "0", "--contact", self.contact),
                ],
                stdin=subprocess.DEVNULL,
                stdout=out_file,
                stderr=err_file,
                start_new_session=True,
            )
        run = Run(process, out, err)
        try:
            yield run
        finally:
            run.end_by(signal.SIGKILL)

    def to_the_end(self) -> Run:
        """A run that nothing disturbs."""
        with self.running() as run:
            run.process.wait(LONGEST)
        return run

    def state(self) -> dict[str, Any]:
        """All that is kept, but the times."""
        return {"archive": archive_state(self.archive), "database": database_state(self.db)}


@contextmanager
def three_councils(folder: Path) -> Iterator[World]:
    """Stand-ins for the sites of three councils, one of each platform."""
    with ExitStack() as stack:
        first, second, third = (stack.enter_context(StandIn(site())) for site in (northmere, northfell, eastmoor))
        (folder / "sites.csv").write_text(
            "id,name,platform,root\n"
            f"NMB,Northmere Borough Council,moderngov,{first.root}\n"
            f"NFL,Northfell City Council,cmis,{second.root}/northfell\n"
            f"EMR,Eastmoor District Council,custom,{third.root}/minutes/\n"
        )
        yield World([first, second, third], folder)
