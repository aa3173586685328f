"""Pure rules of needles: reached or not, pace needed, forecast with its spread, verdict. Values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations
from statistics import median

from motcua.steering.programme.needles.types import Forecast, Goal, Pace, Standing, Value, Verdict

YEAR = Decimal("365.25")
#: A line through fewer months says nothing, nor one over a shorter time, nor one drawn much further than it was seen.
LEAST_POINTS, LEAST_DAYS, FURTHEST = 5, 120, 4
#: Of an older value nobody knows whether it still holds.
STALE_DAYS = 366
#: The spread: the tenth and the ninetieth percent of slopes and of distances from the line.
LOW, HIGH = Decimal("0.1"), Decimal("0.9")
METHOD = (
    "Đường Theil–Sen qua giá trị cuối mỗi tháng: độ dốc là trung vị của độ dốc giữa mọi cặp tháng. Dải dự báo lấy phân "
    "vị 10% và 90% của các độ dốc đó, cộng phân vị 10% và 90% của khoảng lệch quanh đường. Cần ít nhất "
    f"{LEAST_POINTS} tháng có số, trải trên {LEAST_DAYS} ngày."
)


def meets(value: Decimal, goal: Goal) -> bool:
    """Return whether a value reaches the goal. “Trên 80%” wants more than 80; “70%” and “ít nhất 70%” want 70."""
    gained = goal.value - value if goal.falls else value - goal.value
    return gained > 0 or (gained == 0 and not goal.is_strict)


def pace(now: Value, goal: Goal, day: date) -> Pace | None:
    """Return how fast the value must change from a day on to be at the goal on its day.

    Nothing where it is there already, or where the day is over.
    """
    if meets(now.value, goal) or day >= goal.by:
        return None  # on the last day itself there is no time left to need a pace for
    gap = goal.value - now.value
    years = Decimal((goal.by - day).days) / YEAR
    return Pace(per_year=gap / max(years, 1 / YEAR), per_quarter=gap / max(4 * years, Decimal(1)), gap=gap)


def monthly(values: Iterable[Value]) -> list[Value]:
    """Return the last value of every month that has one, in order; of one day the one that comes last holds."""
    found: dict[tuple[int, int], Value] = {}
    for value in sorted(values, key=lambda one: one.on):
        found[value.on.year, value.on.month] = value
    return list(found.values())


def quantile(values: Sequence[Decimal], share: Decimal) -> Decimal:
    """Return a quantile, straight between neighbours."""
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)


def why_no_forecast(values: Sequence[Value], day: date, until: date) -> str:
    """Return why monthly values allow no forecast, in words; empty where they do."""
    if until <= day:
        return "Đã hết thời hạn của chỉ tiêu nên không dự báo."
    if len(values) < LEAST_POINTS:
        had = f"mới có {len(values)} tháng có số" if values else "chưa có tháng nào có số"
        return f"Chưa dự báo: {had}, cần ít nhất {LEAST_POINTS}."
    span = (values[-1].on - values[0].on).days
    if span < LEAST_DAYS:
        return f"Chưa dự báo: số liệu mới trải trên {span} ngày, cần ít nhất {LEAST_DAYS}."
    if (until - values[-1].on).days > FURTHEST * span:
        return f"Chưa dự báo: số liệu trải trên {span} ngày, quá ngắn so với thời gian còn lại."
    return ""


def forecast(
    values: Sequence[Value], until: date, *, least: Decimal | None = None, most: Decimal | None = None
) -> Forecast:
    """Return where monthly values lead to by a day (`METHOD`), kept between `least` and `most`."""
    start = values[0].on
    at = [Decimal((one.on - start).days) / YEAR for one in values]
    slopes = [(b.value - a.value) / (y - x) for (x, a), (y, b) in combinations(zip(at, values, strict=True), 2)]
    slope = median(slopes)
    level = median(one.value - slope * x for x, one in zip(at, values, strict=True))
    apart = [one.value - slope * x - level for x, one in zip(at, values, strict=True)]
    ahead = Decimal((until - values[-1].on).days) / YEAR
    here = level + slope * at[-1]

    def kept(value: Decimal) -> Decimal:
        return min(max(value, least if least is not None else value), most if most is not None else value)

    return Forecast(
        on=until, middle=kept(here + slope * ahead),
        low=kept(here + min(quantile(slopes, LOW), slope) * ahead + min(quantile(apart, LOW), Decimal())),
        high=kept(here + max(quantile(slopes, HIGH), slope) * ahead + max(quantile(apart, HIGH), Decimal())),
        slope=slope, points=len(values), since=start,
    )


def expected(baseline: Value, goal: Goal, day: date) -> Decimal | None:
    """Return where a straight line from the baseline to the goal is on a day; None where there is no such line."""
    length = (goal.by - baseline.on).days
    if length <= 0:
        return None
    gone = min(max(Decimal((day - baseline.on).days) / length, Decimal()), Decimal(1))
    return baseline.value + (goal.value - baseline.value) * gone


def standing(
    *, now: Value | None, goal: Goal | None, baseline: Value | None, history: Iterable[Value], day: date,
    least: Decimal | None = None, most: Decimal | None = None,
) -> Standing:
    """Return how a needle stands on a day: met; else by its forecast; else by the straight line; else unknown."""
    if goal is None:
        return Standing(Verdict.UNKNOWN, "Văn bản không nêu con số cần đạt nên không so được.")
    months = monthly(one for one in history if one.on <= day)
    none = why_no_forecast(months, day, goal.by)
    ahead = None if none else forecast(months, goal.by, least=least, most=most)
    if now is None:
        return Standing(Verdict.UNKNOWN, "Chưa có số nào; chưa biết không phải là bằng không.", no_forecast=none)
    line = expected(baseline, goal, day) if baseline else None
    if meets(now.value, goal):
        return Standing(Verdict.MET, _met(now, goal, months), None, ahead, none, line)
    verdict, why = _verdict(now, goal, day, ahead, line)
    return Standing(verdict, why, pace(now, goal, day), ahead, none, line)


def _met(now: Value, goal: Goal, months: Sequence[Value]) -> str:
    """Return how it was reached: in time, or only after the last day."""
    if now.on <= goal.by or any(meets(one.value, goal) for one in months if one.on <= goal.by):
        return "Giá trị hiện nay đã đạt mục tiêu."
    return f"Đã đạt mục tiêu, nhưng sau thời hạn {goal.by.day}/{goal.by.month}/{goal.by.year}."


def _verdict(
    now: Value, goal: Goal, day: date, ahead: Forecast | None, line: Decimal | None
) -> tuple[Verdict, str]:
    if day > goal.by:
        return Verdict.BEHIND, "Đã hết thời hạn mà chưa đạt."
    if (day - now.on).days > STALE_DAYS:
        return Verdict.UNKNOWN, "Số mới nhất đã cũ hơn một năm nên không biết còn đúng nhịp hay không."
    if ahead is not None:
        if meets(ahead.middle, goal):
            return Verdict.ON_PACE, "Theo đà các tháng qua thì đạt đúng hạn."
        return Verdict.BEHIND, "Theo đà các tháng qua thì không đạt đúng hạn."
    return _against_line(now, goal, line)


def _against_line(now: Value, goal: Goal, line: Decimal | None) -> tuple[Verdict, str]:
    if line is None:
        return Verdict.UNKNOWN, "Chưa đạt; chưa đủ số liệu để biết có đúng nhịp hay không."
    if now.value <= line if goal.falls else now.value >= line:
        return Verdict.ON_PACE, "Không kém đường thẳng từ giá trị ban đầu tới mục tiêu."
    return Verdict.BEHIND, "Kém đường thẳng từ giá trị ban đầu tới mục tiêu."
