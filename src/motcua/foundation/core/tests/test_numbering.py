"""Numbers: entered, voided, in volumes that close, from ranges that run out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction

from motcua.foundation.core import numbering
from motcua.foundation.core.errors import Invalid, Refusal
from motcua.foundation.core.numbering import books, ranges
from motcua.foundation.core.numbering.models import NumberEntry, NumberRange, Use
from motcua.foundation.core.refs import Ref

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
BY = Ref("account:clerk")
AGENCY = Ref("agency:ours")
BOOK = numbering.book_series("H03.41", "CT", 2026)


def entered(subject: str = "thing:a") -> NumberEntry:
    return books.enter(BOOK, subject=Ref(subject), by=BY, at=AT)


def test_an_act_that_is_rolled_back_gives_its_number_back() -> None:
    series = numbering.letter_series("H03.41", "HDHS", 2026)
    assert numbering.give(series, subject=Ref("thing:a"), by=BY, at=AT).number == 1
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert numbering.take(series) == 2
        raise ZeroDivisionError
    assert numbering.give(series, subject=Ref("thing:b"), by=BY, at=AT).number == 2
    assert numbering.take(numbering.letter_series("H03.41", "HDHS", 2027)) == 1, "a new year begins at 1"
    assert numbering.take(series, 10) == 12


def test_a_void_number_stays_in_its_place() -> None:
    first = entered()
    numbering.void(first, "viết nhầm")
    assert entered().number == 2
    row = NumberEntry.objects.get(number=1)
    assert (row.use, row.reason) == (Use.VOID, "viết nhầm")
    with pytest.raises(Refusal, match="đã được hủy"):
        numbering.void(first, "lần nữa")


def test_numbers_run_on_from_one_volume_to_the_next() -> None:
    assert [(e.volume, e.number) for e in (entered(), entered(), entered())] == [(1, 1), (1, 2), (1, 3)]
    numbering.void(NumberEntry.objects.get(number=2), "viết nhầm")
    line = books.close(BOOK, by=BY, at=AT)
    assert (line.volume, line.first, line.last, line.count, line.void) == (1, 1, 3, 2, 1)
    with pytest.raises(Refusal, match="chưa có quyển nào đang mở"):
        books.close(BOOK, by=BY, at=AT)
    assert [(e.volume, e.number) for e in (entered(), entered())] == [(2, 4), (2, 5)]
    assert books.enter(numbering.book_series("H03.41", "CT", 2027), subject=Ref("thing:a"), by=BY, at=AT).number == 1


def registered(first: int = 501, last: int = 503, series: str = "BL-26T") -> NumberRange:
    return ranges.register(series, purpose=ranges.RECEIPTS, agency=AGENCY, first=first, last=last)


def test_a_registered_range_gives_its_numbers_and_no_others() -> None:
    row = registered()
    taken = [ranges.take_next(row, subject=Ref(f"thing:{n}"), by=BY, at=AT).number for n in range(3)]
    assert taken == [501, 502, 503]
    with pytest.raises(ranges.RangeEmpty, match="đăng ký dải số mới"):
        ranges.take_next(row, subject=Ref("thing:x"), by=BY, at=AT)


@pytest.mark.parametrize(("first", "last"), [(0, 5), (9, 8), (503, 510), (490, 501), (502, 502), (1, 2_000_000)])
def test_bounds_that_cannot_be_or_overlap_are_refused(first: int, last: int) -> None:
    registered()
    with pytest.raises(Invalid):
        registered(first, last)
    assert NumberRange.objects.count() == 1
    registered(first=501, last=503, series="BL-26K")


def test_a_pad_is_used_in_any_order_and_what_is_left_becomes_void() -> None:
    series = "pad:H03.41:2026"
    first = ranges.set_aside(series, 5, purpose=ranges.PAD, agency=AGENCY)
    second = ranges.set_aside(series, 5, purpose=ranges.PAD, agency=AGENCY)
    assert [(pad.first, pad.last) for pad in (first, second)] == [(1, 5), (6, 10)]
    ranges.use(first, 4, subject=Ref("dossier:a"), by=BY, at=AT)
    ranges.use(first, 2, subject=Ref("dossier:b"), by=BY, at=AT)
    with pytest.raises(Invalid, match="đã được nhập"):
        ranges.use(first, 4, subject=Ref("dossier:c"), by=BY, at=AT)
    with pytest.raises(Invalid, match="không thuộc tập phiếu"):
        ranges.use(first, 6, subject=Ref("dossier:c"), by=BY, at=AT)
    assert ranges.close(first, by=BY, at=AT, reason="hết mất mạng") == 3
    entries = NumberEntry.objects.filter(series=series).order_by("number").values_list("number", "use")
    assert list(entries) == [(1, "void"), (2, "used"), (3, "void"), (4, "used"), (5, "void")]
    with pytest.raises(Invalid):
        ranges.use(first, 1, subject=Ref("dossier:c"), by=BY, at=AT)
    with pytest.raises(Refusal, match="đã khóa"):
        ranges.close(first, by=BY, at=AT, reason="")
