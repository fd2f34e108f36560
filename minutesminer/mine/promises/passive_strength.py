"""How strong a passive is: `the figures would be circulated`, `this would be looked into by the Director`."""

from __future__ import annotations

from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.agents import agent_of
from minutesminer.mine.promises.clauses import Lexis
from minutesminer.mine.promises.promise import ASSURED, CERTAIN, Promise, Strength
from minutesminer.mine.promises.recipients import committee_like
from minutesminer.mine.promises.subjects import kind_of

THINGS = frozenset("this that these those it they both all one".split())
_OWN = frozenset("the this a our their its next scrutiny select overview and sub".split())
_LAUNCHED = frozenset(
    "launched re-launched relaunched rolled refreshed finalised completed recruited appointed installed commissioned "
    "established introduced trialled implemented extended opened started updated revised procured consulted "
    "advertised tendered delivered adopted held".split()
)
_FETCHED = frozenset("obtained sought requested chased compiled collated drafted re-sent resent".split())
_CALLED = frozenset("asked invited contacted".split())
_CONSENT = frozenset("approve agree adopt endorse note ratify determine confirm consider vote".split())
_MATTERS = frozenset("this matter issue question concern concerns point points query it suggestion request".split())
_DONE_SO = frozenset("done actioned sorted rectified progressed dealt".split())
_CONFIRMED = frozenset("confirmed agreed assured said replied responded advised undertook promised".split())
_AGREED = frozenset({"agreed", "resolved"})
_SPOKEN = frozenset(
    "noted explained stated said reported added indicated informed replied responded heard clarified outlined".split()
)
_SHOWN = frozenset(
    "circulated re-circulated recirculated shared distributed appended emailed e-mailed tabled attached".split()
)
_LATER_WORK = frozenset("published undertaken produced prepared scheduled convened monitored taken considered".split())
_TOLD = frozenset("provided sent supplied made informed updated notified issued given".split())
_EVENTS = frozenset("meeting visit visits session sessions briefing briefings training workshop tour seminar".split())
_TAKEN = frozenset({"back", "away", "forward", "up", "on", "to", "at", "offline", "outside", "off-line"})
_REWORKED = frozenset(
    "adjusted reworded re-worded redrafted re-drafted rewritten broken split expanded simplified re-run rerun "
    "separated altered tweaked shown".split()
)
_PAGE = frozenset(
    "wording format layout text paragraph graph graphs chart charts column columns figures table minutes report "
    "reports tables commentary narrative heading headings".split()
)
_CHANGES = frozenset("amendments amendment changes change corrections correction arrangements enquiries".split())
_THOUGHT = frozenset("consideration thought".split())
_RECURRING = frozenset("every each once when following over".split())
_EVER = frozenset("every each annually quarterly monthly weekly yearly six-monthly half-yearly twice".split())
_VIEWS = frozenset("views comments concerns thanks feedback remarks suggestions".split())
_PURSUED = {("followed", "up"), ("looked", "into"), ("picked", "up")}
_PUT_RIGHT = frozenset("rectified fixed resolved sorted done dealt mended remedied actioned put".split())
_COMING_TO = frozenset("for attend join provide respond explain supply report present share return confirm".split())
_OURS = frozenset("team teams service services department".split())
_REACHED = frozenset("contacted approached chased".split())
_SEEN_TO = frozenset(
    "investigated checked clarified corrected amended raised followed looked picked arranged organised answered taken "
    "addressed explored".split()
)
_THE = frozenset("the this that these those it a an".split())
_LISTS = frozenset("programme agenda list workplan register fwp".split())
_NOTES = frozenset("note notes briefing paper letter response reply summary".split())
_ERRORS = frozenset("error errors mistake mistakes omission typo inaccuracy inaccuracies".split())
_TO_COME = frozenset("report reports update updates paper papers item agenda minutes".split())
_MENDED = frozenset("investigated checked clarified corrected amended revisited".split())


def elsewhere(words: Words, start: int, end: int) -> bool:
    """Whether the phrase names another deciding body than the one that meets: `the Place Committee`, `Cabinet`."""
    lower = words.lower
    for k in range(start, end):
        if lower[k] in {"cabinet", "council", "executive"} and lower[k + 1 : k + 2] not in (["member"], ["members"]):
            return end - start <= 3
        if lower[k] in {"committee", "board", "panel", "commission"}:
            before = [lower[j] for j in range(start, k) if lower[j] not in _OWN]
            return bool(before) and words.text[k - 1][:1].isupper()
    return False


def passive_strength(promise: Promise, lexis: Lexis) -> Strength | None:
    """The strength of a `passive`, `passive_work` or `assured` match; None where it is no action."""
    words, subject, due = promise.words, promise.subject, promise.due
    verb, following, head = promise.final, promise.following, promise.head
    if promise.said_by(ASSURED):
        return "undertaken" if subject.kind != "none" else None
    after = words.lower[promise.match.end : promise.end]
    if any(
        after[k : k + 2] in (["under", "agenda"], ["under", "item"], ["under", "minute"]) for k in range(len(after))
    ):
        return None  # later in the same meeting
    if words.lower[subject.start : subject.start + 1] in (["no"], ["nothing"], ["neither"], ["nobody"]):
        return None
    unspecific = due is None or words.lower[due[0]] in {"every", "each"}
    if unspecific and words.lower[subject.start : subject.start + 1] in (["any"], ["each"], ["every"]):
        return None  # what would be done in any such case
    if verb in _CALLED and after[:1] == ["to"] and not _CONSENT.isdisjoint(after[1:2]):
        return None  # `Council would be asked to approve the budget`
    attending = not _COMING_TO.isdisjoint(words.lower[promise.match.end : promise.match.end + 3])
    if verb in _CALLED and subject.kind in {"person", "body"} and (due is not None or attending):
        return "undertaken"
    if verb in _REACHED and subject.kind in {"person", "body"} and words.lower[subject.start] in _THE:
        return "undertaken"
    if verb == "fed" and following == "into" and not (_VIEWS | _MATTERS).isdisjoint({head, promise.subject_head}):
        return "undertaken"
    if verb in {"fed", "passed", "relayed", "conveyed"} and following in {"back", "on"}:
        return "undertaken" if subject.kind not in {"third", "none", "person"} or head in _VIEWS else None
    on = (verb, following) in {("raised", "with"), ("referred", "to"), ("taken", "up")}
    if on and (subject.kind == "document" or head in _MATTERS):
        return "undertaken"
    if following == "accordingly" and subject.kind in {"document", "thing"}:
        return "undertaken"  # `The plan would be updated accordingly`
    if (verb, following) in _PURSUED and subject.kind not in {"third", "none"}:
        return "undertaken"
    if promise.kind == "assured":
        return _assured(promise)
    if (
        verb == "invited"
        and subject.kind == "third"
        and not {"next", "future"}.isdisjoint(after)
        and "meeting" in after
    ):
        return "undertaken"  # `schools will be invited to attend the next meeting`
    told = subject.kind in {"person", "pronoun", "body"} and verb in _TOLD | {"considered"}
    if subject.kind in {"third", "none"} or told:
        return None
    recipient = promise.recipient
    handed = recipient is not None and committee_like(words, lexis, recipient[1], recipient[2])
    returned = subject.kind == "document" or (subject.end - subject.start == 1 and head in THINGS)
    if promise.kind == "passive":
        return _handed_over(promise, lexis, handed, returned)
    return _dealt_with(promise, lexis, handed, returned)


def _in_a_report(words: Words, promise: Promise) -> bool:
    """Whether it is to stand in a report or an item to come: `that would be covered within the item on parking`."""
    after = words.lower[promise.match.end : promise.match.end + 6]
    within = after[:1] in (["in"], ["within"]) or after[:3] == ["as", "part", "of"]
    return within and not _TO_COME.isdisjoint(after)


def _assured(promise: Promise) -> Strength | None:
    """Of any other passive: what was agreed to be done by a time, or to be launched then."""
    subject, due, verb = promise.subject, promise.due, promise.final
    if verb in _DONE_SO and subject.end - subject.start == 1 and promise.head in THINGS and promise.said_by(_CONFIRMED):
        return "undertaken"
    if verb in _PUT_RIGHT and promise.head in _ERRORS:
        return "undertaken"
    if due is None:
        return None
    if promise.head in THINGS and subject.end - subject.start == 1 and verb in _PUT_RIGHT:
        return "undertaken"
    if subject.kind != "third" and promise.said_by(_AGREED):
        return "undertaken"
    if verb in _LAUNCHED and subject.kind in {"document", "thing"}:
        return "planned" if promise.words.lower[due[0]] not in _RECURRING else None
    return None


def _handed_over(promise: Promise, lexis: Lexis, handed: bool, returned: bool) -> Strength | None:
    """Of what is circulated, provided, reported, brought: `handed` to the committee, `returned` being a document."""
    words, verb, due, recipient = promise.words, promise.final, promise.due, promise.recipient
    if recipient is not None and elsewhere(words, recipient[1], recipient[2]):
        return "undertaken" if verb in _SHOWN or promise.said_by(CERTAIN) else "planned"
    if verb in {"passed", "forwarded", "conveyed", "relayed", "referred"} and promise.head in _VIEWS | _MATTERS:
        return "undertaken"
    if verb in {"arranged", "organised"} and promise.head in _EVENTS:
        return "undertaken"
    if (verb == "made" and not _CHANGES.isdisjoint({promise.head, promise.subject_head})) or (
        verb == "given" and promise.head in _THOUGHT
    ):
        return "undertaken"
    if verb == "made" and promise.following == "available":
        return "undertaken" if handed or returned else None
    given = returned and (verb not in {"made", "issued", "returned"} or due is not None)
    public = recipient is not None and any(bit & lexis.third for bit in words.bits[recipient[1] : recipient[2]])
    if public and not handed:  # `a leaflet would be sent to all households`
        return "planned" if verb in _SHOWN or given or due is not None else None
    if verb in _SHOWN or handed or given:
        return "undertaken"
    if verb in {"reported", "presented", "brought", "fed"}:
        meets = due is not None and "meeting" in words.lower[due[0] : due[1]]
        apart = "separately" in words.lower[promise.match.end : promise.match.end + 4]
        return "undertaken" if meets or apart else None
    return "planned" if due is not None and verb != "made" else None


def _dealt_with(promise: Promise, lexis: Lexis, handed: bool, returned: bool) -> Strength | None:
    """Of what is looked into, arranged, added, published."""
    words, verb, due = promise.words, promise.final, promise.due
    certain = promise.said_by(CERTAIN)
    after = words.lower[promise.match.end : promise.match.end + 8]
    event = not _EVENTS.isdisjoint({promise.head, promise.subject_head})
    if verb in {"arranged", "organised", "convened"} and event:
        return "undertaken"
    if verb in _REWORKED and (verb, promise.following) != ("set", "up"):
        return "undertaken" if promise.head in _PAGE else None
    if verb in {"answered", "addressed", "picked"} and promise.head in _MATTERS:
        return "undertaken"
    if verb == "taken" and promise.following in {"offline", "off-line", "away"}:
        return "undertaken" if returned or promise.head in _MATTERS else None
    if (verb, promise.following) == ("set", "up"):
        return (
            "undertaken" if event or promise.head in {"group", "sub-group"} else "planned" if due is not None else None
        )
    if verb in _FETCHED:
        return "undertaken" if returned else None
    if verb == "taken" and _TAKEN.isdisjoint(after[:2]):
        return None
    if verb == "invited":
        return "undertaken" if due is not None or "meeting" in after else None
    if verb in {"added", "included"} and (promise.head == "item" or promise.subject_head == "item"):
        return "undertaken"
    if verb in {"added", "included", "scheduled"} and not _LISTS.isdisjoint(after):
        return "undertaken"
    if verb in _LATER_WORK and handed and returned and verb != "considered":
        return "undertaken"
    if verb in {"prepared", "produced"} and not _NOTES.isdisjoint({promise.head, promise.subject_head}):
        return "undertaken"
    agent = agent_of(words, lexis, 0, promise.match.end, promise.match.end, promise.end)
    by_person = agent is not None and kind_of(words, lexis, agent[0] + 1, agent[1]) == "person"
    if due is not None and (by_person or words.lower[due[0]] == "outside") and promise.subject.kind != "third":
        return "undertaken"
    if by_person and verb in _SEEN_TO and words.lower[promise.subject.start] in _THE:
        return "undertaken"
    ours = agent is not None and words.lower[agent[1] - 1] in _OURS
    meant = words.lower[promise.subject.start] in THINGS or promise.subject_head in _MATTERS
    if ours and meant and verb in _SEEN_TO:
        return "undertaken"  # `This would be looked at by the team`
    if due is not None and words.lower[due[0]] in _EVER and not certain:
        return None  # routine, not a promise
    if verb in _LATER_WORK and not certain:
        return "planned" if due is not None else None
    if returned and (certain or due is not None) or certain and due is not None:
        return "undertaken"
    if verb in _MENDED and (returned or certain or promise.head in _ERRORS):
        return "undertaken"
    if returned and verb in {"covered", "reflected", "included", "addressed"} and _in_a_report(words, promise):
        return "undertaken"
    spoken = certain or promise.said_by(_SPOKEN)
    return "planned" if due is not None or (spoken and returned) else None
