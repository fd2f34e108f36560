"""The reference of the command line, kept as `docs/cli.md` (`make docs` writes it)."""

from __future__ import annotations

from collections.abc import Iterator

import click

from minutesminer.cli import main

_WIDTH = 88


def reference() -> str:
    """The help of every command in Markdown; the same on every machine."""
    parts = [
        "# The command line",
        "",
        "Printed from the commands by `minutesminer.commands.reference`; a test checks that it is current.",
        "",
    ]
    for name, command, context in _commands("minutesminer", main, None):
        with context.scope():
            help_ = command.get_help(context)
        level = "##" if context.parent is None or context.parent.parent is None else "###"
        parts += [f"{level} {name}", "", "```text", help_.strip(), "```", ""]
    return "\n".join(parts)


def _commands(
    name: str, command: click.Command, parent: click.Context | None
) -> Iterator[tuple[str, click.Command, click.Context]]:
    context = click.Context(
        command,
        parent,
        info_name=name.split()[-1],
        terminal_width=_WIDTH,
        max_content_width=_WIDTH,
        **({} if parent is not None else command.context_settings),
    )
    yield name, command, context
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            if found is not None:
                yield from _commands(f"{name} {below}", found, context)
