"""Who acts by the rule sets of a subject. Such a room says what it can follow, and is told when a rule set changes."""

from __future__ import annotations

from typing import Protocol

from motcua.foundation.core.verbs import Act
from motcua.foundation.law.types import Rules


class Follower(Protocol):
    """A room that acts by rule sets."""

    subject: str
    """Whose rule sets it follows."""

    def check(self, rules: Rules) -> None:
        """Raise BadRules where the rule set asks for what the room cannot do."""

    def entered(self, act: Act) -> None:
        """Do what follows the entry of a rule set, in its transaction."""


_followers: dict[str, Follower] = {}


def declare_follower(follower: Follower) -> None:
    """Let the room be asked and told; a subject has one follower."""
    _followers[follower.subject] = follower


def follower_of(rules: Rules) -> Follower | None:
    """Return who acts by this rule set, if anybody does."""
    return _followers.get(rules.subject)
