"""Who was there: the Present, Apologies and In attendance paragraphs and tables of printed minutes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from minutesminer.models import Attendee
from minutesminer.text import BULLET, fold

Status = Literal["present", "absent", "apologies", "substitute", "in attendance", "expected"]

STATUSES: dict[str, Status] = {
    "present": "present",
    "absent": "absent",
    "in attendance": "in attendance",
    "apologies": "apologies",
    "apology": "apologies",
    "substitute": "substitute",
    "expected": "expected",
}
"""The words that councils' tables have for how someone attended."""

_LABEL = re.compile(
    r"(?P<label>(?:also\s+|other\s+|(?:committee |panel |board )?members\s+|councillors\s+|officers\s+|others\s+)*"
    r"(?:present|in attendance|attendance|attending|apolog(?:y|ies)(?: for absence)?|absent|substitutes?"
    r"|officers|yn bresennol|wrth law|hefyd yn bresennol|ymddiheuriadau)"
    r"(?:\s*\((?:virtually|online|remotely)\))?)\s*(?::-?|[–—]|-\s|$)\s*(?P<rest>.*)$",
    re.I,
)
SENTENCE_END = r"(?<!\b[A-Z])(?<!Cllr)(?<!Cllrs)(?<!Rev)(?<!Dr)(?<!Mr)(?<!Mrs)(?<!Ms)(?<!St)(?:\.(?=\s|$)|$)"
"""Where a sentence that names people ends: not behind an initial or a shortened title."""

_RECEIVED = re.compile(
    rf"apolog(?:y|ies)\b(?! for late).{{0,60}}?\b(?:from|on behalf of|by)\b:?\s*(?P<names>.+?){SENTENCE_END}", re.I
)
_CHAIR = re.compile(
    r"(?i:in the chair|presiding)\s*:-?\s*(?P<after>[^:]+?)\.?$"
    r"|(?P<before>(?:Councillor|Cllr|Alderman|Mrs?|Ms|Miss|Dr|Sir|[A-Z])(?:[.\s]+[A-Z][\w’'-]*){1,4})"
    r"(?:\s+\((?P<role>[^()]*)\))?,?\s+(?:presided |was )?(?i:in the chair)\.?$",
)
_PRESIDED = ", in the Chair"
_AFTER_CHAIR = re.compile(r"(?i:chair(?:man|person|woman|ing)?|convenor|convener|presiding)\s*:\s*(?P<name>[A-Z].+)$")
_STANDS_IN = re.compile(r"(?:as |acting as )?(?:a )?(?:named )?substitut\w+\b|(?:deputising|in place|in lieu)\b", re.I)
_FOR = re.compile(r"\s+(?:substituting |deputising )?(?=(?:for|in place of)\s+(?:Councillor|Cllr|Mrs?|Ms|Miss|Dr)\b)")
_OFFICE_LAST = re.compile(r".*\b(?:officer|manager|director|clerk|solicitor|secretary|treasurer|lead|team)", re.I)
_TITLES = r"(?:Councillors?|Cllrs?\.?|Aldermen|Alderman|Members?)"
# A title with a name, or another title, behind it: `Councillor Mrs Marl` has one.
_TITLED = re.compile(
    r"(?<!\w)(?<!Councillor )(?<!Councillors )(?<!Cllr )(?<!Cllrs )(?<!Alderman )(?<!\bfor )"
    r"(?:Councillors?|Cllrs?\.?|Alderm[ae]n|Mrs?\.?|Ms\.?|Miss|Dr\.?)\s+(?=[A-Z])"
)
_ROLE = re.compile(
    r"(?:the\s+)?(?:(?:interim|deputy|depute|assistant|vice|acting|senior|lead|corporate|strategic|executive"
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
    chaired = _CHAIR.match(line.removeprefix(BULLET))
    if chaired:
        name, role = chaired["after"] or chaired["before"], chaired["role"]
        return "present", name if "(" in name else f"{name} ({_chairing(role)})"
    match = _LABEL.match(line.removeprefix(BULLET))
    if match is None or (match["rest"] and _PROSE.search(match["rest"].split("(")[0])):
        return None
    return _status(match["label"]), match["rest"]


def is_office(words: str) -> bool:
    """Whether words name an office and no person: `Head of Housing`."""
    return _ROLE.match(words) is not None


def read_attendance(lines: Iterable[str]) -> list[Attendee]:
    """The people named in the attendance paragraphs and tables among `lines`, in their order."""
    found: list[Attendee] = []
    status: Status | None = None
    for line in _whole(lines):
        row = _row(line)
        labelled = attendance_label(line)
        chair = _AFTER_CHAIR.match(line.removeprefix(BULLET)) if status else None
        if row:
            found.append(row)
            continue
        if labelled:
            status, rest = labelled
        elif chair:
            rest = f"{chair['name']} (Chair)"
        elif status is None or line.isupper() or _PROSE.search(re.sub(r"\([^)]*\)", "", line)) or len(line) > 1500:
            status = None
            continue
        else:
            rest = line.removeprefix(BULLET)
        found.extend(people_in(rest, status or "present"))
    return merged(found)


def people_in(text: str, status: Status) -> list[Attendee]:
    """The people in a list of names, `Councillors Ada Lee (Chair) and Bo Moe; Tom Burke, Clerk`, all of one status."""
    listed = re.split(r";(?![^()]*\))", text)
    if len(listed) > 1:  # parts a list of people, each with commas of its own
        return [person for part in listed for person in people_in(part.strip(), status)]
    people: list[Attendee] = []
    in_role = False  # whether the part before was, or went on with, an office out of brackets
    by_office = False  # whether the part before named an office and its holder in brackets
    for part in _parts(text):
        name, role = _name_and_role(part)
        if people and name.lower() in STATUSES:
            people[-1].status = STATUSES[name.lower()]
        elif people and name.lower() in ("in the chair", "presiding"):
            people[-1].role = _chairing(people[-1].role)
        elif people and _HONOUR.fullmatch(name):
            people[-1].name += f", {name}"
        elif role and not _TITLED.match(part) and _TITLED.match(role):
            by_office = True
            holder = role.removesuffix(_PRESIDED)
            office = name if holder == role else f"{name}{_PRESIDED}"
            people.append(Attendee(name=_name_and_role(holder)[0], role=office, status=status))
        elif _is_post(part):
            if people and not by_office:
                people[-1].role = f"{people[-1].role}, {name}" if people[-1].role else name
            in_role = True
        elif in_role and people and _FIELD.fullmatch(name):
            people[-1].role = f"{people[-1].role} and {name}"
        elif 2 < len(name) <= 60 and name[0].isupper() and not name.isdigit() and not re.fullmatch(_TITLES, name):
            people.append(_attendee(name, role, status))
            in_role = by_office = False
    return people


def merged(people: Iterable[Attendee]) -> list[Attendee]:
    """The people, each once by name and status; the role is the first that is told, and who was in the chair."""
    kept: dict[tuple[str, str], Attendee] = {}
    for person in people:
        first = kept.setdefault((person.name.casefold(), person.status), person)
        if first is person or not person.role:
            continue
        if first.role and person.role == "Chair" and not first.role.lower().startswith("chair"):
            first.role = _chairing(first.role)
        first.role = first.role or person.role
    return list(kept.values())


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


def _whole(lines: Iterable[str]) -> list[str]:
    """The lines, those of one list joined where a line broke inside a name or behind a title."""
    whole: list[str] = []
    for line in lines:
        before = whole[-1] if whole else ""
        broken = re.search(rf"[,.;]\s+(?:{_TITLES}|[A-Z][\w’'-]+)$", before) and "," in before
        if broken and re.match(r"[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?(?:[,;(.]|\s+and\b|\s+\()", line):
            whole[-1] = f"{before} {line}"
        else:
            whole.append(line)
    return whole


def _row(line: str) -> Attendee | None:
    """The person of a table's row: `Attendee: Councillor Ann Lee; Role: Chair; Attendance: Present`."""
    cells = {name.lower(): text for name, _, text in (part.partition(": ") for part in line.split("; ")) if text}
    name = next((cells[key] for key in ("attendee", "name", "member", "councillor") if key in cells), None)
    told = next((cells[key] for key in ("attendance", "status", "present") if key in cells), "").lower()
    if name is None or told not in STATUSES:
        return None
    role = next((cells[key] for key in ("role", "position", "post", "title") if key in cells), None)
    return _attendee(_name_and_role(name)[0], role or _name_and_role(name)[1], STATUSES[told])


def _attendee(name: str, role: str | None, status: Status) -> Attendee:
    stands_in = _FOR.split(name, maxsplit=1)
    if len(stands_in) == 2 or (role and _STANDS_IN.match(role)):
        return Attendee(stands_in[0], stands_in[1] if len(stands_in) == 2 else role, "substitute")
    return Attendee(name=name, role=role, status=status)


def _is_post(part: str) -> bool:
    """Whether a part of a list names an office: by its first words, or by its last where no title opens it."""
    bare = part.split("(")[0].strip(" .")
    if re.match(rf"{_TITLES}:?\s", bare) and not re.match(r"Members?\s", bare):
        return False
    return _ROLE.match(_name_and_role(bare)[0]) is not None or _OFFICE_LAST.fullmatch(bare) is not None


def _chairing(role: str | None) -> str:
    """The role of who was in the chair, and has another one in brackets."""
    return "Chair" if role is None else role if role.lower().startswith("chair") else f"{role}{_PRESIDED}"


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
    chaired = re.sub(r"(?<=\)),?\s+in the chair$", "", bare, flags=re.I)
    if chaired != bare:
        name, role = _name_and_role(chaired)
        return name, _chairing(role)
    match = re.fullmatch(r"(?P<name>[^(]+?)\s*\((?P<role>.+?)\)?\.?", bare)
    if match:
        return match["name"].strip(), match["role"].strip()
    sent_by = re.fullmatch(r"(?P<name>.+?)\s+(?:of|from|representing)\s+(?:the\s+)?(?P<role>[A-Z].*)", bare)
    if sent_by and _TITLED.match(part.strip()):
        return sent_by["name"], sent_by["role"]
    dashed = re.fullmatch(r"(?P<name>.+?)\s+[–-]\s+(?P<role>.+)", bare)
    if dashed:
        return dashed["name"], dashed["role"]
    return bare.split("(")[0].strip(" –-"), None
