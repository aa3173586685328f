"""The screens: the tree of a day, the page across all shapes, and a merger with its preview."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve, reverse

from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.errors import Denied, NotFound
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.verbs import Call
from motcua.foundation.organisations import actions, registry, selectors
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.registry import Standing
from motcua.foundation.organisations.tests.test_actions import COLLEAGUE, STEWARD
from motcua.foundation.organisations.types import Close
from motcua.testing import seen

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


class Cupboards:
    """Something that stands at every agency and needs an heir."""

    name, order, asks = "cupboards", 5, "Chuyển cả chìa khóa"

    def standing(self, agency: Agency, heir: str, *, carried: bool) -> list[Standing]:
        return [Standing(1234, "tủ hồ sơ", f"về {heir}{' kèm chìa khóa' if carried else ''}", needs_heir=True)]

    def left(self, agencies: Any) -> int:
        return 0

    def pass_on(self, agency: Agency, heir: Agency) -> Iterator[int]:
        yield from ()


@pytest.fixture
def cupboards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_declared", {"cupboards": Cupboards()})


@pytest.mark.usefixtures("cupboards")
def test_the_preview_counts_what_stands_at_those_who_end_and_says_what_becomes_of_it() -> None:
    target, other = Agency.objects.get(key="tn-02176"), Agency.objects.get(key="tn-02185")
    address = reverse("agency-do", args=[target.public_id, "nhap-vao"])
    said = {"day": "2026-01-01", "basis": "1/NQ", "others": [other.public_id], "request_key": "abcdefgh12345679"}
    assert "Chuyển cả chìa khóa" in page(address)
    shown = page(address, **said)
    assert "1.234</strong> <span>tủ hồ sơ<small>về UBND xã Trần Phú</small>" in seen(shown)
    digest = re.search(r'name="seen_effects" value="(\w+)"', shown)
    assert digest is not None
    ticked = page(address, **said, carry_cupboards="on", seen_effects=digest[1])
    assert "kèm chìa khóa" in ticked and Agency.objects.get(key="tn-02185").valid_to is None, "another thing than shown"
    assert ask(address, **said, seen_effects=digest[1]).status_code == 302
    assert "Việc còn lại" in page(agency("tn-02185"))


@pytest.mark.usefixtures("cupboards")
def test_a_division_asks_who_goes_on_with_the_open_work() -> None:
    target = Agency.objects.get(key="tn-02176")
    near = Agency.objects.get(key="tn-02185")
    address = reverse("agency-do", args=[target.public_id, "chia-tach"])
    said = {**DOING["chia-tach"], "day": "2026-01-01", "basis": "1/NQ", "others": [near.public_id]}
    kept = page(address, **said)
    assert "1.234" not in kept and "seen_effects" in kept, "who survives keeps everything"
    del said["survives"]
    asked = page(address, **said)
    assert "chưa rõ cơ quan nào giải quyết tiếp" in asked and "seen_effects" not in asked
    assert "về UBND xã Mới" in page(address, **said, into="moi")
    assert f"về {near.name}" in page(address, **said, into=near.public_id)
    stranger = Agency.objects.get(key="tn-02152")
    assert "một trong các cơ quan nhận nhiệm vụ" in page(address, **said, into=stranger.public_id)


@pytest.mark.usefixtures("cupboards")
def test_an_end_with_open_work_asks_for_an_heir() -> None:
    target, near = Agency.objects.get(key="tn-02176"), Agency.objects.get(key="tn-02185")
    other = Agency.objects.get(key="tn-02152")
    address = reverse("agency-do", args=[target.public_id, "ket-thuc"])
    said: dict[str, Any] = {"day": "2026-01-01", "basis": "1/NQ"}
    assert "chọn ít nhất một cơ quan" in page(address, **said)
    assert f"về {near.name}" in page(address, **said, successors=[near.public_id])
    both = {**said, "successors": [near.public_id, other.public_id]}
    assert "chọn cơ quan nhận hồ sơ" in page(address, **both)
    assert f"về {other.name}" in page(address, **both, into=other.public_id)


@pytest.mark.usefixtures("cupboards")
def test_an_heir_is_chosen_afterwards_on_a_page() -> None:
    near, other = Agency.objects.get(key="tn-02185"), Agency.objects.get(key="tn-02152")
    event = Close(day=date(2026, 1, 1), basis="1/NQ", key="tn-02176", successors=(near.key, other.key))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Cupboards, "left", lambda *_: 3)
        actions.load(Call(SYSTEM_ACTOR), events=[event])
    ended = Agency.objects.get(key="tn-02176")
    assert "Chọn cơ quan nhận hồ sơ" in page(agency("tn-02176")) and "chưa chọn" in page(agency("tn-02176"))
    assert "Chọn cơ quan nhận hồ sơ" not in page(agency("tn-02176"), COLLEAGUE)
    address = reverse("agency-heir", args=[ended.public_id])
    with pytest.raises((Denied, NotFound)):
        ask(address, COLLEAGUE, into=near.public_id)
    assert ask(address, into="khong-co").status_code == 422
    asked = page(address)
    lawful = asked.index("Nhận nhiệm vụ theo văn bản"), asked.index(near.name), asked.index("Cơ quan khác")
    assert list(lawful) == sorted(lawful), "whom the paper names stands first"
    said = {"into": near.public_id, "carry_cupboards": "on"}
    shown = page(address, **said)
    assert f"về {near.name} kèm chìa khóa" in shown and "Chưa có gì được ghi" in shown
    seen = re.search(r'name="seen_heir" value="([^"]+)"', shown)
    assert seen is not None and selectors.carrier(ended) == ended
    changed = page(address, into=other.public_id, seen_heir=seen[1])
    assert f"→ {other.name}" in changed and selectors.carrier(ended) == ended, "another one than was shown"
    assert ask(address, **said, seen_heir=seen[1]).status_code == 302
    assert selectors.carrier(ended) == near
    assert ask(address, into=other.public_id).status_code == 302, "it is chosen once"
    assert selectors.carrier(ended) == near
