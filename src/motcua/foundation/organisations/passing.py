"""What an agency leaves behind when it ends, and how that reaches the heir.

`leave` writes it down in the event's own transaction; `run` passes on, when the day has come, one transaction a thing.
A run that was cut off is begun again by the next one (`jobs.pass_on_due`): what has passed stands there no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from datetime import time as midnight

from django.db.models import F

from motcua.foundation.core import time
from motcua.foundation.core.errors import Refusal
from motcua.foundation.core.logs import get_logger
from motcua.foundation.core.verbs import Act
from motcua.foundation.organisations import readings, registry, selectors
from motcua.foundation.organisations.errors import NoHeir
from motcua.foundation.organisations.models import Agency, Inheritance, Passage
from motcua.foundation.organisations.registry import Standing
from motcua.foundation.organisations.store import Stored, present_title
from motcua.foundation.organisations.types import Bequest, Register

GRACE = timedelta(hours=1)
"""How long a settled estate is still looked at: what somebody was doing while the agency ended arrives meanwhile."""
SAID_EVERY = 25
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Estate:
    """An agency that an event would end, to whom its open work would pass, and what stands there."""

    name: str
    heir: str
    standing: tuple[Standing, ...]

    @property
    def lacks_heir(self) -> bool:
        """Return whether something stands there that somebody must go on with, and nobody was named."""
        return not self.heir and any(line.needs_heir for line in self.standing)


def ended(before: Register, after: Register) -> list[str]:
    """Return the keys of the agencies that an event ended, or whose end it put on another day."""
    return [
        key for key, unit in after.units.items()
        if unit.closed is not None and (key not in before.units or before.units[key].closed != unit.closed)
    ]


def heir_of(after: Register, key: str, bequest: Bequest) -> str | None:
    """Return who takes an ended agency's open work over: whom the law leaves, or who was chosen. Raises NoHeir."""
    takers = readings.final_successors(after, key)
    if bequest.heir and len(takers) > 1 and bequest.heir not in takers:
        raise NoHeir("Cơ quan nhận hồ sơ phải là một trong các cơ quan nhận nhiệm vụ.", field="into")
    chosen = bequest.heir if len(takers) > 1 else ""
    return chosen or readings.sole_heir(after, key)


def estates(stored: Stored, after: Register, bequest: Bequest) -> tuple[Estate, ...]:
    """Return what stands at the agencies that an event would end. Raises NoHeir where nobody would go on with it."""
    found = []
    for key in ended(stored.register, after):
        if key not in stored.rows:
            continue  # founded by this very event, to pass on what was recorded ahead: nothing stands there yet
        unit = after.units[key]
        heir = heir_of(after, key, bequest)
        title = "" if heir is None else present_title(after, heir, unit.closed or unit.opened)
        name = present_title(stored.register, key, unit.closed or unit.opened)
        estate = Estate(name, title, registry.standing(stored.rows[key], title, bequest.carried))
        if estate.lacks_heir:
            raise NoHeir(lacking(estate, is_one_of=bool(readings.final_successors(after, key))), field="into")
        found.append(estate)
    return tuple(found)


def lacking(estate: Estate, *, is_one_of: bool) -> str:
    """Return what is said where work would be left to nobody."""
    things = ", ".join(f"{line.count} {line.what}" for line in estate.standing if line.needs_heir)
    wanted = (
        "Anh/chị chọn cơ quan nhận hồ sơ trong các cơ quan nhận nhiệm vụ." if is_one_of
        else "Anh/chị chọn ít nhất một cơ quan nhận nhiệm vụ."
    )
    return f"{estate.name} còn {things}, mà chưa rõ cơ quan nào giải quyết tiếp. Chưa ghi gì. {wanted}"


def leave(act: Act, stored: Stored, before: Register, bequest: Bequest, *, is_load: bool = False) -> list[Passage]:
    """Write down, for each agency that the event ended, who takes its open work over. Returns what is to pass on.

    A data file names no heir among several: what stands at such an agency waits for somebody to choose
    (`actions.choose_heir`). Raises NoHeir otherwise.
    """
    after = stored.register
    if not is_load:
        estates(Stored(before, {key: row for key, row in stored.rows.items() if key in before.units}), after, bequest)
    found, keys = [], ended(before, after)
    replaced = Passage.objects.filter(predecessor__key__in=keys)
    # What was recorded for a later day happens now, or passes to an agency that the event founds.
    is_ahead = not is_load and (replaced.exists() or any(key not in before.units for key in keys))
    if is_ahead:
        replaced.delete()
    for key in keys:
        row, heir = stored.rows[key], heir_of(after, key, bequest)
        day = after.units[key].closed
        assert day is not None
        is_empty = is_load and not registry.left([row.pk], bequest.carried)
        passage = Passage.objects.create(
            predecessor=row, heir=None if heir is None else stored.rows[heir], day=day, carried=sorted(bequest.carried),
            entered_at=act.entered_at, settled_at=act.entered_at if is_empty else None,
        )
        if heir is not None and not is_ahead:
            inherit(row, stored.rows[heir], day)
        if not is_empty:
            found.append(passage)
    if is_ahead:
        _rebuild()
    return found


def _rebuild() -> None:
    """Work out anew who carries whose work from which day on, where what was recorded ahead has changed."""
    Inheritance.objects.all().delete()
    passages = Passage.objects.filter(heir__isnull=False).select_related("predecessor", "heir").order_by("day", "pk")
    for passage in passages:
        assert passage.heir is not None
        inherit(passage.predecessor, passage.heir, max(passage.day, passage.heir.valid_from))


def inherit(predecessor: Agency, heir: Agency, day: date) -> None:
    """Let the heir carry what the predecessor carried, from the day on: its own work, and that of those before it.

    Whose end stands in the register for a later day is carried from that day on: until then he is at work himself. So
    it is with an heir whose own end stands there: from that day on all of it is carried by those who carry him.
    """
    behind = Inheritance.objects.filter(heir=predecessor).values_list("predecessor_id", "day")
    carried = [(predecessor.pk, day), *((pk, max(day, ended)) for pk, ended in behind)]
    further = Inheritance.objects.filter(predecessor=heir).values_list("heir_id", "day")
    carriers = [(heir.pk, day), *((pk, max(day, ended)) for pk, ended in further)]
    Inheritance.objects.bulk_create(
        Inheritance(predecessor_id=pk, heir_id=by, day=max(since, from_day))
        for by, from_day in carriers for pk, since in carried
    )


def due() -> list[int]:
    """Return the estates that wait to be passed on or looked at once more, by their keys (1 query)."""
    rows = Passage.objects.filter(settled_at__isnull=True, heir__isnull=False, day__lte=selectors.register_day())
    return list(rows.order_by("day", "pk").values_list("pk", flat=True))


def run(pk: int) -> int:
    """Pass on all that stands at an ended agency to the one who carries it today. May be run again at any time."""
    passage = Passage.objects.select_related("predecessor", "heir").get(pk=pk)
    if passage.heir is None or passage.day > selectors.register_day():
        return 0
    heir = selectors.carrier(passage.heir)
    total = said = 0
    for kind in registry.passing(passage.carried):
        for passed in kind.pass_on(passage.predecessor, heir):
            total += passed
            if total - said >= SAID_EVERY:
                said = _say(pk, total, said)
    _say(pk, total, said)
    now = time.now()
    began = max(passage.entered_at, time.at_local(passage.day, midnight()))
    if now - began >= GRACE and not registry.left([passage.predecessor_id], passage.carried):
        Passage.objects.filter(pk=pk).update(settled_at=now)
    return total


def _say(pk: int, total: int, said: int) -> int:
    """Add to what the page of the agency shows as passed."""
    if total > said:
        Passage.objects.filter(pk=pk).update(passed=F("passed") + total - said)
    return total


def run_all(keys: Sequence[int]) -> int:
    """Pass on several estates; one that refuses does not hold the others up. Returns how many things passed."""
    total = 0
    for pk in keys:
        try:
            total += run(pk)
        except Refusal as refusal:
            log.warning("passing on must wait", passage=pk, refusal=refusal.code)
    return total
