"""The pages: what each person sees and can press, and what a wrong press says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.foundation.core import settings_rows
from motcua.foundation.identity.types import Role
from motcua.foundation.organisations.tests.factories import AgencyFactory
from motcua.steering.programme import today
from motcua.steering.programme.actions import enter_value
from motcua.steering.programme.models import Evidence, Measure, Programme
from motcua.steering.programme.needles import actions, drawing, selectors
from motcua.steering.programme.needles.models import Choice, EntryCount
from motcua.steering.programme.needles.tests.factories import (
    NESTED,
    ONE_STOP,
    bind,
    measure,
    programme,
    served,
)
from motcua.steering.programme.tests.factories import SYSTEM, Province
from motcua.steering.programme.tests.test_screens import client_of

pytestmark = pytest.mark.django_db
DAY = date(2018, 1, 5)


@pytest.fixture(autouse=True)
def _stands_still() -> None:
    settings_rows.write(today.STANDS_ON, DAY.isoformat())


@pytest.fixture
def province() -> Province:
    return Province()


@pytest.fixture
def at_work(province: Province) -> Programme:
    return programme(province)


def page_of(client: Client, name: str, *args: str, **asked: str) -> str:
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_live_and_what_is_entered_look_different(province: Province, at_work: Programme) -> None:
    served(online=4)
    bind(measure())
    other = measure("1.2")
    enter_value(SYSTEM, measure=other, on=date(2017, 12, 31), value=Decimal("59.87"), source="Báo cáo")
    page = page_of(client_of(province.justice, Role.HEAD), "programme-needles", at_work.public_id)
    live, entered = page.split('<li class="nd nd-live"')[1].split('<li class="nd nd-entered')[:2]
    assert "Số trực tiếp" in live
    assert 'class="nd-fill"' in live
    assert "Đọc khác" in live
    assert "Nhập tay" in entered
    assert "nd-fill-entered" in entered
    assert "59,87" in entered


def test_a_measure_without_any_value_shows_no_zero(province: Province, at_work: Programme) -> None:
    page = page_of(client_of(province.justice, Role.HEAD), "programme-needles", at_work.public_id)
    assert "chưa có" in page
    assert "chưa biết không phải là bằng không" in page
    assert "nd-fill" not in page.split('<ul class="nd-list">')[1].split("</ul>")[0]


def test_a_draft_shows_no_needles_to_those_who_may_not_read_it(province: Province) -> None:
    draft = province.drafted()
    client = client_of(province.justice, Role.HEAD)
    row = Measure.objects.get(code="1.1")
    for name, args in (
        ("programme-needles", [draft.public_id]), ("programme-needle", [row.public_id]),
        ("programme-needle-missing", [row.public_id, "x"]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 404


def test_missing_rows_open_and_lead_on(province: Province, at_work: Programme) -> None:
    inside, outside = served(one_stop=True), [served(one_stop=False) for _ in range(52)]
    bind(measure(), ONE_STOP)
    client = client_of(province.steward, Role.STEWARD)
    page = page_of(client, "programme-needle-missing", measure().public_id, "dem-mot-lan")
    assert "52 thủ tục còn thiếu" in page
    after = page.split("?sau=")[1].split('"')[0]
    rest = page_of(client, "programme-needle-missing", measure().public_id, "dem-mot-lan", sau=after)
    links = [reverse("procedures-one", args=[one.procedure.public_id]) for one in outside]
    assert sum(link in page for link in links) == 50
    assert sum(link in rest for link in links) == 2
    assert reverse("procedures-one", args=[inside.procedure.public_id]) not in page + rest
    assert client.get(reverse("programme-needle-missing", args=[measure().public_id, "la"])).status_code == 404


def test_the_owner_enters_both_sides_with_a_file_and_others_do_not(province: Province, at_work: Programme) -> None:
    Measure.objects.filter(code="1.1").update(responsible=province.justice)
    url = reverse("programme-needle", args=[measure().public_id])
    said = {"on": "31/12/2017", "numerator": "1.168", "denominator": "1.269", "value": "", "source": "Báo cáo năm"}
    owner = client_of(province.justice, Role.SPECIALIST)
    assert "Nhập số liệu" in owner.get(url).content.decode()
    colleague = client_of(province.health, Role.HEAD)
    assert "Nhập số liệu" not in colleague.get(url).content.decode()
    assert colleague.post(url, said).status_code == 403
    assert not EntryCount.objects.exists()
    file = SimpleUploadedFile("bao-cao.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n")
    assert owner.post(url, {**said, "file": file}).status_code == 302
    entry = measure().entries.get()
    assert (entry.counted.numerator, entry.counted.denominator) == (1168, 1269)
    assert Evidence.objects.get(entry=entry).file.name == "bao-cao.pdf"
    page = owner.get(url).content.decode()
    assert "92,04%" in page
    assert "1.168 trên 1.269" in page
    assert "bao-cao.pdf" in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"denominator": ""}, "Ghi đủ cả tử số và mẫu số"), ({"numerator": "", "denominator": ""}, "Ghi giá trị"),
        ({"value": "92"}, "để trống ô này"), ({"numerator": "một"}, "Chỉ ghi số nguyên"),
        ({"numerator": "2.000"}, "Tử số phải từ 0 đến mẫu số"), ({"on": "6/1/2018"}, "chưa tới"),
        ({"source": ""}, "Nguồn"), ({"denominator": "0", "numerator": "0"}, "Mẫu số phải lớn hơn không"),
    ],
)
def test_a_wrong_entry_says_what_to_do_and_writes_nothing(
    province: Province, at_work: Programme, change: dict[str, str], said: str
) -> None:
    url = reverse("programme-needle", args=[measure().public_id])
    good = {"on": "31/12/2017", "numerator": "1.168", "denominator": "1.269", "value": "", "source": "Báo cáo"}
    answer = client_of(province.steward, Role.STEWARD).post(url, {**good, **change})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not measure().entries.exists()


def test_the_later_entry_of_a_day_stands_and_the_earlier_is_still_shown(
    province: Province, at_work: Programme
) -> None:
    for value in ("50", "60"):
        enter_value(SYSTEM, measure=measure(), on=date(2017, 12, 31), value=Decimal(value), source="Báo cáo")
    assert [one.value for one in selectors.needle(measure(), DAY).history] == [60]
    page = page_of(client_of(province.justice, Role.HEAD), "programme-needle", measure().public_id)
    assert page.count("đã có số nhập sau thay") == 1


def test_the_steward_binds_a_measure_then_adds_a_reading_and_chooses_it(province: Province, at_work: Programme) -> None:
    for level in (3, 4):
        served(online=level)
    client, row = client_of(province.steward, Role.STEWARD), measure()
    bound = reverse("programme-needle-bind", args=[row.public_id])
    said = {
        "words": "Mức độ 3 gồm cả mức độ 4", "indicator": "procedures-online-share", "counting": "whole",
        "on": "15/6/2016", "basis": "Kết luận họp",
    }
    assert client.get(bound).status_code == 200
    assert client.post(bound, {**said, "counting": "reach"}).status_code == 422
    assert client.post(bound, said).status_code == 302
    apart = {**said, "words": "Chỉ đúng mức độ 3", "indicator": "procedures-online-3-share"}
    assert client.post(bound, apart).status_code == 302
    page = page_of(client, "programme-needle", row.public_id)
    assert "100%" in page
    assert "50%" in page
    choose = reverse("programme-needle-choose", args=[row.public_id])
    code = row.formulas.get(words="Chỉ đúng mức độ 3").code
    assert client.post(choose, {"formula": code, "on": "5/1/2018", "basis": ""}).status_code == 422
    assert client.post(choose, {"formula": code, "on": "5/1/2018", "basis": "Công văn 7"}).status_code == 302
    after = page_of(client, "programme-needle", row.public_id)
    assert "Công văn 7" in after
    now = selectors.needle(measure(), DAY).now
    assert now is not None
    assert now.value == 50
    for who in (client_of(province.justice, Role.HEAD), client_of(AgencyFactory(), Role.AUDITOR)):
        assert who.post(choose, {"formula": code, "on": "5/1/2018", "basis": "x"}).status_code in {403, 404}
        assert who.post(bound, said).status_code in {403, 404}
    assert Choice.objects.count() == 2


def test_every_leader_gets_the_screen_of_his_place(province: Province, at_work: Programme) -> None:
    Measure.objects.filter(code="1.1").update(responsible=province.justice)
    chairman = page_of(client_of(province.issuer, Role.CHAIRMAN), "leaders")
    assert "Chỉ tiêu chậm nhịp" in chairman
    assert "Việc quá hạn theo cơ quan" in chairman
    assert "Kinh phí" in chairman
    head = page_of(client_of(province.justice, Role.HEAD), "leaders", noi="province")
    assert "Chỉ tiêu cơ quan chịu trách nhiệm" in head
    assert "Phần một" in head
    assert "Kinh phí" not in head
    office = client_of(province.office, Role.HEAD)
    assert "Chỉ tiêu chậm nhịp" in page_of(office, "leaders")
    assert "Chỉ tiêu cơ quan chịu trách nhiệm" in page_of(office, "leaders", noi="agency")
    steward = page_of(client_of(province.steward, Role.STEWARD), "leaders")
    assert "Câu hỏi còn mở" in steward
    assert "Chỉ tiêu quá hạn nhập" in steward
    assert client_of(province.justice, Role.SPECIALIST).get(reverse("leaders")).status_code == 403


def test_before_any_programme_is_approved_leaders_are_told_what_comes_first(province: Province) -> None:
    province.drafted()
    assert "Chưa có chương trình nào được duyệt" in page_of(client_of(province.justice, Role.HEAD), "leaders")


def test_late_shares_stand_under_their_agency(province: Province, at_work: Programme) -> None:
    page = page_of(client_of(province.issuer, Role.CHAIRMAN), "leaders")
    part = page.split("Việc quá hạn theo cơ quan")[1].split("</section>")[0]
    # Row 1.3 is due every year; that of 2016 was due 370 days ago and nobody handed anything in.
    assert "Sở Tư pháp" in part
    assert "lâu nhất 370 ngày" in part


def test_places_on_the_line_never_leave_it(province: Province, at_work: Programme) -> None:
    row = measure()
    for at, value in enumerate(("10", "40", "70", "99", "99.9", "100")):
        on = date(2017, 1 + at * 2, 28)
        enter_value(SYSTEM, measure=row, on=on, value=Decimal(value), source="Báo cáo")
        row.refresh_from_db()
    found = selectors.needle(measure(), DAY)
    drawn = drawing.dial(found)
    places = [drawn.now, drawn.goal, drawn.low, drawn.middle, drawn.high, drawn.band_at]
    assert all(place is not None and 0 <= place <= 1 for place in places)
    chart = drawing.history(found, date(2016, 6, 15), date(2020, 12, 31), DAY)
    assert chart is not None
    assert len(chart.fan) == 3
    assert all(0 <= spot.x <= 1 and 0 <= spot.y <= 1 for spot in chart.spots)


@pytest.mark.parametrize(("value", "top"), [("0.7", "0.8"), ("1", "1"), ("3", "4"), ("9", "10"), ("81", "100")])
def test_scales_end_at_round_numbers(value: str, top: str) -> None:
    assert drawing.round_up(Decimal(value)) == Decimal(top)


def test_the_printed_fraction_stands_beside_the_baseline(province: Province, at_work: Programme) -> None:
    Measure.objects.filter(code="1.1").update(
        baseline=Decimal("59.87"), baseline_on=date(2016, 6, 15), baseline_source="Quyết định 12",
    )
    actions.print_baseline(SYSTEM, measure=measure(), printed=actions.Printed(819, 1368, "phần I, 3.4"))
    bind(measure(), NESTED)
    page = page_of(client_of(province.justice, Role.HEAD), "programme-needle", measure().public_id)
    assert "819 trên 1.368" in page
    assert "phần I, 3.4" in page
