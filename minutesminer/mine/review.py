"""The reasons for which a person should look at a record: what `review` can say, each with what to look for.

A rule or reader that is unsure sets one of these constants and nothing else, so that reasons can be counted and
filtered. A new reason is a constant here and its line in `REASONS`; a test holds the code and the list together.
"""

from __future__ import annotations

MEASURE_NOT_FOUND = "what the figure measures was not found"
COUNTED_NOT_FOUND = "what is counted was not found"
SIGN_LEFT_OUT = "a sum without its pound sign"
UNKNOWN_VERB = "no verb of the table of decisions"
HEADING_LOST = "the heading over this limb is lost"
NOBODY_NAMED = "nobody is named"
PRONOUN_UNCLEAR = "whom the pronoun means is not clear"
REQUESTER_NOT_SAID = "who asks is not said"
OFFERED_WITH_COULD = "offered with could"
NOTE_FORM = "note form"

REASONS = {
    MEASURE_NOT_FOUND: "Nothing in the sentence, nor before it, could be taken as what the figure measures.",
    COUNTED_NOT_FOUND: "A bare number, and no noun beside or before it that it could count.",
    SIGN_LEFT_OUT: "A number after a word for money was taken as pounds.",
    UNKNOWN_VERB: "The limb's verb is none of those that decisions are sorted by, so that `decision` is `other`.",
    HEADING_LOST: "A limb stands without its RESOLVED: look whether the committee decided it or only debated it.",
    NOBODY_NAMED: "The sentence names nobody who would do it: the owner may be said elsewhere, or by a heading.",
    PRONOUN_UNCLEAR: "Nothing before `he`, `she` or `they` names with certainty who that is.",
    REQUESTER_NOT_SAID: "Something is asked for, but the sentence does not say by whom: the committee is assumed.",
    OFFERED_WITH_COULD: "`could` may offer to do something or only say that it is possible.",
    NOTE_FORM: "A note without a full sentence: what reads like a request may be a heading or a remark.",
}
"""Every reason, and what to look for."""
