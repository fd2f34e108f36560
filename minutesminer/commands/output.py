"""Files that commands write: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

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
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)  # a pipe or a device cannot be replaced
            return
        target = path.resolve()  # a link keeps leading where it led
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(None, "it is write-protected")
        fresh = target.with_name(f".minutesminer-{os.getpid()}")
        try:
            with fresh.open("xb") as file:
                if target.exists():
                    os.fchmod(file.fileno(), target.stat().st_mode & 0o777)  # who may read it stays as it was
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}); name another file") from error
