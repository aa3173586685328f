"""Numbers set aside beforehand: fee receipts (biên lai) of a registered range, pads of slips printed for an outage."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, connection, transaction

from motcua.foundation.core.errors import Invalid, Refusal
from motcua.foundation.core.numbering.counting import take
from motcua.foundation.core.numbering.models import NumberEntry, NumberRange, Use
from motcua.foundation.core.refs import Ref

RECEIPTS, PAD = "receipts", "pad"
LARGEST = 1_000_000
_NEXT = """
UPDATE core_numberrange SET next = next + 1 WHERE id = %s AND next <= last AND closed_at IS NULL RETURNING next - 1
"""


class RangeEmpty(Refusal):
    """No number of the range is left, or it was closed."""

    code = "range-empty"

    def __init__(self) -> None:
        super().__init__(
            "Dải số đã dùng hết hoặc đã khóa, nên chưa cấp được số và chưa có gì được ghi. "
            "Anh/chị đăng ký dải số mới rồi làm lại."
        )


def register(series: str, *, purpose: str, agency: Ref, first: int, last: int) -> NumberRange:
    """Register a range from outside, such as fee receipts. Raises Invalid on bounds that cannot be or that overlap."""
    if not 1 <= first <= last or last - first >= LARGEST:
        raise Invalid(
            f"Dải số từ {first} đến {last} không hợp lệ; chưa đăng ký gì. Anh/chị xem lại số đầu và số cuối.",
            field="last",
        )
    # Two who register at once would not see each other's rows; the series' counter lets one wait for the other.
    take(f"ranges:{series}")
    taken = NumberRange.objects.filter(series=series, first__lte=last, last__gte=first).first()
    if taken is not None:
        raise Invalid(
            f"Dải số này trùng với dải từ {taken.first} đến {taken.last} đã đăng ký; chưa ghi gì. Anh/chị xem lại "
            "ký hiệu và số.",
            field="first",
        )
    return NumberRange.objects.create(
        series=series, purpose=purpose, agency=agency, first=first, last=last, next=first
    )


def set_aside(series: str, count: int, *, purpose: str, agency: Ref) -> NumberRange:
    """Set the next `count` numbers of a series of our own aside, for a pad that is printed now."""
    if not 1 <= count <= LARGEST:
        raise Invalid(f"Không dành trước được {count} số; chưa ghi gì. Anh/chị nhập số lượng từ 1.", field="count")
    last = take(series, count)
    first = last - count + 1
    return NumberRange.objects.create(series=series, purpose=purpose, agency=agency, first=first, last=last, next=first)


def take_next(among: NumberRange, *, subject: Ref, by: Ref, at: datetime) -> NumberEntry:
    """Give the next number of a range to a subject. Raises RangeEmpty."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [among.pk])
        row = cursor.fetchone()
    if row is None:
        raise RangeEmpty
    return NumberEntry.objects.create(series=among.series, number=row[0], subject=subject, by=by, at=at)


def use(among: NumberRange, number: int, *, subject: Ref, by: Ref, at: datetime) -> NumberEntry:
    """Enter a number that was used on paper, in whatever order. Raises Invalid for a foreign or a used one."""
    fresh = NumberRange.objects.select_for_update().get(pk=among.pk)
    if not fresh.first <= number <= fresh.last or fresh.closed_at is not None:
        raise Invalid(
            f"Số {number} không thuộc tập phiếu đang dùng; chưa ghi gì. Anh/chị xem lại số in trên phiếu.",
            field="number",
        )
    try:
        with transaction.atomic():
            return NumberEntry.objects.create(series=fresh.series, number=number, subject=subject, by=by, at=at)
    except IntegrityError:
        raise Invalid(
            f"Số {number} đã được nhập rồi; chưa ghi thêm gì. Anh/chị xem lại số in trên phiếu.",
            field="number",
        ) from None


def close(among: NumberRange, *, by: Ref, at: datetime, reason: str) -> int:
    """Close a range: every number that nobody had becomes void. Return how many. Raises Refusal where it is closed."""
    fresh = NumberRange.objects.select_for_update().get(pk=among.pk)
    if fresh.closed_at is not None:
        raise Refusal("Dải số này đã khóa trước đó. Không có gì thay đổi.")
    bounds = {"series": fresh.series, "number__gte": fresh.first, "number__lte": fresh.last}
    had = set(NumberEntry.objects.filter(**bounds).values_list("number", flat=True))
    left = [number for number in range(fresh.first, fresh.last + 1) if number not in had]
    NumberEntry.objects.bulk_create(
        (NumberEntry(series=fresh.series, number=n, by=by, at=at, use=Use.VOID, reason=reason) for n in left),
        batch_size=500,
    )
    fresh.closed_at = at
    fresh.save(update_fields=["closed_at"])
    return len(left)
