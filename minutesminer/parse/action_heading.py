"""What heads the column of actions beside minutes."""

from __future__ import annotations

import re

ACTION_HEADING = re.compile(
    r"(?:actions?(?:\s+(?:by|for|required|points?|owner|lead|who))?|by whom|action\s*/\s*(?:lead|owner|who))\s*:?", re.I
)
"""`Action`, `Action by`, `By whom` and the like, and nothing else."""
