"""`minutesminer rules`: the rules listed, and tested on their own examples."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from minutesminer import resources
from minutesminer.commands.options import Rows, listing, patterns_option, printable

_FIELDS = ("id", "class", "kind", "why", "path", "positive", "negative")


@click.group()
def rules() -> None:
    """List the rules, or test them on their own examples."""


@rules.command("list")
@patterns_option
@listing(_FIELDS, ("id", "class", "kind", "why", "path"))
def list_rules(patterns: Path | None) -> Rows:
    """List every rule: what it yields, why, and the file it stands in."""
    from minutesminer.mine.engine.rules import load_rules

    return [
        {
            "id": rule.id,
            "class": rule.class_,
            "kind": rule.kind,
            "why": rule.why,
            "path": rule.path,
            "positive": len(rule.positive),
            "negative": len(rule.negative),
        }
        for rule in load_rules(patterns or resources.folder("patterns"))
    ]


@rules.command("test")
@patterns_option
def test_rules(patterns: Path | None) -> None:
    """Run the examples of every rule.

    Ends with exit code 1 where one does not give what it is marked with.
    """
    from minutesminer.mine.engine.examples import check_examples
    from minutesminer.mine.engine.rules import load_rules

    loaded = load_rules(patterns or resources.folder("patterns"))
    failures = check_examples(loaded, patterns)
    for failure in failures:
        click.echo(f"{failure.path}: {failure.rule}: {printable(failure.message)}")
        click.echo(f"    {printable(failure.example)}")
    examples = sum(len(rule.positive) + len(rule.negative) for rule in loaded)
    click.echo(f"{len(loaded)} rules, {examples} examples, {len(failures)} wrong")
    if failures:
        sys.exit(1)
