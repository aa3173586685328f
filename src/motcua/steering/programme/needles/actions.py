"""Verbs of needles: how a measure can be counted, which reading holds from when, and counted values entered by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motcua.foundation.core.files.types import Put
from motcua.foundation.core.verbs import Act, verb
from motcua.foundation.indicators import registry
from motcua.foundation.organisations.models import Agency
from motcua.steering.programme import actions as programme
from motcua.steering.programme import today
from motcua.steering.programme.actions.shares import KEPT
from motcua.steering.programme.models import Measure
from motcua.steering.programme.needles.errors import BadNeedle
from motcua.steering.programme.needles.models import Baseline, Choice, EntryCount, Formula
from motcua.steering.programme.needles.policies import NEEDLES
from motcua.steering.programme.needles.types import Counting

MOST = 6
#: What of a reading decides its result; the rest are words.
_COUNTS = ("indicator", "level", "kinds", "counting", "threshold", "ended_on")
LARGEST = 10**12


@dataclass(frozen=True, slots=True)
class Offered:
    """A reading as it is offered; `exempt` agencies count on neither side."""

    code: str
    words: str
    indicator: str
    why: str = ""
    level: str = ""
    kinds: tuple[str, ...] = ()
    exempt: tuple[Agency, ...] = ()
    counting: Counting = Counting.WHOLE
    threshold: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """A baseline that the plan prints as a fraction, and where."""

    numerator: int
    denominator: int
    place: str


@verb("needle.offer", policy=NEEDLES, locks=("measure",))
def offer(
    act: Act, *, measure: Measure, readings: Sequence[Offered], on: date, basis: str
) -> Measure:
    """Say how a measure can be counted from the platform's records. The first reading holds unless one does already."""
    _check_readings(readings)
    _check_unit(measure, readings)
    if on > today.day():
        raise BadNeedle(f"Ngày {on:%d/%m/%Y} chưa tới. {KEPT} Anh/chị xem lại ngày.", field="on")
    if not basis.strip():
        raise BadNeedle(f"Gắn số liệu phải có căn cứ. {KEPT} Anh/chị ghi văn bản hoặc lý do.", field="basis")
    kept = {row.code: row for row in measure.formulas.all()}
    for position, one in enumerate(readings):
        _keep(measure, kept.get(one.code), position, one)
    codes = [one.code for one in readings]
    measure.formulas.exclude(code__in=codes).filter(ended_on__isnull=True).update(ended_on=on)
    current = chosen(measure, on)
    if current is None or current.code not in codes:
        current = measure.formulas.get(code=codes[0])
        _set(act, measure, current, on, basis)
    measure.indicator = current.indicator
    measure.save()
    act.record(measure, readings=[*codes], holds=current.code, since=on.isoformat(), basis=_digest(basis))
    return measure


@verb("needle.choose", policy=NEEDLES, locks=("measure",))
def choose(act: Act, *, measure: Measure, formula: Formula, on: date, basis: str) -> Measure:
    """Let another reading hold from a day on. What held before stays in the history of choices."""
    if formula.measure_id != measure.pk or formula.ended_on is not None:
        raise BadNeedle(f"Cách đọc này không thuộc chỉ tiêu đang xem. {KEPT} Anh/chị chọn lại.", field="formula")
    if on > today.day():
        raise BadNeedle(f"Ngày {on:%d/%m/%Y} chưa tới. {KEPT} Anh/chị xem lại ngày.", field="on")
    if not basis.strip():
        raise BadNeedle(f"Chọn cách đọc phải có căn cứ. {KEPT} Anh/chị ghi văn bản hoặc lý do.", field="basis")
    _set(act, measure, formula, on, basis)
    current = chosen(measure, today.day()) or formula
    measure.indicator = current.indicator
    measure.save()
    act.record(measure, chosen=formula.code, since=on.isoformat(), basis=_digest(basis))
    return measure


@verb("needle.print", policy=NEEDLES, locks=("measure",))
def print_baseline(act: Act, *, measure: Measure, printed: Printed) -> Measure:
    """Keep both sides of a baseline that the plan prints as a fraction, and where it stands there."""
    _check_count(printed.numerator, printed.denominator)
    Baseline.objects.update_or_create(measure=measure, defaults={
        "numerator": printed.numerator, "denominator": printed.denominator, "place": printed.place[:200],
    })
    measure.save()
    act.record(measure, numerator=printed.numerator, denominator=printed.denominator)
    return measure


@verb("needle.count", policy=NEEDLES, locks=("measure",))
def count(
    act: Act, *, measure: Measure, on: date, numerator: int, denominator: int, source: str, puts: Sequence[Put] = (),
) -> Measure:
    """Enter a share that was counted elsewhere, by both its sides, with its source and its file."""
    _check_count(numerator, denominator)
    if measure.unit != "%":
        raise BadNeedle(
            f"Chỉ tiêu này không tính bằng phần trăm. {KEPT} Anh/chị nhập giá trị thay cho tử số và mẫu số.",
            field="numerator",
        )
    value = (Decimal(100) * numerator / denominator).quantize(Decimal("0.0001"))
    programme.enter_value(act, measure=measure, on=on, value=value, source=source, puts=puts)
    entry = measure.entries.latest("pk")
    EntryCount.objects.create(entry=entry, numerator=numerator, denominator=denominator)
    act.record(measure, on=on.isoformat(), numerator=numerator, denominator=denominator)
    return measure


def chosen(measure: Measure, day: date) -> Formula | None:
    """Return the reading that holds on a day (1 query)."""
    row = measure.choices.filter(valid_from__lte=day).select_related("formula").last()
    return row.formula if row else None


def _set(act: Act, measure: Measure, formula: Formula, on: date, basis: str) -> None:
    Choice.objects.create(
        measure=measure, formula=formula, valid_from=on, basis=basis.strip()[:300], by=act.actor.ref,
        at=act.entered_at,
    )


def _keep(measure: Measure, row: Formula | None, position: int, one: Offered) -> None:
    said = {
        "position": position, "words": one.words[:200], "why": one.why[:400], "indicator": one.indicator,
        "level": one.level, "kinds": ",".join(one.kinds), "counting": one.counting.value, "threshold": one.threshold,
        "ended_on": None,
    }
    is_same = row is not None and all(getattr(row, name) == said[name] for name in _COUNTS) and (
        {agency.pk for agency in row.exempt.all()} == {agency.pk for agency in one.exempt}
    )
    row, _ = Formula.objects.update_or_create(measure=measure, code=one.code, defaults=said)
    row.exempt.set(one.exempt)
    if not is_same:
        # What was kept was counted by the reading as it stood: it is counted anew.
        row.points.all().delete()


def _check_readings(readings: Sequence[Offered]) -> None:
    if not 1 <= len(readings) <= MOST or len({one.code for one in readings}) != len(readings):
        raise BadNeedle(f"Cần từ 1 đến {MOST} cách đọc, mã không trùng nhau. {KEPT} Anh/chị xem lại danh sách.")
    for one in readings:
        if one.indicator not in registry.codes():
            raise BadNeedle(
                f"Không có số liệu mã “{one.indicator[:60]}”. {KEPT} Anh/chị chọn trong danh mục số liệu.",
                field="indicator",
            )
        is_share = registry.indicator(one.indicator).is_share
        if one.counting is not Counting.WHOLE and not is_share:
            raise BadNeedle(
                f"Cộng theo cơ quan và đếm theo ngưỡng chỉ dùng cho tỷ lệ. {KEPT} Anh/chị chọn số liệu là tỷ lệ.",
                field="counting",
            )
        if (one.counting is Counting.REACH) != (one.threshold is not None):
            raise BadNeedle(
                f"Ngưỡng đi cùng cách đếm cơ quan đạt ngưỡng, và chỉ cách đó. {KEPT} Anh/chị xem lại.",
                field="threshold",
            )


def _check_unit(measure: Measure, readings: Sequence[Offered]) -> None:
    """Refuse a count for what is printed in percent, and a share for what is printed as a number of things."""
    for one in readings if measure.unit else ():
        is_share = registry.indicator(one.indicator).is_share
        if is_share != (measure.unit == "%"):
            found = "tỷ lệ" if is_share else "số đếm"
            raise BadNeedle(
                f"Chỉ tiêu in theo đơn vị “{measure.unit}” mà số liệu này là {found}. {KEPT} Anh/chị chọn lại.",
                field="indicator",
            )


def _check_count(numerator: int, denominator: int) -> None:
    if denominator <= 0 or denominator > LARGEST:
        raise BadNeedle(f"Mẫu số phải lớn hơn không. {KEPT} Anh/chị xem lại mẫu số.", field="denominator")
    if not 0 <= numerator <= denominator:
        raise BadNeedle(f"Tử số phải từ 0 đến mẫu số. {KEPT} Anh/chị xem lại hai số.", field="numerator")


def _digest(text: str) -> str:
    """Return by what the ledger knows a ground: it has Vietnamese letters, so a digest stands for it."""
    return "d" + hashlib.sha256(text.strip().encode()).hexdigest()[:16]
