"""A prepared query gives what the query set gives, on whatever database the tests run."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Q

from motcua.foundation.core import time
from motcua.foundation.core.models import Counter, Denial
from motcua.foundation.core.numbering.models import NumberEntry
from motcua.foundation.core.prepared import Prepared, fresh, insert, insert_one
from motcua.foundation.core.search.models import SearchWord

pytestmark = pytest.mark.django_db


def test_rows_are_those_of_the_query_set() -> None:
    for at in range(5):
        Counter.objects.create(series=f"s{at}", value=at)
    above = Prepared(lambda floor: Counter.objects.filter(value__gt=floor).order_by("series"), 0)
    assert above.rows(2) == list(Counter.objects.filter(value__gt=2).order_by("series"))
    assert above.rows(9) == []
    named = Prepared(lambda series: Counter.objects.filter(series=series), "")
    found = named.first("s3")
    assert found is not None and found.value == 3
    assert named.first("nobody") is None


def test_instants_and_repeated_arguments_are_found() -> None:
    now = time.now()
    Denial.objects.create(at=now, actor="a", verb="v", reason="r")
    query = Prepared(lambda at: Denial.objects.filter(Q(at__lte=at) & Q(at__gte=at)), now)
    assert [row.at for row in query.rows(now)] == [now]


def test_an_argument_that_stands_nowhere_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        Prepared(lambda _: Counter.objects.all(), date(2016, 6, 15)).rows(date(2016, 6, 15))


def test_a_fresh_row_is_the_row_that_the_model_would_make() -> None:
    at = time.now()
    quick, slow = fresh(Denial, at=at, actor="a", verb="v", reason="r"), Denial(at=at, actor="a", verb="v", reason="r")
    insert([quick])
    slow.save()
    kept, other = Denial.objects.order_by("id").values("at", "actor", "verb", "subject", "reason")
    assert kept == other
    assert fresh(Denial, actor="a", verb="v", reason="r").at >= at
    with pytest.raises(TypeError, match="wer"):
        fresh(Denial, wer="a")


@pytest.mark.parametrize("text", ['"', "\\", '\\"', "{a,b}", "NULL", "", " ", "a\n“b”, c", "\\x00"])
def test_many_rows_at_once_keep_every_letter(text: str) -> None:
    rows = [NumberEntry(series="s", number=number, by="a", reason=text) for number in range(3)]
    words = [SearchWord(kind="k", word=text.encode() + b"\x00\xff", rank=-1, subject="s", text=text) for _ in range(3)]
    insert(rows, words)
    assert [row.reason for row in NumberEntry.objects.all()] == [text] * 3
    assert [row.at for row in NumberEntry.objects.order_by("number")] == [row.at for row in rows]
    assert [bytes(row.word) for row in SearchWord.objects.all()] == [text.encode() + b"\x00\xff"] * 3


def test_insert_writes_what_save_would() -> None:
    row = Denial(at=time.now(), actor="account:a", verb="v", reason="Không được")
    insert_one(row)
    kept = Denial.objects.get(pk=row.pk)
    assert (kept.at, kept.actor, kept.reason) == (row.at, row.actor, row.reason)
    row.reason = "Vẫn không"
    row.save()
    assert Denial.objects.count() == 1
    insert([Counter(series="a", value=1), Counter(series="b", value=2)], [Denial(actor="b", verb="v", reason="r")], [])
    assert (Counter.objects.count(), Denial.objects.count()) == (2, 2)
