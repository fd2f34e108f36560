"""Files and folders that commands write: whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from minutesminer.errors import UsageError

STDOUT = Path("-")
"""What stands for standard output where a file is named."""


def write_file(path: Path, content: bytes) -> None:
    """Write `content` to `path`, in place of what was there; to standard output where that is `-`.

    Others see the file before or the file after, and a failure leaves the one before. Raises UsageError for a path
    that cannot be written.
    """
    if path == STDOUT:
        click.echo(content, nl=False)
        return
    with whole_file(path) as file:
        file.write(content)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, which takes the place of `path` when the block ends; standard output where that is `-`.

    Others see the file before or the file after, and a block that fails leaves the one before. Raises UsageError for a
    path that cannot be written.
    """
    if path == STDOUT:
        if sys.stdout is None:
            raise UsageError("standard output is closed; name a file with --out")
        yield sys.stdout.buffer
        return
    with _said_what_failed(path):
        if path.exists() and not path.is_file():
            with path.open("wb") as file:  # a pipe or a device cannot be replaced
                yield file
            return
        target = path.resolve()  # a link keeps leading where it led
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(None, "it is write-protected")
        fresh = target.with_name(f".minutesminer-{os.getpid()}")
        try:
            with fresh.open("xb") as file:
                if target.exists():
                    os.fchmod(file.fileno(), target.stat().st_mode & 0o777)  # who may read it stays as it was
                yield file
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: Path, *, over: bool = False) -> Iterator[Path]:
    """An empty folder to write to, whose files are in the folder `path` when the block ends.

    A block that fails leaves nothing; a new folder comes to be with all its files. With `over`, files of the same names
    in a folder that is there are replaced, each whole, and the others stay. Raises UsageError for a path that cannot be
    written, and for a folder that holds something where `over` is not given.
    """
    with _said_what_failed(path):
        if path.is_dir() and any(path.iterdir()) and not over:
            raise UsageError(f"the folder {path} is not empty; name another with --out, or give --force")
        if path.exists() and not path.is_dir():
            raise UsageError(f"{path} is a file; name a folder with --out")
        target = path.resolve()
        own = f".minutesminer-{os.getpid()}"
        # In a folder that is there: it may be on a disk of its own, and what is around it not ours to write to.
        fresh = target / own if target.exists() else target.with_name(own)
        try:
            fresh.mkdir()
            yield fresh
            if fresh.parent == target:
                for file in sorted(fresh.iterdir()):
                    file.replace(target / file.name)
            else:
                fresh.rename(target)  # refused where another program has filled it meanwhile
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


@contextmanager
def _said_what_failed(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}); name another file") from error
