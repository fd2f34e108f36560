"""Actions and follow-ups: who does or asks what, for whom, by when."""
