"""The fourth door: commands. A room lists its own in `cli.py`; the site gathers them into `motcua`."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass


class CommandError(Exception):
    """Bad input: the text is printed on stderr and the command ends with exit code 2."""


def _no_arguments(parser: ArgumentParser) -> None:
    """Most commands without options need nothing here."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command: `words` as typed after `motcua`; `run` returns the exit code.

    `needs_store` is False for what must work in an empty folder; all others find the store migrated. `makes_store` is
    False for what has nothing to do in a new one: where there is no store it is not run, and none is made. `examples`
    are whole lines as one types them, shown by `--help`.
    """

    words: tuple[str, ...]
    help: str
    run: Callable[[Namespace], int]
    arguments: Callable[[ArgumentParser], None] = _no_arguments
    needs_store: bool = True
    makes_store: bool = True
    examples: tuple[str, ...] = ()


def say(text: str = "") -> None:
    """Print a line for people or a pipe."""
    sys.stdout.write(text + "\n")


def say_json(value: object) -> None:
    """Print a value as JSON with the letters as they are."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def warn(text: str) -> None:
    """Print a line on stderr."""
    sys.stderr.write(text + "\n")


COMMANDS: tuple[Command, ...] = ()
