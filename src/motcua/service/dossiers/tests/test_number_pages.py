"""Pages of numbers: what they ask the store, who sees which rows, what machines are given."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import pytest
from django.urls import reverse

from motcua.foundation.core import time
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.types import Role
from motcua.foundation.indicators import comparing, folding, registry, selectors
from motcua.foundation.indicators.models import Fold
from motcua.foundation.indicators.types import Scope, Side
from motcua.service.dossiers import actions
from motcua.service.dossiers.tallying import SOURCE
from motcua.service.dossiers.tests.counted_town import town
from motcua.service.dossiers.tests.factories import Office, office, received
from motcua.service.dossiers.tests.screens import asked, at, signed_in, text_of

pytestmark = pytest.mark.django_db
NOW = at("2025-04-29T09:00")


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time.travelling(NOW):
        yield


@pytest.fixture
def place() -> Office:
    """An office with a dossier that is late and one that was finished early."""
    found = office()
    received(found, when=at("2025-04-22T09:00"))
    early = received(found, when=at("2025-04-22T09:05"))
    with time.travelling(at("2025-04-22T15:00")):
        actions.finish(Call(found.counter), dossier=early)
    return found


def test_all_numbers_are_read_in_9_queries(place: Office, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        selectors.ask_many(registry.codes())
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        selectors.ask_many(["dossiers-on-time-share", "dossiers-open-late", "dossiers-open"])


@pytest.mark.parametrize("route", ["index", "one", "rows"])
def test_a_page_asks_at_most_18_times_however_many_dossiers_there_are(place: Office, route: str) -> None:
    url = {
        "index": reverse("indicators"), "one": reverse("indicator", args=["dossiers-open-late-share"]),
        "rows": reverse("indicator-rows", args=["dossiers-received", "tu-so"]),
    }[route]
    client = signed_in(place.head)
    answer, few = asked(client, url)
    for _ in range(30):
        received(place, when=at("2025-04-23T09:00"))
    _, many = asked(client, url)
    assert answer.status_code == 200
    assert len(many) <= len(few) <= 18, "\n".join(few)


def test_the_index_shows_my_agency_first_and_the_province_to_who_watches_it(place: Office) -> None:
    other = office()
    received(other, when=at("2025-04-22T09:00"))
    mine = text_of(signed_in(place.counter).get(reverse("indicators")))
    whole = text_of(signed_in(officer(Role.STEWARD)).get(reverse("indicators")))
    assert f"{place.commune.name} · năm 2025" in mine and "Cả tỉnh · năm 2025" in whole
    assert "2 hồ sơ" in mine and "3 hồ sơ" in whole


def test_a_page_can_be_asked_for_days_and_says_what_is_wrong_with_them(place: Office) -> None:
    client, url = signed_in(place.head), reverse("indicator", args=["dossiers-received"])
    chosen = {"co_quan": "tat-ca", "ky": "chon", "tu": "22/4/2025", "den": "22/4/2025"}
    assert "22/4/2025" in text_of(client.get(url, chosen))
    for wrong, said in (
        ({"ky": "chon"}, "nhập cả ngày đầu và ngày cuối"), ({"ngay": "31/12/2030"}, "chưa tới"),
        ({"ky": "chon", "tu": "3/4/2025", "den": "1/4/2025"}, "Ngày cuối trước ngày đầu"),
        ({"ngay": "abc"}, "không đọc"), ({"co_quan": "nobody"}, ""), ({"ky": "nonsense"}, ""),
    ):
        answer = client.get(url, wrong)
        assert answer.status_code == 422
        assert said in text_of(answer)


def test_rows_open_to_who_may_read_them_and_others_see_the_count(place: Office) -> None:
    url = reverse("indicator-rows", args=["dossiers-received", "tu-so"]) + "?co_quan=tat-ca"
    seen = text_of(signed_in(place.counter).get(url))
    hidden = text_of(signed_in(place.stranger).get(url))
    assert seen.count("250422-000") == 2 and "tất cả 2 dòng" in seen
    assert "250422-000" not in hidden and "tất cả 2 dòng" in hidden and "được phép mở" in hidden
    assert "Nông Văn Minh" not in seen + hidden


def test_who_answers_for_the_province_sees_which_rows_they_are_but_opens_only_his_own(place: Office) -> None:
    url = reverse("indicator-rows", args=["dossiers-received", "tu-so"]) + "?co_quan=tat-ca"
    page = signed_in(officer(Role.STEWARD)).get(url)
    shown = text_of(page)
    assert shown.count("250422-000") == 2 and place.commune.name in shown
    assert [line.url for line in page.context["lines"]] == ["", ""]
    assert "Nông Văn Minh" not in shown
    linked = signed_in(place.counter).get(url).context["lines"]
    assert all(line.url for line in linked)


def test_parts_of_a_delay_open_only_with_their_dossier() -> None:
    found = town(3)
    found.live(60)
    with time.travelling(found.now):
        scope = Scope.of(found.offices[0].commune.pk)
        all_rows = selectors.rows("delay-minutes", scope=scope).count()
        own = selectors.opened_page("delay-minutes", Side.NUMERATOR, found.offices[0].counter, scope).lines
        strange = selectors.opened_page("delay-minutes", Side.NUMERATOR, found.offices[0].stranger, scope)
    assert len(own) == all_rows > 0
    assert strange.lines == []


def test_a_long_list_goes_on_where_it_ended(place: Office) -> None:
    for _ in range(55):
        received(place, when=at("2025-04-23T09:00"))
    url = reverse("indicator-rows", args=["dossiers-received", "tu-so"])
    client = signed_in(place.counter)
    first = client.get(url)
    more = client.get(url + first.context["next"])
    keys = [line.key for page in (first, more) for line in page.context["lines"]]
    assert len(keys) == len(set(keys)) == 57
    assert more.context["next"] == ""
    assert client.get(url + "?sau=nonsense").status_code == 200


@pytest.mark.parametrize("wrong", ["/so-lieu/nonsense/", "/so-lieu/dossiers-received/nonsense", "/so-lieu/nonsense.csv",
                                   "/so-lieu/dossiers-received/mau-so"])
def test_what_is_not_there_is_said(place: Office, wrong: str) -> None:
    assert signed_in(place.head).get(wrong).status_code == 404


def test_a_stranger_to_the_house_signs_in_first(client: object) -> None:
    for name, args in (("indicators", []), ("indicator", ["dossiers-open"]), ("indicator-download", ["x", "csv"])):
        assert client.get(reverse(name, args=args)).status_code == 302  # type: ignore[attr-defined]


def test_machines_are_given_the_table_with_its_total(place: Office) -> None:
    client = signed_in(place.head)
    url = reverse("indicator-download", args=["dossiers-on-time-share", "csv"]) + "?co_quan=tat-ca"
    answer = client.get(url)
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(line["dong"], line["gia_tri"], line["mau_so"]) for line in lines] == [
        (place.commune.name, "100", "1"), ("Toàn phạm vi", "100", "1")
    ]
    assert lines[0]["tinh_den_het"] == "2025-04-29"
    found = json.loads(client.get(url.replace(".csv", ".json")).content)
    assert found["total"]["value"] == "100" and found["lines"][0]["label"] == place.commune.name
    assert found["indicator"]["formula"]


def test_a_difference_stands_on_the_pages_of_its_numbers(place: Office) -> None:
    folding.fold()
    fold = Fold.objects.filter(series__measure="received", series__field="*", series__agency=0).first()
    assert fold is not None
    fold.amount += 3
    fold.save()
    comparing.compare(SOURCE)
    client = signed_in(place.head)
    assert "chênh lệch" in text_of(client.get(reverse("indicators")))
    assert "đếm lại" in text_of(client.get(reverse("indicator", args=["dossiers-received"])))
    assert "đếm lại" not in text_of(client.get(reverse("indicator", args=["dossiers-settled"])))


def test_every_number_has_its_pages(place: Office) -> None:
    client = signed_in(place.head)
    for one in registry.declared():
        for by in one.by:
            answer = client.get(reverse("indicator", args=[one.code]), {"theo": by.value})
            assert answer.status_code == 200 and one.formula in answer.content.decode(), one.code
        assert client.get(reverse("indicator-rows", args=[one.code, "tu-so"])).status_code == 200
