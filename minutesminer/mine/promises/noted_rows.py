"""Tables of actions in plain text: a header such as `Action | Owner | Deadline` and the rows under it."""

from __future__ import annotations

from minutesminer.mine.engine.matching import NEWLINE, Match
from minutesminer.mine.promises.due import due_date
from minutesminer.mine.promises.noted_entries import EntryReader
from minutesminer.models import Action

_BORDER = frozenset("|-–—:= ")
OPEN = frozenset({"new", "open", "ongoing", "to", "not", "tbc"})  # first words of the status of what is still to do


def rows_of(reader: EntryReader, header: Match, line: tuple[int, int]) -> list[Action]:
    """The actions in the rows under the header line (a word range); none where its cells name no action column.

    A row with another number of cells ends the table. A row whose status says that it is done, or what became
    of it, reports an earlier action.
    """
    words = reader.words
    names = [_column(reader, start, end) for start, end in _cells(reader, *line)]
    if "action" not in names or len(names) < 2:
        return []
    actions: list[Action] = []
    at = line[1] + 1
    while at < len(words):
        end = at
        while end < len(words) and not words.bits[end] & NEWLINE:
            end += 1
        cells = _cells(reader, at, end)
        if set("".join(words.text[at:end])) <= _BORDER and end > at:
            at = end + 1
            continue
        if len(cells) != len(names):
            break
        action = _row(reader, header, names, cells)
        if action is not None:
            actions.append(action)
        at = end + 1
    return actions


def _row(reader: EntryReader, header: Match, names: list[str], cells: list[tuple[int, int]]) -> Action | None:
    words = reader.words
    task = cells[names.index("action")]
    if task[1] <= task[0]:
        return None
    values: dict[str, str | None] = {}
    last = task[1]
    for name, (start, end) in zip(names, cells, strict=True):
        if end > start:
            if name == "status" and words.lower[start] not in OPEN:
                return None
            values.setdefault(name, words.slice(start, end))
            last = max(last, end) if name in {"owner", "due"} else last
    action = reader.entry(header.rule.id, task[0], task[0], task[1])
    action.quote = action.sentence = words.slice(task[0], last)
    action.end_char = words.end[last - 1]
    action.owner = values.get("owner") or action.owner
    action.due = values.get("due") or action.due
    action.due_date = due_date(action.due, reader.held)
    return action


def _cells(reader: EntryReader, start: int, end: int) -> list[tuple[int, int]]:
    """The word ranges of the cells of a line, with or without a bar at its ends."""
    words = reader.words
    bars = [k for k in range(start, end) if words.text[k] == "|"]
    if not bars:
        return [(start, end)]
    edges = [start - 1, *bars, end]
    cells = [(left + 1, right) for left, right in zip(edges[:-1], edges[1:], strict=True)]
    if words.text[start] == "|":
        cells = cells[1:]
    if words.text[end - 1] == "|":
        cells = cells[:-1]
    return [_bare(reader, *cell) for cell in cells]


def _bare(reader: EntryReader, start: int, end: int) -> tuple[int, int]:
    text = reader.words.text
    while start < end and not text[start].strip():
        start += 1
    while end > start and (not text[end - 1].strip() or text[end - 1] == "."):
        end -= 1
    return start, end


def _column(reader: EntryReader, start: int, end: int) -> str:
    bits, fields = reader.words.bits[start:end], reader.fields
    for name, flag in (("status", fields.status), ("due", fields.due), ("owner", fields.owner)):
        if any(bit & flag for bit in bits):
            return name
    return "action" if any(bit & fields.action for bit in bits) else "other"
