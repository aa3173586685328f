"""The screens: what each person sees and can press, and what a wrong press says."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.foundation.core import settings_rows
from motcua.foundation.identity.models import Account, RoleGrant
from motcua.foundation.identity.types import Role
from motcua.foundation.organisations.models import Agency
from motcua.steering.programme import actions, today
from motcua.steering.programme.kinds import ProjectData, ProjectState
from motcua.steering.programme.models import Evidence, Measure, Occurrence, Programme, Reminder, Task
from motcua.steering.programme.tests.factories import SYSTEM, Province, officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stands_still() -> None:
    settings_rows.write(today.STANDS_ON, "2018-01-05")


@pytest.fixture
def province() -> Province:
    return Province()


@pytest.fixture
def programme(province: Province) -> Programme:
    return province.approved()


def client_of(agency: Agency, role: Role) -> Client:
    account = Account.objects.get(pk=officer(agency, role).account_id)
    RoleGrant.objects.create(account=account, agency=agency, role=role, valid_from=date(2015, 1, 1))
    client = Client()
    client.force_login(account)
    return client


def task_page(uid: str) -> str:
    return reverse("programme-task", args=[Task.objects.get(uid=uid).public_id])


def doing(uid: str, year: int, slug: str) -> str:
    return reverse("programme-do", args=[Occurrence.objects.get(task__uid=uid, year=year).public_id, slug])


def test_the_only_programme_opens_at_once_and_a_draft_does_not(province: Province) -> None:
    programme = province.drafted()
    client = client_of(province.justice, Role.HEAD)
    page = client.get(reverse("programmes"))
    assert "Chưa có chương trình nào" in page.content.decode()
    assert client.get(reverse("programme", args=[programme.public_id])).status_code == 404
    actions.approve(SYSTEM, programme=programme, steward=province.steward, office=province.office)
    assert client.get(reverse("programmes")).headers["Location"] == reverse("programme", args=[programme.public_id])


def test_each_figure_of_the_board_opens_to_its_rows(programme: Programme, province: Province) -> None:
    client, address = client_of(province.health, Role.HEAD), reverse("programme", args=[programme.public_id])
    board = client.get(address).context["board"]
    assert board.total == 6 and len(board.figures) > 2
    for figure in board.figures:
        shown = client.get(address + figure.href).context["board"]
        assert shown.count == figure.count, figure.label
    by_state = [figure.count for figure in board.figures if "tinh-trang=asked" not in figure.href]
    assert sum(by_state) == board.total, "every row stands in one figure"
    lead = client.get(f"{address}?co-quan={province.health.public_id}").context["board"]
    assert [row.line.task.uid for section in lead.sections for row in section.rows] == ["1.3"]


def test_the_owner_finds_his_button_and_hands_in_with_a_file(programme: Programme, province: Province) -> None:
    client = client_of(province.justice, Role.SPECIALIST)
    assert "Ghi đã trình" in client.get(task_page("1.1")).content.decode()
    assert "Ghi đã trình" not in client_of(province.health, Role.HEAD).get(task_page("1.1")).content.decode()
    address = doing("1.1", 2017, "trinh")
    wrong = client.post(address, {"number": "1/TTr", "on": "6/1/2018"})
    assert wrong.status_code == 422 and "chưa tới" in wrong.content.decode()
    upload = SimpleUploadedFile("to-trinh.pdf", b"%PDF-1.7\n%%EOF\n")
    done = client.post(address, {"number": "1/TTr-STP", "on": "2/1/2018", "file": upload})
    assert done.headers["Location"] == task_page("1.1")
    page = client.get(task_page("1.1")).content.decode()
    assert "1/TTr-STP" in page and "UBND tỉnh Mẫu giữ từ 2/1/2018" in page
    proof = reverse("programme-file", args=[Evidence.objects.get().file.public_id])
    assert client_of(province.health, Role.HEAD).get(proof).status_code == 200
    assert client.get(reverse("programme-file", args=["khong-co"])).status_code == 404


def test_a_stranger_is_told_why_he_may_not(programme: Programme, province: Province) -> None:
    client = client_of(province.health, Role.HEAD)
    assert client.get(doing("1.1", 2017, "trinh")).status_code == 403
    assert client.post(doing("1.1", 2017, "trinh"), {"number": "1", "on": "2/1/2018"}).status_code == 403
    assert client.get(doing("1.1", 2017, "khong-co")).status_code == 404
    assert not Occurrence.objects.get(task__uid="1.1").facts.exists()


def test_of_several_owners_each_gets_his_own_share_to_choose(programme: Programme, province: Province) -> None:
    steward = client_of(province.steward, Role.STEWARD)
    form = steward.get(doing("1.3", 2017, "trinh")).context["form"]
    assert [key for key, _ in form.fields["agency"].choices] == [
        "tat-ca", province.justice.public_id, province.health.public_id,
    ]
    own = client_of(province.justice, Role.HEAD)
    assert "agency" not in own.get(doing("1.3", 2017, "trinh")).context["form"].fields
    done = own.post(doing("1.3", 2017, "trinh"), {"number": "7/BC", "on": "2/1/2018"})
    assert done.status_code == 302
    assert Occurrence.objects.get(task__uid="1.3", year=2017).facts.get().agency == province.justice


def test_every_page_of_a_programme_opens_for_each(programme: Programme, province: Province) -> None:
    actions.remind(SYSTEM, programme)
    task = programme.tasks.get(uid="1.1")
    data = ProjectData("Trụ sở", ProjectState.NEEDED)
    project = actions.enter_project(SYSTEM, task=task, agency=province.health, data=data)
    names = ("", "-timeline", "-calendar", "-money", "-serving", "-needles", "-plan", "-plan-file", "-reminders")
    pages = [reverse(f"programme{name}", args=[programme.public_id]) for name in names]
    pages += [
        reverse("programme-agency", args=[programme.public_id, province.justice.public_id]),
        reverse("programme-project", args=[project.public_id]), reverse("programme-projects", args=[task.public_id]),
        reverse("programme-needle", args=[Measure.objects.get(code="1.1").public_id]),
        reverse("programme-letter", args=[Reminder.objects.filter(number=1).get().public_id]),
        *(task_page(row.uid) for row in programme.tasks.all()),
    ]
    for client in (client_of(province.steward, Role.STEWARD), client_of(province.health, Role.RECEPTION)):
        for page in pages:
            assert client.get(page).status_code == 200, page
    assert Client().get(pages[0]).status_code == 302


def test_the_steward_answers_on_the_page_of_a_row(programme: Programme, province: Province) -> None:
    client = client_of(province.steward, Role.STEWARD)
    task = programme.tasks.get(uid="3.4#2")
    assert "không nêu thời gian" in client.get(task_page("3.4#2")).content.decode()
    for slug, answer in (
        ("them-ky", {"due_on": "30/6/2018"}), ("san-pham", {"kind": "system"}),
        ("chi-tieu", {"measures": [Measure.objects.get(code="1.2").public_id]}),
        ("kinh-phi", {"what": "spent", "year": "2018", "source": "province", "amount_vnd": "1.500.000",
                      "on": "2/1/2018"}),
        ("du-an", {"agency": province.health.public_id, "name": "Kho", "state": "needed", "capital_vnd": ""}),
    ):  # fmt: skip
        address = reverse("programme-ask", args=[task.public_id, slug])
        assert client.get(address).status_code == 200
        assert client.post(address, answer).status_code == 302, slug
    task.refresh_from_db()
    assert task.product_kind == "system" and task.occurrences.get().due_on == date(2018, 6, 30)
    assert task.budget_lines.get().amount_vnd == 1_500_000 and task.links.count() == task.projects.count() == 1
    wrong = client.post(reverse("programme-ask", args=[task.public_id, "kinh-phi"]), {
        "what": "spent", "year": "2018", "source": "province", "amount_vnd": "nhiều", "on": "2/1/2018",
    })  # fmt: skip
    assert wrong.status_code == 422
    stranger = client_of(province.health, Role.HEAD)
    assert stranger.get(reverse("programme-ask", args=[task.public_id, "them-ky"])).status_code == 403


def test_the_steward_sends_reminders_and_sets_the_ladder(programme: Programme, province: Province) -> None:
    client = client_of(province.steward, Role.STEWARD)
    address = reverse("programme-reminders", args=[programme.public_id])
    assert client.get(address).context["digests"]
    client.post(reverse("programme-remind", args=[programme.public_id]))
    assert not client.get(address).context["digests"] and Reminder.objects.exists()
    ladder = {"owner": "-20", "own-head": "1", "superior": "9", "steward": "3", "chairman": "30"}
    assert client.post(address, ladder).status_code == 422
    assert client.post(address, {**ladder, "steward": "21"}).status_code == 302
    programme.refresh_from_db()
    assert programme.ladder["owner"] == -20


def test_values_and_progress_are_entered_on_their_pages(programme: Programme, province: Province) -> None:
    client = client_of(province.steward, Role.STEWARD)
    measure = Measure.objects.get(code="1.1")
    address = reverse("programme-needle", args=[measure.public_id])
    assert client.post(address, {"on": "2/1/2018", "value": "59,87", "source": "Báo cáo"}).status_code == 302
    assert str(measure.entries.get().value) == "59.8700"
    assert client.post(address, {"on": "2/1/2018", "value": "NaN", "source": "Báo cáo"}).status_code == 422
    data = ProjectData("Trụ sở", ProjectState.NEEDED, 10**9)
    project = actions.enter_project(SYSTEM, task=Task.objects.get(uid="1.1"), agency=province.health, data=data)
    page = reverse("programme-project", args=[project.public_id])
    assert client.post(page, {"on": "2/1/2018", "built": "12,5", "disbursed_vnd": "1.000"}).status_code == 302
    assert client.post(page, {"on": "2/1/2018", "built": "101", "disbursed_vnd": "0"}).status_code == 422
    assert client_of(province.health, Role.HEAD).post(page, {}).status_code == 403
