"""Intake at the counter: what is offered, what is filled in, what is refused with everything kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse

from motcua.foundation.core import time
from motcua.foundation.core.errors import Invalid
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.tests.factories import AgencyFactory
from motcua.service.dossiers.errors import NotReceivable
from motcua.service.dossiers.intake import choosing
from motcua.service.dossiers.intake.form import Intake
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.tests.factories import Office, office, received
from motcua.service.dossiers.tests.screens import at, signed_in, text_of
from motcua.service.procedures.models import ChannelLimit, ProcedurePaper, ProcedureVersion, Step
from motcua.service.procedures.places import Place
from motcua.service.procedures.reading.text import fold
from motcua.service.procedures.tests.factories import ProcedureVersionFactory
from motcua.testing import seen

pytestmark = pytest.mark.django_db
NOW = at("2025-04-24T09:00")


def address(version: ProcedureVersion, **more: str) -> str:
    return reverse("intake") + "?" + "&".join(f"{k}={v}" for k, v in {"thu-tuc": version.public_id, **more}.items())


def filled(place: Office, **more: Any) -> dict[str, Any]:
    return {
        "way": str(place.version.limits.get().pk), "all_papers": "on", "applicant": "Nông Văn Minh", "do": "nhan",
        "identity": "095 088 001 234", "phone": "0912.345.678", "competent": str(place.department.pk), **more,
    }


def test_a_procedure_is_found_by_some_of_its_words_without_marks() -> None:
    version = ProcedureVersionFactory(procedure__name="Đăng ký khai sinh", procedure__code="1.001193")
    version.procedure.folded = fold(f"{version.procedure.code} {version.procedure.name}")
    version.procedure.save()
    ended = ProcedureVersionFactory(state="expired")
    for text in ("khai sinh", "KHAI SINH", "dang ky", "1.001193", "sinh khai"):
        assert choosing.procedures(text, NOW.date()) == [version], text
    assert choosing.procedures("chứng thực", NOW.date()) == []
    assert ended not in choosing.procedures("", NOW.date())


def test_the_due_date_is_shown_before_confirming() -> None:
    place = office()
    with time.travelling(NOW):
        page = text_of(signed_in(place.counter).get(address(place.version)))
    assert "2 ngày làm việc – hẹn trả Thứ Bảy, 26/4/2025 lúc 17:00" in page  # the swapped Saturday


def test_an_unknown_limit_is_said_plainly_and_nothing_is_invented() -> None:
    place = office()
    ChannelLimit.objects.update(amount=None, unit="", unknown="no-information")
    with time.travelling(NOW):
        client = signed_in(place.counter)
        assert "chưa xác định thời hạn" in text_of(client.get(address(place.version)))
        client.post(address(place.version), filled(place))
    dossier = Dossier.objects.get()
    assert dossier.due_at is None and dossier.first_due_at is None


@pytest.mark.parametrize("field", ["applicant", "submitted_by"])
def test_a_name_without_a_letter_is_a_number_in_the_wrong_field(field: str) -> None:
    place = office()
    with time.travelling(NOW):
        answer = signed_in(place.counter).post(address(place.version), filled(place, **{field: "12345 - 67"}))
    page = text_of(answer)
    assert answer.status_code == 422 and "chưa có chữ cái nào" in page
    assert "12345 - 67" in answer.content.decode() and not Dossier.objects.exists()


def test_receiving_leads_to_a_page_with_code_due_date_and_slip() -> None:
    place = office()
    with time.travelling(NOW):
        answer = signed_in(place.counter).post(address(place.version), filled(place), follow=True)
    dossier = Dossier.objects.get()
    page = seen(answer.content.decode())
    assert answer.redirect_chain == [(reverse("dossier-received", args=[dossier.public_id]), 302)]
    assert dossier.code in page and "Thứ Bảy, 26/4/2025" in page and "data-print-now" in page
    assert "Người tiếp theo" in page
    assert (dossier.applicant_identity, dossier.applicant_phone) == ("095088001234", "0912345678")
    assert dossier.papers.count() == 3


def test_the_slip_does_not_print_itself_again_later() -> None:
    place = office()
    dossier = received(place, when=NOW)
    with time.travelling(at("2025-04-24T10:00")):
        page = signed_in(place.counter).get(reverse("dossier-received", args=[dossier.public_id])).content.decode()
    assert "data-print-now" not in page


def test_missing_papers_are_named_and_must_be_confirmed() -> None:
    place = office()
    first = place.version.papers.all()[0]
    data = filled(place, **{f"p{first.pk}": "on", f"p{first.pk}o": "2", f"p{first.pk}c": "1"})
    del data["all_papers"]
    with time.travelling(NOW):
        client = signed_in(place.counter)
        refused = client.post(address(place.version), data)
        assert refused.status_code == 422 and Dossier.objects.count() == 0
        page = refused.content.decode()
        assert "Còn thiếu: Giấy tờ tùy thân; Giấy chứng sinh." in text_of(refused)
        assert 'value="Nông Văn Minh"' in page and 'value="095 088 001 234"' in page
        received_page = client.post(address(place.version), data | {"missing_ok": "on"}, follow=True)
    assert "Giấy chứng sinh" in text_of(received_page)
    paper = Dossier.objects.get().papers.get()
    assert (paper.of_id, paper.originals, paper.copies) == (first.pk, 2, 1)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("applicant", "  ", "Chưa có họ tên"), ("identity", "12345", "không giống số căn cước"),
        ("phone", "abc", "Số điện thoại có từ 8 đến 15"), ("competent", "0", "cơ quan"), ("way", "999", "Cách nộp"),
        ("applicant", "x" * 201, "200"),
    ],
)
def test_bad_input_is_refused_with_the_rest_kept_and_nothing_written(name: str, value: str, said: str) -> None:
    place = office()
    with time.travelling(NOW):
        answer = signed_in(place.counter).post(
            address(place.version), filled(place, **{name: value, "address": "Thôn Nà Cà"})
        )
    assert answer.status_code == 422
    assert said in text_of(answer) and 'value="Thôn Nà Cà"' in answer.content.decode()
    assert Dossier.objects.count() == 0


def test_a_known_person_is_filled_in_by_exact_number_only_at_this_counter() -> None:
    place = office()
    received(place, when=NOW)
    find = {"do": "tim", "identity": "095088001234", "address": "đã gõ", "applicant": ""}
    with time.travelling(NOW):
        here = signed_in(place.colleague).post(address(place.version), find)
        partly = signed_in(place.colleague).post(address(place.version), find | {"identity": "09508800123"})
        elsewhere = signed_in(place.stranger).post(address(place.version), find)
    assert 'value="Nông Văn Minh"' in here.content.decode() and 'value="đã gõ"' in here.content.decode()
    assert 'value="0912 345 678"' in here.content.decode()
    for answer in (partly, elsewhere):
        assert "Nông Văn Minh" not in answer.content.decode()
    assert Dossier.objects.count() == 1


def test_several_cases_are_asked_first_and_choose_papers_and_limit() -> None:
    place = office()
    for case, amount in (("Trong nước", "3"), ("Ở nước ngoài", "5")):
        ProcedurePaper.objects.create(of=place.version, position=9, case=case, name=f"Giấy {case}", originals=1)
        ChannelLimit.objects.create(of=place.version, case=case, channel="direct", amount=amount, unit="working-day")
    with time.travelling(NOW):
        client = signed_in(place.counter)
        asked = text_of(client.get(address(place.version)))
        page = text_of(client.get(address(place.version, **{"truong-hop": "2"})))
        nonsense = text_of(client.get(address(place.version, **{"truong-hop": "99"})))
    assert "Trường hợp nào?" in asked and "Trường hợp nào?" in nonsense
    assert "Giấy Ở nước ngoài" in page and "Giấy Trong nước" not in page and "5 ngày làm việc" in page


def test_the_competent_agency_follows_the_rule_else_it_is_asked() -> None:
    place = office()
    steps = list(place.process.steps.all())
    assert choosing.competent(place.version, steps, place.commune) is None
    place.version.competent = ["Sở Tư pháp"]
    assert choosing.competent(place.version, steps, place.commune) == place.department
    place.version.levels = ["commune"]
    assert choosing.competent(place.version, steps, place.commune) == place.commune
    place.version.levels, place.version.competent = ["district"], []
    district = AgencyFactory(state__kind="district", state__level="district", state__has_one_stop=True)
    place.commune.states.update(parent=district)
    assert choosing.competent(place.version, steps, place.commune) == district
    district.states.update(has_one_stop=False)
    assert choosing.competent(place.version, steps, place.commune) is None
    place.version.levels = []
    received(place)
    assert choosing.competent(place.version, steps, place.commune) == place.department
    Step.objects.update(place=Place.RECEIVING)
    assert choosing.competent(place.version, list(place.process.steps.all()), place.commune) == place.commune


def test_a_double_click_receives_once() -> None:
    place = office()
    data = filled(place, request_key="k" * 24)
    with time.travelling(NOW):
        client = signed_in(place.counter)
        places = {client.post(address(place.version), data).headers["Location"] for _ in range(2)}
    assert len(places) == 1 and Dossier.objects.count() == 1


def test_a_procedure_no_longer_in_force_leads_back_to_choosing() -> None:
    place = office()
    place.version.state = "expired"
    place.version.save()
    answer = signed_in(place.counter).post(address(place.version), filled(place))
    assert "Người nộp muốn làm thủ tục gì?" in text_of(answer)
    assert Dossier.objects.count() == 0 and Agency.objects.exists()


def test_an_agency_that_ended_receives_nothing_more() -> None:
    place = office()
    Agency.objects.filter(pk=place.commune.pk).update(valid_to="2025-04-24")
    place.commune.refresh_from_db()
    with pytest.raises(NotReceivable, match="kế thừa"):
        received(place, when=NOW)
    assert received(place, when=at("2025-04-23T09:00")).code.endswith("-250423-0001")


def test_the_verb_takes_no_limit_and_no_process_of_another_procedure() -> None:
    place, other = office(), office()
    wrong = (
        {"limit": other.version.limits.get()}, {"process": other.process},
        {"first_step": other.process.steps.all()[0]},
    )
    for one in wrong:
        with pytest.raises(Invalid, match="không thuộc thủ tục"):
            received(place, when=NOW, **one)
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {}, {"way": "999999"}, {"way": ""}, {"applicant": " "}, {"applicant": "a" * 201}, {"identity": "12a"},
        {"phone": "gọi sau"}, {"competent": "0"}, {"competent": "x"}, {"competent": ""}, {"all_papers": ""},
        {"request": "x\r\ny", "other_papers": "Một\nHai"}, {"missing_ok": "on", "all_papers": ""},
    ],
)
def test_a_form_that_came_back_is_checked_as_one_that_is_drawn(changed: dict[str, str]) -> None:
    place = office()
    ProcedurePaper.objects.create(of=place.version, position=8, name="Tờ khai", originals=1)
    chosen = choosing.chosen(place.version, Agency.objects.get(pk=place.counter.agency_id), "", NOW)
    paper = chosen.papers[0].pk
    data = QueryDict(mutable=True)
    data.update({**filled(place), f"p{paper}": "on", f"p{paper}o": "1", f"p{paper}c": "một", **changed})
    sent, drawn = Intake.sent(chosen, data), Intake(chosen, data)
    assert sent.is_valid() == drawn.is_valid()
    assert sent.errors.get_json_data() == drawn.errors.get_json_data()
    assert sent.cleaned_data == drawn.cleaned_data
