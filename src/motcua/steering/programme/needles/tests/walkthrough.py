"""Every verb of needles, done once with marked words in every text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import time as hour

from motcua.foundation.core import time
from motcua.steering.programme import actions as programme
from motcua.steering.programme.models import Measure, Programme
from motcua.steering.programme.needles import actions
from motcua.steering.programme.needles.tests import factories
from motcua.steering.programme.tests import samples
from motcua.steering.programme.tests.factories import SYSTEM, Province

#: How a target is read, and on what ground, is public.
HOMES = frozenset({"needles_formula", "needles_choice", "needles_baseline", "programme_entry"})
DAY = date(2018, 3, 1)


def walk(mark: str) -> None:
    """Offer two readings, choose the second, print a baseline, enter a counted share for another measure."""
    with time.travelling(time.at_local(DAY, hour(9))):
        found = _programme(Province())
        nested = replace(factories.NESTED, words=f"Đọc {mark}", why=f"Vì {mark}")
        row = actions.offer(
            SYSTEM, measure=_measure(found, "1.1"), readings=[nested, factories.APART], on=DAY, basis=f"Theo {mark}"
        )
        apart = row.formulas.get(code="tach-roi")
        actions.choose(SYSTEM, measure=row, formula=apart, on=DAY, basis=f"Bà {mark} kết luận")
        actions.print_baseline(SYSTEM, measure=row, printed=actions.Printed(819, 1368, f"Phần của {mark}"))
        other = _measure(found, "1.2")
        other.unit = "%"
        other.save(update_fields=["unit"])
        actions.count(
            SYSTEM, measure=other, on=DAY, numerator=1, denominator=2, source=f"Báo cáo của {mark}"
        )


def _programme(province: Province) -> Programme:
    """Return a programme of a number of its own at work: another walk may have been here."""
    reading = samples.renumbered(province.reading(), "99/QĐ-UBND", factories.BOUND)
    drafted = programme.enter(SYSTEM, reading=reading, sha256="b" * 64, name="99.txt")
    return programme.approve(
        SYSTEM, programme=drafted, steward=province.steward, office=province.office, issuer=province.issuer,
        on=factories.BOUND,
    )


def _measure(found: Programme, code: str) -> Measure:
    return Measure.objects.select_related("target__programme").get(target__programme=found, code=code)
