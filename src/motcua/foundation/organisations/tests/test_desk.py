"""The screens: the tree of a day, the page across all shapes, and a merger with its preview."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve, reverse

from motcua.foundation.core.errors import Denied, NotFound
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.organisations import selectors
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.tests.test_actions import COLLEAGUE, STEWARD

pytestmark = pytest.mark.usefixtures("place")


def ask(address: str, by: Any = STEWARD, **posted: Any) -> HttpResponse:
    """Ask a view as this person; sign-in itself is identity's."""
    factory = RequestFactory()
    request = factory.post(address, posted) if posted else factory.get(address)
    request.actor = by  # type: ignore[attr-defined]
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    found = resolve(request.path)
    answer: HttpResponse = found.func(request, *found.args, **found.kwargs)
    return answer


def page(address: str, by: Any = STEWARD, **posted: Any) -> str:
    return ask(address, by, **posted).content.decode()


def agency(key: str) -> str:
    return reverse("agency", args=[Agency.objects.get(key=key).public_id])


@pytest.mark.parametrize(("day", "count"), [("2016-06-15", 122), ("2020-02-01", 108), ("2025-07-01", 37)])
def test_tree_of_a_day(day: str, count: int) -> None:
    text = page(f"{reverse('agencies')}?ngay={day}&loai=commune")
    assert f"{count} UBND cấp xã" in text
    assert len(re.findall(r">UBND (?:xã|phường|thị trấn) ", text)) == count


def test_bad_day_is_told_and_the_present_tree_shown() -> None:
    text = page(f"{reverse('agencies')}?ngay=2016-13-01")
    assert "error-summary" in text and "UBND tỉnh Thái Nguyên" in text


def test_page_reads_across_all_three_shapes() -> None:
    text = page(agency("bk-02179-2020"))
    for name in ("UBND xã Hữu Thác", "UBND xã Hảo Nghĩa", "UBND xã Trần Phú"):
        assert name in text
    assert "Đã kết thúc hoạt động từ 1/7/2025" in text and "1683/NQ-UBTVQH15" in text and "855/NQ-UBTVQH14" in text


def test_line_follows_no_part_that_a_successor_gave_away_later() -> None:
    line = selectors.history(Agency.objects.get(key="bk-sldtbxh")).after
    near = {relative.title for relative in line if relative.step == 1}
    assert "Sở Dân tộc và Tôn giáo" not in {relative.title for relative in line}
    assert near == {"Sở Nội vụ", "Sở Y tế", "Sở Giáo dục và Đào tạo"}


def test_merger_is_previewed_and_then_entered_as_shown() -> None:
    target, other = Agency.objects.get(key="tn-02176"), Agency.objects.get(key="tn-02185")
    address = reverse("agency-do", args=[target.public_id, "nhap-vao"])
    said = {"day": "2026-01-01", "basis": "1/NQ", "others": [other.public_id], "request_key": "abcdefgh12345678"}
    events = LedgerEvent.objects.count()
    shown = page(address, **said)
    assert "UBND xã Côn Minh</strong> kết thúc hoạt động từ ngày 01/01/2026" in shown
    assert "nhận nhiệm vụ của UBND xã Côn Minh" in shown
    assert LedgerEvent.objects.count() == events
    digest = re.search(r'name="seen_effects" value="(\w+)"', shown)
    assert digest is not None
    changed = page(address, **{**said, "day": "2026-02-01"}, seen_effects=digest[1])
    assert "Ghi vào danh mục" in changed and LedgerEvent.objects.count() == events
    answer = ask(address, **said, seen_effects=digest[1])
    assert answer.status_code == 302
    assert Agency.objects.get(key="tn-02185").valid_to == date(2026, 1, 1)


DOING: dict[str, dict[str, Any]] = {
    "doi-ten": {"name": "Thị trấn Trần Phú", "form": "thị trấn"},
    "hop-nhat": {"name": "Xã Mới", "form": "xã", "code": "02999", "national": "H55.90"},
    "chia-tach": {"name": "Xã Mới", "form": "xã", "code": "02999", "national": "000.00.90.H55", "survives": "on"},
    "ket-thuc": {},
}


@pytest.mark.parametrize("slug", DOING)
def test_every_verb_has_its_preview(slug: str) -> None:
    target = Agency.objects.get(key="tn-02176")
    address = reverse("agency-do", args=[target.public_id, slug])
    assert "Xem trước thay đổi" in page(address)
    text = page(address, day="2026-01-01", basis="1/NQ", **DOING[slug])
    assert "Nếu ghi, những điều sau sẽ thay đổi" in text


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"day": "2026-01-01"}, "Văn bản căn cứ"), ({"day": "mai", "basis": "1/NQ"}, "Có hiệu lực từ ngày"),
        ({"day": "2020-01-01", "basis": "1/NQ"}, "mới thành lập"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_and_nothing_is_written(said: dict[str, str], words: str) -> None:
    target = Agency.objects.get(key="tn-02176")
    text = page(reverse("agency-do", args=[target.public_id, "ket-thuc"]), **said)
    assert words in text and "seen_effects" not in text
    assert Agency.objects.get(key="tn-02176").valid_to is None


def test_founding_an_agency() -> None:
    above = Agency.objects.get(key="tn-19")
    said = {
        "day": "2026-01-01", "basis": "1/NQ", "kind": "department", "name": "Sở Ngoại vụ", "form": "sở",
        "code": "19-SNGV", "national": "H55.14", "parent": above.public_id, "one_stop": "on",
        "request_key": "abcdefgh9",
    }
    shown = page(reverse("agency-found"), **said)
    digest = re.search(r'name="seen_effects" value="(\w+)"', shown)
    assert digest is not None and "trực thuộc UBND tỉnh Thái Nguyên" in shown
    assert ask(reverse("agency-found"), **said, seen_effects=digest[1]).status_code == 302
    assert Agency.objects.get(code="H55.14").name == "Sở Ngoại vụ"
    assert "không phải mã định danh" in page(reverse("agency-found"), **{**said, "national": "H5"})


def test_colleague_reads_and_may_not_change() -> None:
    target = Agency.objects.get(key="tn-02176")
    assert "Ghi biến động" not in page(agency("tn-02176"), COLLEAGUE)
    with pytest.raises(Denied):
        ask(reverse("agency-do", args=[target.public_id, "ket-thuc"]), COLLEAGUE)
    with pytest.raises(Denied):
        ask(reverse("agency-found"), COLLEAGUE)
    with pytest.raises(NotFound):
        ask(reverse("agency-do", args=[target.public_id, "khong-co"]))


def test_tree_page_reads_few_queries(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_max_num_queries(16):
        page(f"{reverse('agencies')}?ngay=2016-06-15")
    with django_assert_max_num_queries(14):
        page(agency("bk-02179-2020"))
