"""Where the text of a limb begins and ends: behind stops, `unanimously` and `that`, before `; and` and the vote."""

from __future__ import annotations

import re

MANNER = (  # how a body decided, between the introducing word and what it decided
    r"(?:unanimously|accordingly|therefore|hereby|nem\.? con(?:\.|tradicente)?|without (?:a )?(?:vote|division|dissent)"
    r"|by (?:general |unanimous |common )?(?:consent|consensus|assent|acclamation)|by all(?: members)?(?: present)?"
    r"|(?:by|on|with) (?:a |the )?(?:(?:clear |large |simple )?majority(?! of)|show of hands|unanimous vote)"
    r"|by (?:the|those) members(?: present)?|as follows|the following(?=\s*:)"
    r"|yn unfrydol|drwy (?:fwyafrif|bleidlais)"
    r"|(?:too|also|then|further)(?=\s+(?:that|to)\b))\b"
)
_TALLY = (  # by how many
    r"[,(]?\s*(?:by|with|on)\s[^.;:()\n]{0,80}?(?:votes?|voting|abst\w+|against|favour|majority)\b"
    r"[^.;:()\n]{0,40}?[,)]?\s*:?\s+(?=that\b|to\s+(?!\d|one\b|two\b|three\b|four\b|five\b|six\b|nil\b|none\b))"
    r"|\(\d+(?:\s*[:/–-]\s*\d+)+\)"
    r"|,\s*(?:having|after|following)\s[^.;:\n]{3,120}?,\s+(?=that\b|to\b)"
    r"|,?\s*on (?:the|a) (?:motion|proposal|proposition) (?:of|from|by)\s[^;:\n]{3,120}?,?\s+(?=that\b|to\b)"
)
_LEAD = re.compile(
    rf"(?:{_TALLY}|[\s:;.,–—-]|\(?\b{MANNER}\)?"
    r"|\((?=[^()]*(?:motion|moved|proposed|seconded|unanim|nem|vot))[^()]*\))*"
    r"(?:(?:that|bod|t h a t)\b(?!\s+is\b)|to\s*:)?[\s:;,–—-]*(?:(?:that|bod)\b)?[\s:;,–—-]*",
    re.I,
)
_LIMB_LEAD = re.compile(r"(?:\s*(?:that|bod|t h a t|to:)\b[\s:;,–—-]*)?", re.I)
_TAIL = re.compile(r"(?:\s*(?:;|,)\s*(?:and|or)?|\s*[.:]|\s+and|\s*[–—-])\s*$", re.I)
_ASIDE = re.compile(
    r"\s*[(\[]\s*(?:moved|proposed|proposer|mover|action|voting|votes?|for\b|unanimous|carried|seconded)[^()\[\]]*[)\]][\s.]*$"
    r"|\s*\([^()]*\b(?:votes?|against|in favour|abstentions?)\b[^()]*\)[\s.]*$|\s+Voting\s*:\s*[^.]*\.?$",
    re.I,
)


def skip_lead(text: str, start: int, end: int) -> int:
    """The place behind stops, `unanimously` and `that` that follow an introducing word."""
    match = _LEAD.match(text, start, end)
    return match.end() if match else start


def _tail_from(text: str, start: int, end: int) -> int:
    """Where to look for the tail of a limb from, so that the whole limb is not searched: it has four characters."""
    at, characters = end, 0
    while at > start and characters < 5:
        at -= 1
        characters += not text[at].isspace()
    return at


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A limb's range without blanks, a leading `that`, closing `; and`, a final stop, and asides on the vote."""
    while start < end and text[start] in " \n":
        start += 1
    lead = _LIMB_LEAD.match(text, start, end)
    if lead is not None and lead.end() < end:
        start = lead.end()
    limb = text[start:end]
    if "(" in limb or "[" in limb or "voting" in limb.lower():
        aside = _ASIDE.search(text, start, end)
        if aside is not None and aside.start() > start:
            end = aside.start()
    while not text[start:end].rstrip().endswith(("...", "…")):
        tail = _TAIL.search(text, _tail_from(text, start, end), end)
        if tail is None or tail.start() <= start:
            break
        end = tail.start()
    while end > start and text[end - 1] in " \n":
        end -= 1
    return start, end
