"""What identity may refuse with, beside the refusals of core."""

from __future__ import annotations

from motcua.foundation.core.errors import Invalid


class BadPeriod(Invalid):
    """The days of a role or of a lending do not fit."""


class BadLending(Invalid):
    """The law does not let this role be lent in this way."""


class BadSecret(Invalid):
    """A password, PIN or one-time code that cannot be used."""
