"""How far the work is: a bar on a terminal, a line for each step otherwise; both on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from minutesminer.commands.options import printable

Step = Callable[[str, int, int, str], None]
"""Called with the name of a bar (empty where there is but one), steps done, all steps, and what was just done."""


@contextmanager
def steps() -> Iterator[Step]:
    """What shows each step while the block lasts."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda name, done, total, what: click.echo(f"{name} {done}/{total} {printable(what)}".lstrip(), err=True)
        return
    named, doing = TextColumn("{task.fields[name]}", markup=False), TextColumn("{task.description}", markup=False)
    with Progress(named, BarColumn(), MofNCompleteColumn(), doing, console=console, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def bar(name: str, done: int, total: int, what: str) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task("", total=total, name=name)
            bars.update(tasks[name], completed=done, total=total, description=printable(what))

        yield bar
