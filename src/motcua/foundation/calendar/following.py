"""The calendar follows the rule sets of the clock: it says what it can do, and sets due dates anew after a change."""

from __future__ import annotations

from motcua.foundation.calendar import jobs, readings, registry
from motcua.foundation.core.verbs import Act
from motcua.foundation.law.types import Rules


class ClockRules:
    """What the registry of law asks of this room."""

    subject = readings.SUBJECT

    def check(self, rules: Rules) -> None:
        """Refuse what the clock cannot do."""
        readings.check(rules)

    def entered(self, act: Act) -> None:
        """Set open due dates anew once the rule set stands; a store that is being begun has none."""
        act.after_commit(readings.forget)
        if any(kind.is_any_open() for kind in registry.declared()):
            jobs.recompute_later(act, None)
