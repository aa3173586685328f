"""What can be wrong with a decision that is to be imported, and with what is done to a programme."""

from __future__ import annotations

from motcua.foundation.core.errors import Invalid


class BadDocument(Invalid):
    """The file cannot be read as a decision; nothing was written."""

    code = "programme-document"


class BadProgramme(Invalid):
    """What is asked of a programme does not fit it; nothing was written."""

    code = "programme"


class AlreadyReminded(BadProgramme):
    """All of a reminder was said before; nothing was written."""
