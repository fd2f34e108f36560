"""The standing items of any meeting, recognised by their title."""

from __future__ import annotations

import re

_KINDS: list[tuple[str, str]] = [
    (
        "apologies",
        r"^apolog(?:y|ies)\b|\bapologies for (?:absence|lateness)|^(?:attendance|membership) and apolog"
        r"|ymddiheuriad",
    ),
    (
        "declarations",
        r"\bdeclarations?\b.*\binterests?\b|^disclosures? of (?:\w+ )*interests?|^interests?$"
        r"|datgan(?:iad)?(?:au)? .*buddiant",
    ),
    (
        "previous_minutes",
        r"^minutes?$|^minutes? (?:of|from)\b.*\b(?:meetings?|held|previous|last|proceedings)\b"
        r"|^minutes? (?:of )?(?:the )?(?:previous|last)\b"
        r"|^(?:to )?(?:confirm|approv\w+|sign\w*|receive)\b.*\bminutes\b|^(?:confirmation"
        r"|approval) of\b.*\bminutes\b|^previous minutes|^cofnodion$",
    ),
    ("matters_arising", r"^matters? arising"),
    (
        "urgent_business",
        r"\b(?:urgent|any other) (?:\w+ )*(?:business|items?|matters?)\b|^urgent\b|^aob$|^other business$",
    ),
    (
        "exclusion",
        r"\bexclusion of\b.*\b(?:press|public)\b|^exempt (?:items?|business)$|^exclude the\b.*\bpublic\b",
    ),
    (
        "public_questions",
        r"\b(?:public|residents?['’]?s?) (?:question|participation|speaking|forum|representation)"
        r"|\bquestions? (?:by|from) (?:members of )?(?:the )?public|^petitions?$"
        r"|^deputations?(?: and petitions?)?$|^petitions? and deputations?$"
        r"|^deputations and questions",
    ),
    (
        "chair",
        r"^(?:appointment|election|nomination) of (?:the |a )?(?:\w+[- ])?(?:vice[- ])?chair"
        r"|^(?:chair|chairman|mayor|leader|chairperson)(?:['’]s|s['’])? (?:announcements?|opening|remarks?"
        r"|communications?|introduction)"
        r"|^announcements?\b|^welcome\b|^introductions?\b",
    ),
    (
        "date_of_next_meeting",
        r"\bdates? (?:and times? )?of (?:the )?(?:next|future)\b.*\bmeetings?|^(?:next"
        r"|future) meetings?(?: dates?)?$|^dates? of meetings?$",
    ),
    (
        "webcast",
        r"\bwebcast(?:ing)?\b|\b(?:filming|recording) (?:of|at)\b.*\b(?:meeting|proceedings)"
        r"|^(?:public )?(?:health and safety|emergency evacuation)|^fire (?:drill|evacuation)",
    ),
    ("substitutes", r"^substitut(?:e|es|ion|ions)\b|^notification of substitut"),
    ("membership", r"^(?:membership|changes to membership|membership changes)$"),
]
_COMPILED = [(kind, re.compile(pattern, re.I)) for kind, pattern in _KINDS]


def procedural_kind(title: str | None) -> str | None:
    """The kind of standing item a title names (`apologies`, `declarations` ...), or None."""
    if not title:
        return None
    bare = title.strip(" .:*").replace("’", "'")
    for kind, pattern in _COMPILED:
        if pattern.search(bare):
            return kind
    return None
