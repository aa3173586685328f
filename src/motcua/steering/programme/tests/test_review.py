"""Handing in a decision on screen: read, reviewed with what is unsure on top, corrected, approved, read again."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.foundation.identity.models import Account
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.types import Role
from motcua.foundation.organisations.models import Agency, AgencyState
from motcua.steering.programme import storing
from motcua.steering.programme.models import Assignment, HandIn, Occurrence, Programme
from motcua.steering.programme.reading.blocks import Block, Paragraph, Table
from motcua.steering.programme.reading.tests.retypeset import as_pdf
from motcua.steering.programme.reading.tests.test_other_plans import COLUMNS, HEAD
from motcua.steering.programme.tests.factories import Province

pytestmark = pytest.mark.django_db
CaptureOnCommit = Any
ROWS = (
    ("1", "Ban hành kế hoạch rà soát", "Sở Tư pháp", "Các đơn vị liên quan", "Kế hoạch", "Năm 2021"),
    ("2", "Theo dõi thi hành", "Sở Nội vụ", "", "Báo cáo", ""),
)


def plan(*rows: tuple[str, ...]) -> bytes:
    """Return a decision as a saved page."""
    head = "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in HEAD.split("\n\n"))
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in (COLUMNS, *rows))
    return f"<html><meta charset='utf-8'><body>{head}<table>{lines}</table></body></html>".encode()


def at_desk(agency: Agency, role: Role) -> Client:
    """Return the browser of somebody who holds the role there."""
    client = Client()
    client.force_login(Account.objects.get(pk=officer(role, home_agency=agency).account_id))
    return client


@pytest.fixture
def steward() -> Client:
    return at_desk(Province().steward, Role.STEWARD)


def hand_in(client: Client, content: bytes, name: str = "kh.html") -> Programme:
    answer = client.post(reverse("programme-hand-in"), {"document": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, html.unescape(answer.content.decode())
    return Programme.objects.latest("pk")


def text(client: Client, address: str) -> str:
    return html.unescape(client.get(address).content.decode())


def review(programme: Programme) -> str:
    return reverse("programme-review", args=[programme.public_id])


def test_words_stand_beside_their_reading_and_what_is_unsure_comes_first(steward: Client) -> None:
    page = text(steward, review(hand_in(steward, plan(*ROWS))))
    assert page.index("Cần anh/chị xem") < page.index("Nguyên văn và cách đọc")
    assert "Các đơn vị liên quan" in page
    assert "Dòng 2: văn bản không nêu thời gian" in page
    assert "một lần, năm 2021" in page


def test_answers_are_kept_and_the_reading_follows_them(steward: Client) -> None:
    programme = hand_in(steward, plan(*ROWS))
    page = text(steward, review(programme))
    field = page.split('name="unit-')[1].split('"')[0]
    answer = steward.post(review(programme), {f"unit-{field}": ["-"], "due-2": "15/12/2021"})
    assert answer.status_code == 302
    programme.refresh_from_db()
    kept = storing.answers_of(programme.answers)
    assert kept.units == {"Các đơn vị liên quan": ()}
    assert str(kept.due["2"]) == "2021-12-15"
    assert "chưa trả lời" not in text(steward, review(programme))


def test_a_day_that_cannot_be_read_is_told_and_nothing_is_lost(steward: Client) -> None:
    programme = hand_in(steward, plan(*ROWS))
    answer = steward.post(review(programme), {"due-2": "31/2/2021"})
    shown = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Trên lịch không có ngày này" in shown and 'value="31/2/2021"' in shown


def test_cells_laid_out_anew_are_read_anew(steward: Client) -> None:
    programme = hand_in(steward, plan(*ROWS))
    address = reverse("programme-recut", args=[programme.public_id, "2"])
    cells = {
        "text": "Theo dõi thi hành", "product": "Báo cáo", "lead": "Sở Nội vụ", "coordinating": "",
        "period": "Hàng năm", "budget": "5 triệu đồng",
    }
    assert steward.post(address, cells).status_code == 302
    row = programme.tasks.get(uid="2")
    assert (row.recurrence, row.amount_vnd) == ("annual", 5_000_000)
    assert storing.reading_of(programme.readings.get().content).tasks[1].period.text == "", "the document stays"
    assert "đã chia lại ô" in text(steward, review(programme))


def test_the_same_file_again_is_the_same_draft(steward: Client) -> None:
    assert hand_in(steward, plan(*ROWS)) == hand_in(steward, plan(*ROWS), "lan-hai.html")
    assert Programme.objects.count() == 1


def test_approving_puts_the_rows_to_work(steward: Client) -> None:
    programme = hand_in(steward, plan(*ROWS))
    department = AgencyState.objects.get(name="Sở Nội vụ").agency
    form = text(steward, reverse("programme-approve", args=[programme.public_id]))
    assert "Cơ quan thường trực" in form
    AgencyState.objects.filter(agency=department).update(kind="department")
    answer = steward.post(
        reverse("programme-approve", args=[programme.public_id]),
        {"steward": department.public_id, "office": "", "issuer": "", "short": "Kế hoạch 2021"},
    )
    assert answer.status_code == 302, html.unescape(answer.content.decode())
    programme.refresh_from_db()
    assert programme.called == "Kế hoạch 2021"
    assert Occurrence.objects.filter(task__programme=programme).exists()
    assert Assignment.objects.filter(task__programme=programme, agency__isnull=False).exists()


def test_an_amended_text_is_shown_as_a_difference_and_taken_over(steward: Client) -> None:
    programme = hand_in(steward, plan(*ROWS))
    department = AgencyState.objects.get(name="Sở Nội vụ").agency
    AgencyState.objects.filter(agency=department).update(kind="department")
    steward.post(reverse("programme-approve", args=[programme.public_id]), {"steward": department.public_id})
    changed = (*ROWS[0][:5], "Năm 2022")
    hand_in(steward, plan(changed, ROWS[1]))
    address = reverse("programme-amendment", args=[programme.public_id])
    page = text(steward, address)
    assert "Năm 2021" in page and "Năm 2022" in page
    assert steward.post(address).status_code == 302
    assert programme.tasks.get(uid="1").period_text == "Năm 2022"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "rỗng"), (b"Xin ch\xc3\xa0o", "không phải một quyết định"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 400, "Anh/chị"),
        (b"PK\x03\x04" + b"\0" * 100, "Anh/chị"),
    ],
)
def test_what_is_no_decision_is_refused_in_words(steward: Client, content: bytes, said: str) -> None:
    answer = steward.post(reverse("programme-hand-in"), {"document": SimpleUploadedFile("x.txt", content)})
    assert answer.status_code == 422
    assert said in html.unescape(answer.content.decode())
    assert not Programme.objects.exists()


def test_a_pdf_is_read_outside_the_request_and_its_page_leads_on(
    steward: Client, django_capture_on_commit_callbacks: CaptureOnCommit
) -> None:
    blocks: list[Block] = [*(Paragraph(part) for part in HEAD.split("\n\n")), Table((COLUMNS, *ROWS))]
    file = SimpleUploadedFile("kh.pdf", as_pdf(blocks, (1, 4, 3, 3, 3, 3)))
    with django_capture_on_commit_callbacks(execute=True):
        answer = steward.post(reverse("programme-hand-in"), {"document": file})
    row = HandIn.objects.get()
    assert answer["Location"] == reverse("programme-handed-in", args=[row.public_id])
    assert (row.state, row.stored, row.problem) == ("read", "", "")
    assert steward.get(answer["Location"])["Location"] == review(Programme.objects.get())
    assert [task.uid for task in Programme.objects.get().tasks.all()] == ["1", "2"]


def test_a_pdf_that_cannot_be_read_says_so_on_its_page(
    steward: Client, django_capture_on_commit_callbacks: CaptureOnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = steward.post(
            reverse("programme-hand-in"), {"document": SimpleUploadedFile("x.pdf", b"%PDF-1.7\n" + b"x" * 500)}
        )
    page = text(steward, answer["Location"])
    assert "Không đọc được tệp này" in page and "Anh/chị" in page
    assert not Programme.objects.exists()


def test_a_file_larger_than_plans_are_is_read_outside_the_request_whatever_its_kind(
    steward: Client, django_capture_on_commit_callbacks: CaptureOnCommit
) -> None:
    content = ("Chuyện kể không phải quyết định nào. " * 40 + "\n\n").encode() * 400
    with django_capture_on_commit_callbacks(execute=True):
        answer = steward.post(reverse("programme-hand-in"), {"document": SimpleUploadedFile("dai.txt", content)})
    assert "không phải một quyết định" in text(steward, answer["Location"])
    assert HandIn.objects.get().state == "refused" and not Programme.objects.exists()


def test_nobody_but_the_steward_hands_in_or_sees_a_draft(steward: Client) -> None:
    programme = hand_in(steward, plan(*ROWS))
    client = at_desk(AgencyState.objects.get(name="Sở Y tế").agency, Role.HEAD)
    assert client.get(review(programme)).status_code in {403, 404}
    assert client.post(reverse("programme-hand-in"), {}).status_code == 403
    assert client.post(reverse("programme-approve", args=[programme.public_id]), {}).status_code in {403, 404}
    programme.refresh_from_db()
    assert programme.is_draft


def test_a_head_that_was_not_read_is_set_by_the_steward_and_what_was_read_is_shown_beside(steward: Client) -> None:
    programme = hand_in(steward, plan(*ROWS))
    address = reverse("programme-head", args=[programme.public_id])
    said = {
        "number": "99/QĐ-UBND", "issuing_body": "UBND tỉnh Bắc Kạn", "issued_on": "15/6/2018", "title": "Kế hoạch",
        "signer": "", "first_year": "2018", "last_year": "2017",
    }
    refused = steward.post(address, said)
    assert refused.status_code == 422 and "Năm cuối trước năm đầu" in html.unescape(refused.content.decode())
    assert "phải có chữ số" in html.unescape(
        steward.post(address, said | {"number": "/QĐ-UBND", "last_year": "2020"}).content.decode()
    )
    steward.post(address, said | {"last_year": "2020"})
    programme.refresh_from_db()
    assert (programme.number, str(programme.issued_on), programme.last_year) == ("99/QĐ-UBND", "2018-06-15", 2020)
    page = text(steward, review(programme))
    assert "99/QĐ-UBND" in page and "máy đọc là" in page
