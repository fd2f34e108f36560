"""Who was there: the Present, Apologies and In attendance paragraphs of printed minutes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from minutesminer.models import Attendee
from minutesminer.text import BULLET, fold

Status = Literal["present", "absent", "apologies", "substitute", "in attendance", "expected"]

_LABEL = re.compile(
    r"(?P<label>(?:also\s+|other\s+|members\s+|councillors\s+|officers\s+|others\s+)*"
    r"(?:present|in attendance|attendance|attending|apolog(?:y|ies)(?: for absence)?|absent|substitutes?"
    r"|officers|yn bresennol|ymddiheuriadau)"
    r"(?:\s*\((?:virtually|online|remotely)\))?)\s*(?:[:–—]|-\s|$)\s*(?P<rest>.*)$",
    re.I,
)
_RECEIVED = re.compile(r"apolog(?:y|ies)\b.{0,60}?\b(?:from|on behalf of|by)\b:?\s*(?P<names>.+?)(?:\.\s|\.?$)", re.I)
_TITLES = r"(?:Councillors?|Cllrs?\.?|Aldermen|Alderman|Members?)"
# A title with a name, or another title, behind it: `Councillor Mrs Marl` has one.
_TITLED = re.compile(
    r"(?<!\w)(?<!Councillor )(?<!Councillors )(?<!Cllr )(?<!Cllrs )(?<!Alderman )"
    r"(?:Councillors?|Cllrs?\.?|Alderm[ae]n|Mrs?\.?|Ms\.?|Miss|Dr\.?)\s+(?=[A-Z])"
)
_ROLE = re.compile(
    r"(?:the\s+)?(?:(?:interim|deputy|assistant|vice|acting|senior|lead|corporate|strategic|executive"
    r"|cabinet|democratic|head|chief|principal|group|"
    r"service|committee|scrutiny|governance|portfolio|independent|co-opted|monitoring|director|chair\w*"
    r"|leader|mayor|officer|manager|"
    r"representative|clerk|solicitor|member|observer|substitute)\b)",
    re.I,
)
# What offices are for: `Cabinet Member for Children and Skills` names one person and not two.
_FIELD = re.compile(
    r"(?:.*\s)?(?:assets|assurance|care|climate|communities|culture|development|digital|economy|education|environment"
    r"|equalities|families|finance|governance|growth|health|highways|housing|inclusion|learning|leisure|partnerships"
    r"|people|performance|place|planning|prevention|regeneration|resources|safety|schools|services|skills|sport"
    r"|standards|sustainability|tourism|transport|waste|wellbeing|well-being|youth)",
    re.I,
)
_HONOUR = re.compile(r"(?:OBE|MBE|CBE|MP|JP|KC|QC|DL|KBE|FRSA|BEM)\.?$")
_PROSE = re.compile(r"\b(?:was|were|had|has|is|are|forms|opened|welcomed|declared|reported|held|will|substituted)\b")


def attendance_label(line: str) -> tuple[Status, str] | None:
    """The status that a line such as `PRESENT: Ann Lee (Chair)` opens and its rest, or None."""
    received = _RECEIVED.match(line)
    if received:
        return "apologies", received["names"]
    match = _LABEL.match(line.removeprefix(BULLET))
    if match is None or (match["rest"] and _PROSE.search(match["rest"].split("(")[0])):
        return None
    return _status(match["label"]), match["rest"]


def is_office(words: str) -> bool:
    """Whether words name an office and no person: `Head of Housing`."""
    return _ROLE.match(words) is not None


def read_attendance(lines: Iterable[str]) -> list[Attendee]:
    """The people named in the attendance paragraphs among `lines`, in their order."""
    found: list[Attendee] = []
    status: Status | None = None
    for line in lines:
        labelled = attendance_label(line)
        if labelled:
            status, rest = labelled
        elif status is None or line.isupper() or _PROSE.search(re.sub(r"\([^)]*\)", "", line)) or len(line) > 1500:
            status = None
            continue
        else:
            rest = line.removeprefix(BULLET)
        found.extend(_people(rest, status))
    return _once(found)


def _status(label: str) -> Status:
    words = label.lower()
    if words.startswith(("apolog", "ymddiheur")):
        return "apologies"
    if words.startswith("absent"):
        return "absent"
    if words.startswith("substitute"):
        return "substitute"
    if "present" in words and not words.startswith(("also", "other", "officers")) or "bresennol" in words:
        return "present"
    return "in attendance"


def _people(text: str, status: Status) -> list[Attendee]:
    people: list[Attendee] = []
    in_role = False  # whether the part before was, or went on with, an office out of brackets
    for part in _parts(text):
        name, role = _name_and_role(part)
        if people and _HONOUR.fullmatch(name):
            people[-1].name += f", {name}"
        elif people and _ROLE.match(name):
            people[-1].role = f"{people[-1].role}, {name}" if people[-1].role else name
            in_role = True
        elif in_role and _FIELD.fullmatch(name):
            people[-1].role = f"{people[-1].role} and {name}"
        elif 2 < len(name) <= 60 and name[0].isupper() and not _ROLE.match(name) and not name.isdigit():
            people.append(Attendee(name=name, role=role, status=status))
            in_role = False
    return people


def _parts(text: str) -> list[str]:
    """The text cut at commas, semicolons, stops and `and`, but never inside brackets."""
    parts, depth, start = [], 0, 0
    text = re.sub(r"\(([^()]*)\(([^()]*)\)([^()]*)\)", r"(\1\2\3)", text)
    for match in re.finditer(
        r"[()]|[,;]|\s+and\s+|(?<=[a-z)])(?<!Rev)(?<!Dr)(?<!Mr)(?<!Mrs)(?<!Ms)(?<!Cllr)(?<!St)\.\s+(?=[A-Z])|•",
        text,
    ):
        if match[0] in "()":
            depth = max(0, depth + (1 if match[0] == "(" else -1))
        elif depth == 0:
            parts.append(text[start : match.start()])
            start = match.end()
    return [name for part in [*parts, text[start:]] if part.strip() for name in _at_titles(fold(part))]


def _at_titles(part: str) -> list[str]:
    """Names that only their titles tell apart, as lists in columns leave them: `Cllr Ada Marl (Chair) Cllr Bo Wick`."""
    starts = [match.start() for match in _TITLED.finditer(part)]
    cuts = [at for at in starts[1:] if part[:at].count("(") == part[:at].count(")")]
    if not starts or starts[0] > 0 and not cuts:
        return [part]
    bounds = [0, *cuts, len(part)]
    return [part[start:end].strip() for start, end in zip(bounds, bounds[1:], strict=False)]


def _name_and_role(part: str) -> tuple[str, str | None]:
    bare = re.sub(r"^(?:and\s+)?(?:from|on behalf of)\s+", "", part.strip(" ."))
    bare = re.sub(rf"^(?:and\s+)?(?:the\s+)?(?:{_TITLES}:?\s+)+", "", bare).strip()
    bare = re.sub(r"^[A-Z][\w -]{2,30}:\s+", "", bare)
    bare = re.sub(r"\s+\(?who was substituted by\b.*|\s+\(substituted by\b.*|\s+and$", "", bare)
    match = re.fullmatch(r"(?P<name>[^(]+?)\s*\((?P<role>.+?)\)?\.?", bare)
    if match:
        return match["name"].strip(), match["role"].strip()
    return bare.split("(")[0].strip(" –-"), None


def _once(people: list[Attendee]) -> list[Attendee]:
    seen: set[tuple[str, str]] = set()
    kept = []
    for person in people:
        key = (person.name.casefold(), person.status)
        if key not in seen:
            seen.add(key)
            kept.append(person)
    return kept
