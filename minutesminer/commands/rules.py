"""`minutesminer rules`: the rules listed, and tested on their own examples."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from minutesminer import resources
from minutesminer.commands.options import Rows, listing, patterns_option, printable

_FIELDS = ("id", "class", "kind", "fired", "precision", "why", "path", "positive", "negative")


@click.group()
def rules() -> None:
    """List the rules, or test them on their own examples."""


@rules.command("list")
@click.option("--unused", is_flag=True, help="Only rules that match nothing in the packaged or held-out minutes.")
@patterns_option
@listing(_FIELDS, ("id", "class", "kind", "fired", "precision", "why", "path"))
def list_rules(unused: bool, patterns: Path | None) -> Rows:
    """List every rule: what it yields, what it does on the packaged minutes, why, and the file it stands in.

    The packaged minutes are mined with the rules for this. `fired` counts the records that a rule gave, or the
    matches of a rule that only guides others; `precision` is the share of its records that the annotation has too,
    optional ones left out (empty where there are none to judge).
    """
    from minutesminer.evaluate.firings import Use, use_of_rules
    from minutesminer.evaluate.sets import held_out_sets, packaged_sets
    from minutesminer.mine.engine.rules import load_rules

    loaded = load_rules(patterns or resources.folder("patterns"))
    uses = use_of_rules(packaged_sets(), patterns)
    if unused:
        elsewhere = use_of_rules(held_out_sets(), patterns)
        loaded = [rule for rule in loaded if rule.id not in uses and rule.id not in elsewhere]
    rows = []
    for rule in loaded:
        use = uses.get(rule.id, Use())
        rows.append(
            {
                "id": rule.id,
                "class": rule.class_,
                "kind": rule.kind,
                "fired": use.fired(rule.class_),
                "precision": None if use.precision is None else round(use.precision, 3),
                "why": rule.why,
                "path": rule.path,
                "positive": len(rule.positive),
                "negative": len(rule.negative),
            }
        )
    return rows


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
