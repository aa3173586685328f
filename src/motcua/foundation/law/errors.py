"""What the room refuses."""

from __future__ import annotations

from motcua.foundation.core.errors import Invalid


class BadRules(Invalid):
    """A data file of documents or rule sets cannot be read, or contradicts itself; nothing of it was kept."""

    code = "bad-rules"


class NoSuchRule(LookupError):
    """No rule set in force on the day sets this key: a fault of ours, not of the person."""
