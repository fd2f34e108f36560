"""Parsing and mining in processes of their own, each with a limit of time and of memory.

A damaged file can make a parser run for ever, eat all memory or crash the interpreter. In a worker it takes only
that worker down: the file gets an outcome that says so, another worker takes its place, and the batch goes on.
Results come in the order of the jobs, so that what is stored does not depend on which worker was faster.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

import minutesminer.mine as mine
from minutesminer.errors import MinutesMinerError
from minutesminer.models import Document, Given, ItemRecords
from minutesminer.parse import parse

if TYPE_CHECKING:
    from spacy.language import Language

Tag = TypeVar("Tag")
Stage = Literal["parse", "mine"]

_LOG = logging.getLogger(__name__)
_AHEAD = 4  # jobs a worker that wait for their turn to be stored, at most
_SETTLE = 5.0  # seconds a worker has to end by itself


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: `seconds` of wall time, `megabytes` of memory on top of the idle worker's."""

    seconds: float = 120.0
    megabytes: int = 1500


@dataclass(frozen=True, slots=True)
class Job:
    """One file to parse and mine: its bytes, the path that names it in messages, what is known of it.

    `ocr` asks for text recognition of scanned pages.
    """

    data: bytes
    path: str
    given: Given
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a job has no result: `code` is `too_slow`, `too_big`, `crashed` or `internal`; `what` says more."""

    stage: Stage
    code: str
    what: str


Result = tuple[Document, list[ItemRecords]] | Failure


def results_here(jobs: Iterable[tuple[Tag, Job | None]], nlp: Language) -> Iterator[tuple[Tag, Result | None]]:
    """What `Workers.results` gives, made in this process: without limits, and one after the other."""
    for tag, job in jobs:
        yield tag, None if job is None else work(job, nlp)


def work(job: Job, nlp: Language) -> Result:
    """Parse and mine one file here and now."""
    stage: Stage = "parse"
    try:
        document = parse(job.data, job.path, job.given, ocr=job.ocr)
        stage = "mine"
        return document, mine.mine_document(nlp, document)
    except MemoryError:
        return Failure(stage, "too_big", "it takes more memory than one file may")
    except Exception as error:  # noqa: BLE001
        # One file that the program fails on must not lose the other thousand: whatever it was is
        # kept as an issue with its name, and the run's exit code tells of it.
        _LOG.debug("%s: failed to %s", job.path, stage, exc_info=True)
        return Failure(stage, "internal", f"{type(error).__name__}: {error}")


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection
    job: int | None = None  # the position of the job under way
    deadline: float = 0.0


@dataclass
class Workers(Generic[Tag]):
    """`count` worker processes for one batch; used as a context manager, which ends them.

    `patterns` is the folder of rules; `task` is what a worker does with a job. Raises RuleError from `__enter__`
    where the rules are broken.
    """

    count: int
    patterns: Path | str | None = None
    limits: Limits = field(default_factory=Limits)
    task: Callable[[Job, Language], Result] = work
    _workers: list[_Worker] = field(default_factory=list)

    def __enter__(self) -> Workers[Tag]:
        self._workers = [self._launched() for _ in range(max(self.count, 1))]
        for worker in self._workers:
            _await_ready(worker)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.connection.close()
            if worker.job is not None:
                worker.process.kill()
        for worker in self._workers:
            worker.process.join(_SETTLE)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
            worker.process.close()
        self._workers = []

    def results(self, jobs: Iterable[tuple[Tag, Job | None]]) -> Iterator[tuple[Tag, Result | None]]:
        """Each tag with the result of its job, in the order given; a tag without a job passes through in its turn."""
        tags: deque[Tag] = deque()
        done: dict[int, Result | None] = {}
        held: tuple[int, Job] | None = None  # a job that no worker was idle for
        coming = enumerate(jobs)
        first, more = 0, True
        while more or tags:
            while more and held is None and len(tags) < _AHEAD * len(self._workers):
                try:
                    position, (tag, job) = next(coming)
                except StopIteration:
                    more = False
                    break
                tags.append(tag)
                if job is None:
                    done[position] = None
                elif not self._give(position, job):
                    held = position, job
            while tags and first in done:
                yield tags.popleft(), done.pop(first)
                first += 1
            if held is not None and self._give(*held):
                held = None
            elif tags:
                done.update(self._collect())

    def _give(self, position: int, job: Job) -> bool:
        """Hand a job to an idle worker; False where none is idle."""
        for at, worker in enumerate(self._workers):
            if worker.job is not None:
                continue
            try:
                worker.connection.send(job)
            except (BrokenPipeError, ConnectionResetError, EOFError):
                self._replace(at)
                self._workers[at].connection.send(job)
            self._workers[at].job = position
            self._workers[at].deadline = time.monotonic() + self.limits.seconds
            return True
        return False

    def _collect(self) -> dict[int, Result]:
        """Wait until some worker is done, has died or has run out of time; what became of their jobs."""
        busy = [worker for worker in self._workers if worker.job is not None]
        soonest = min(worker.deadline for worker in busy)
        ready = wait([worker.connection for worker in busy], max(0.0, soonest - time.monotonic()))
        found: dict[int, Result] = {}
        for at, worker in enumerate(self._workers):
            if worker.job is None:
                continue
            if worker.connection in ready:
                position, worker.job = worker.job, None
                try:
                    found[position] = worker.connection.recv()
                    continue
                except (EOFError, OSError):
                    worker.process.join(_SETTLE)
                    found[position] = _death(worker.process.exitcode)
            elif time.monotonic() >= worker.deadline:
                found[worker.job] = Failure("parse", "too_slow", f"it takes more than {self.limits.seconds:.0f} s")
            else:
                continue
            self._replace(at)
        return found

    def _launched(self) -> _Worker:
        context = _context()
        ours, theirs = context.Pipe()
        process = context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(theirs, self.patterns, self.limits, self.task), daemon=True
        )
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _replace(self, at: int) -> None:
        old = self._workers[at]
        old.process.kill()
        old.process.join()
        old.connection.close()
        old.process.close()
        self._workers[at] = self._launched()
        _await_ready(self._workers[at])


def _await_ready(worker: _Worker) -> None:
    """Wait until a worker has loaded the rules. Raises what it met where it could not."""
    error = worker.connection.recv()
    if error is not None:
        raise error


def _death(code: int | None) -> Failure:
    killed = code is not None and -code == signal.SIGKILL
    what = "the system ended it, most often for want of memory" if killed else f"the reader crashed (exit code {code})"
    return Failure("parse", "crashed", what)


def _context() -> BaseContext:
    """How workers are made: out of a small server that has the libraries loaded already, where there is one."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "minutesminer.mine.components"])
    return context


def _serve(
    connection: Connection, patterns: Path | str | None, limits: Limits, task: Callable[[Job, Language], Result]
) -> None:
    """What a worker does: load the rules, then take jobs until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the batch, which then ends its workers
    try:
        nlp = mine.load(patterns)
    except MinutesMinerError as error:
        connection.send(error)
        return
    connection.send(None)
    _limit_memory(limits.megabytes)
    while True:
        try:
            job = connection.recv()
        except (EOFError, OSError):
            return
        try:
            connection.send(task(job, nlp))
        except (BrokenPipeError, ConnectionResetError):
            return


def _limit_memory(megabytes: int) -> None:
    """Let this process have so much more memory than it has now. macOS does not keep to such a limit."""
    if sys.platform != "linux":
        return
    import resource

    with open("/proc/self/statm", encoding="ascii") as file:
        now = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    limit = now + megabytes * 2**20
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
