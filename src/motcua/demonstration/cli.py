"""Commands of this room."""

from motcua.foundation.core.cli import Command

COMMANDS: tuple[Command, ...] = ()
