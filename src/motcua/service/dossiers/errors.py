"""What the verbs of a dossier refuse with."""

from __future__ import annotations

from motcua.foundation.core.errors import Conflict, Invalid, Refusal


class NotNow(Conflict):
    """The dossier does not stand where this verb could be done."""

    code = "not-now"


class NoSuchStep(Invalid):
    """The next step or its agency cannot be told."""

    code = "no-such-step"


class NotReceivable(Refusal):
    """The procedure cannot be received here or now."""

    code = "not-receivable"
