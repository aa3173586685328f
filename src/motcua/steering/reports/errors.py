"""What the verbs of this room refuse with."""

from __future__ import annotations

from motcua.foundation.core.errors import Invalid


class BadBook(Exception):
    """A file of regimes and forms that cannot be right; the text says where, for who wrote the file."""


class NotNow(Invalid):
    """The report stands where the verb makes no sense."""

    code = "not-now"
