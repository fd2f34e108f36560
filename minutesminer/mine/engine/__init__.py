"""Words, lexicons, rules and matching: what all finders stand on."""
