"""Open data: valid CSV, JSON and JSON-LD by DCAT-AP, of approved programmes only, with marks for who asks again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.http import parse_http_date

from motcua.foundation.core import settings_rows
from motcua.foundation.indicators import registry
from motcua.steering.programme import today
from motcua.steering.programme.actions import enter_value
from motcua.steering.programme.models import Measure, Programme
from motcua.steering.programme.needles import datasets, giving
from motcua.steering.programme.needles.datasets import Dataset
from motcua.steering.programme.needles.tests.factories import bind, measure, programme, served
from motcua.steering.programme.tests.factories import SYSTEM, Province

pytestmark = pytest.mark.django_db
SETS = [one.slug for one in (datasets.TASKS, datasets.NEEDLES, datasets.HISTORY, datasets.NUMBERS)]
DCAT, DCT = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/"


@pytest.fixture(autouse=True)
def _stands_still() -> None:
    settings_rows.write(today.STANDS_ON, "2018-01-05")


@pytest.fixture
def province() -> Province:
    return Province()


@pytest.fixture
def at_work(province: Province) -> Programme:
    found = programme(province)
    served(online=4)
    bind(measure())
    enter_value(SYSTEM, measure=measure("1.2"), on=date(2017, 12, 31), value=Decimal("59.87"), source='Báo cáo, "A"')
    return found


def taken(slug: str, form: str) -> bytes:
    answer = Client().get(reverse("open-data-download", args=[slug, form]))
    assert answer.status_code == 200
    return answer.content


def table(slug: str) -> list[dict[str, str]]:
    text = taken(slug, "csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), strict=True))


@pytest.mark.parametrize("slug", SETS)
def test_csv_and_json_hold_the_same_rows_under_the_columns_that_are_told(at_work: Programme, slug: str) -> None:
    found, rows = json.loads(taken(slug, "json")), table(slug)
    dataset = datasets.find(slug)
    assert dataset is not None
    assert [one["name"] for one in found["columns"]] == list(rows[0]) == list(dataset.columns)
    assert len(found["rows"]) == len(rows) > 0
    for plain, row in zip(found["rows"], rows, strict=True):
        for name, value in plain.items():
            if value is None:
                assert not row[name]
            elif isinstance(value, int | float):
                assert float(row[name]) == value
            else:
                assert row[name].removeprefix("'") == value


def test_an_unknown_value_is_empty_and_not_zero(at_work: Programme) -> None:
    Measure.objects.filter(code="1.2").update(indicator="")
    measure("1.2").entries.all().delete()
    row = next(one for one in table("chi-tieu") if one["ma"] == "1.2")
    assert (row["hien_nay"], row["tinh_trang"], row["nguon"]) == ("", "chua-biet", "nhap-tay")


def test_needles_are_told_with_their_source(at_work: Programme) -> None:
    row = next(one for one in table("chi-tieu") if one["ma"] == "1.1")
    assert (row["hien_nay"], row["tu_so"], row["mau_so"], row["nguon"]) == ("100", "1", "1", "truc-tiep")
    assert (row["cach_doc"], row["tinh_trang"]) == ("Mức độ 3 gồm cả mức độ 4", "dat")
    history = [one for one in table("dien-bien-chi-tieu") if one["ma"] == "1.2"]
    assert [(one["ngay"], one["gia_tri"]) for one in history] == [("2017-12-31", "59.87")]


def test_the_table_of_numbers_tells_every_indicator(at_work: Programme) -> None:
    assert [row["ma"] for row in table("so-lieu")] == list(registry.codes())


def test_tasks_are_told_with_their_state_and_no_money_where_none_is_printed(at_work: Programme) -> None:
    rows = {row["khoa"]: row for row in table("nhiem-vu")}
    assert rows["1.1"]["tinh_trang"] == "late"
    assert rows["1.1"]["kinh_phi_dong"] == ""
    assert rows["3.4#2"]["tinh_trang"] == ""


def test_drafts_are_told_to_nobody(province: Province) -> None:
    draft = province.drafted()
    for slug in ("nhiem-vu", "chi-tieu", "dien-bien-chi-tieu"):
        assert table(slug) == []
    assert Client().get(reverse("open-data-programme", args=[draft.public_id])).status_code == 404
    assert "Đề án mẫu" not in Client().get(reverse("open-data")).content.decode()


def test_nobody_who_works_on_it_is_named(at_work: Programme) -> None:
    at_work.signer = "Nông Văn Mẫu"
    at_work.save()
    pages = [("open-data", []), ("open-data-catalog", []), ("open-data-programme", [at_work.public_id])]
    told = b"".join(Client().get(reverse(name, args=args)).content for name, args in pages)
    told += b"".join(taken(slug, form) for slug in SETS for form in giving.FORMS)
    for hidden in (at_work.signer.encode(), SYSTEM.actor.ref.encode(), b"account:"):
        assert hidden not in told


def test_who_has_it_already_is_told_so_and_others_may_keep_it(at_work: Programme) -> None:
    url = reverse("open-data-download", args=["chi-tieu", "csv"])
    first = Client().get(url)
    assert "public" in first.headers["Cache-Control"]
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert parse_http_date(first.headers["Last-Modified"])
    again = Client().get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    enter_value(SYSTEM, measure=measure("1.2"), on=date(2018, 1, 4), value=Decimal(61), source="Báo cáo")
    changed = Client().get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


def test_no_cell_is_a_formula() -> None:
    evil = Dataset(
        "thu", "Thử", "Thử", {"a": "a"}, lambda: [{"a": "=1+1"}, {"a": "@SUM(A1)"}, {"a": -5}, {"a": ">="}],
        lambda: None,
    )
    assert giving.as_csv(evil).decode("utf-8-sig").split() == ["a", "'=1+1", "'@SUM(A1)", "-5", ">="]


def test_what_does_not_exist_is_not_found() -> None:
    for url in ("/du-lieu-mo/khong-co", "/du-lieu-mo/khong-co.csv", "/du-lieu-mo/chuong-trinh/khongco"):
        assert Client().get(url).status_code == 404


def catalog() -> dict[str, Any]:
    answer = Client().get(reverse("open-data-catalog"))
    assert answer.headers["Content-Type"].startswith("application/ld+json")
    found: dict[str, Any] = json.loads(answer.content)
    return found


def whole(name: str, context: dict[str, str]) -> str:
    prefix, _, rest = name.partition(":")
    return context[prefix] + rest if prefix in context else name


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from nodes(one)
    elif isinstance(value, dict):
        yield value
        for one in value.values():
            yield from nodes(one)


#: What DCAT-AP 2.1 makes mandatory, class by class.
MANDATORY = {
    f"{DCAT}Catalog": {f"{DCT}title", f"{DCT}description", f"{DCT}publisher", f"{DCAT}dataset"},
    f"{DCAT}Dataset": {f"{DCT}title", f"{DCT}description"}, f"{DCAT}Distribution": {f"{DCAT}accessURL"},
    "http://xmlns.com/foaf/0.1/Agent": {"http://xmlns.com/foaf/0.1/name"},
}


def test_the_catalogue_has_all_that_dcat_ap_wants(at_work: Programme) -> None:
    found = catalog()
    context = found.pop("@context")
    met = set()
    for node in nodes(found):
        assert all(":" in name or name.startswith("@") for name in node)
        assert all(name.startswith("@") or name.partition(":")[0] in context for name in node)
        if "@type" in node and "@value" not in node:
            kind = whole(node["@type"], context)
            met.add(kind)
            assert MANDATORY[kind] <= {whole(name, context) for name in node}
        if "@value" in node and node.get("@type") == "xsd:dateTime":
            assert datetime.fromisoformat(node["@value"]).tzinfo is not None
        if "@id" in node:
            assert node["@id"].startswith(("http://", "https://"))
    assert met == set(MANDATORY)


def test_every_address_of_the_catalogue_answers(at_work: Programme) -> None:
    told = [one["@id"] for one in nodes(catalog()) if one.get("@id", "").startswith("http://testserver")]
    assert len(told) > 3 * len(SETS)
    assert {Client().get(url.removeprefix("http://testserver")).status_code for url in told} == {200}


def test_the_public_pages_say_licence_and_state(at_work: Programme) -> None:
    page = Client().get(reverse("open-data")).content.decode()
    assert giving.LICENCE in page
    assert "Thay đổi gần nhất" in page
    shown = Client().get(reverse("open-data-programme", args=[at_work.public_id])).content.decode()
    assert "Đã đạt" in shown
    assert "Quá hạn" in shown
    assert "/chuong-trinh/chi-tieu/" not in shown
    assert "Các cột" in Client().get(reverse("open-data-set", args=["chi-tieu"])).content.decode()
