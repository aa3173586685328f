"""The screens: who gets in, what is shown, and that forms reach their verbs."""

import io
import json
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.files import transit
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.types import Role
from motcua.service.procedures import actions
from motcua.service.procedures.models import ImportRun, Procedure, ProcedureVersion, Process
from motcua.service.procedures.reading import read_record
from motcua.service.procedures.reading.tests.samples import WHOLE, channels, record
from motcua.service.procedures.types import State
from motcua.testing import seen

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def sign_in() -> SignIn:
    def enter(*roles: Role) -> Client:
        client = Client()
        client.force_login(Account.objects.get(pk=officer(*roles).account_id))
        return client

    return enter


@pytest.fixture
def procedure() -> Procedure:
    text = channels("Trực tiếp1Miễn phí(Phí thẩm định)", "Trực tuyến1Miễn phí(Phí thẩm định)")
    actions.take_in(Call(SYSTEM_ACTOR), read_record(record(cach_thuc_thuc_hien=text)))
    return Procedure.objects.get()


def current(procedure: Procedure) -> ProcedureVersion:
    procedure.refresh_from_db()
    assert procedure.current is not None
    return procedure.current


def test_a_citizen_finds_and_reads_a_procedure(procedure: Procedure) -> None:
    client = Client()
    found = client.get("/thu-tuc/", {"tim": "quan nuoc"})
    assert procedure.name in found.content.decode()
    page = client.get(f"/thu-tuc/{procedure.code}").content.decode()
    assert "Bạn cần làm gì" in page
    assert "Chưa xác định thời hạn" in page
    assert "Cần xem" not in page


def test_nothing_found_says_what_to_do() -> None:
    assert "Thử bằng ít từ hơn" in Client().get("/thu-tuc/", {"tim": "zzz"}).content.decode()


def test_unknown_procedures_and_drafts_are_not_found() -> None:
    draft = actions.draft(Call(SYSTEM_ACTOR), code="1.900009", content=actions.Content(name="Dự thảo kín"))
    client = Client()
    assert client.get("/thu-tuc/9.999999").status_code == 404
    assert client.get(f"/thu-tuc/{draft.procedure.code}").status_code == 404
    assert "Dự thảo kín" not in client.get("/thu-tuc/").content.decode()


def test_the_desk_shows_flags_to_overseers_only(procedure: Procedure, sign_in: SignIn) -> None:
    address = f"/thu-tuc/kiem-soat/{procedure.public_id}"
    assert "Bổ sung thời hạn" in seen(sign_in(Role.CONTROLLER).get(address).content.decode())
    overseen = seen(sign_in(Role.STEWARD).get(address).content.decode())
    assert "Cần xem" in overseen
    assert "Bổ sung thời hạn" not in overseen
    assert "Cần xem" not in sign_in(Role.SPECIALIST).get(address).content.decode()


def test_a_limit_is_added_for_all_open_channels(procedure: Procedure, sign_in: SignIn) -> None:
    address = f"/thu-tuc/kiem-soat/noi-dung/{current(procedure).public_id}/thoi-han/1"
    form = {"amount": "0,5", "unit": "working-day", "basis": "163/QĐ-BTP", "is_for_all": "on"}
    assert sign_in(Role.STEWARD).post(address, form).status_code == 403
    client = sign_in(Role.CONTROLLER)
    assert "phải lớn hơn 0" in client.post(address, {**form, "amount": "0"}).content.decode()
    assert client.post(address, form).status_code == 302
    assert {row.words for row in current(procedure).limits.all()} == {"0,5 ngày làm việc"}


def test_a_fee_is_said_by_the_controller(procedure: Procedure, sign_in: SignIn) -> None:
    address = f"/thu-tuc/kiem-soat/noi-dung/{current(procedure).public_id}/phi/1"
    form = {"kind": "fee", "amount": "50000", "per": "hồ sơ", "basis": "2/NQ-HĐND", "is_for_all": "on"}
    assert sign_in(Role.CONTROLLER).post(address, form).status_code == 302
    assert {row.fee_state for row in current(procedure).limits.all()} == {"amount"}


def test_dates_are_entered(procedure: Procedure, sign_in: SignIn) -> None:
    address = f"/thu-tuc/kiem-soat/noi-dung/{current(procedure).public_id}/moc-ngay"
    assert sign_in(Role.CONTROLLER).post(address, {"published_on": "2026-02-01"}).status_code == 302
    assert current(procedure).published_on == date(2026, 2, 1)


def test_a_procedure_is_ended(procedure: Procedure, sign_in: SignIn) -> None:
    version = current(procedure)
    address = f"/thu-tuc/kiem-soat/noi-dung/{version.public_id}/bai-bo"
    client = sign_in(Role.CONTROLLER)
    future = client.post(address, {"decision": "9/QĐ-UBND", "valid_to": "2999-01-01"}).content.decode()
    assert "không ở tương lai" in future
    assert client.post(address, {"decision": "9/QĐ-UBND", "valid_to": "2020-01-01"}).status_code == 302
    version.refresh_from_db()
    assert version.state == State.EXPIRED
    assert Client().get(f"/thu-tuc/{procedure.code}").status_code == 404


DRAFT = {
    "code": "1.900009",
    "name": "Cấp thẻ đọc sách",
    "field": "Thư viện",
    "levels": ["commune"],
    "subjects": ["Công dân Việt Nam"],
    "agencies": "UBND xã",
    "steps": "Nộp đơn.",
    "papers": "Đơn | 1 | 0\nẢnh",
    "sets": "1",
    "direct": "2",
    "unit": "working-day",
}


def test_a_draft_is_written_published_and_read(sign_in: SignIn) -> None:
    client = sign_in(Role.CONTROLLER)
    assert client.post("/thu-tuc/kiem-soat/soan", {**DRAFT, "sets": ""}).status_code == 302
    version = ProcedureVersion.objects.get()
    publish = f"/thu-tuc/kiem-soat/du-thao/{version.public_id}/cong-bo"
    decision = {"decision": "5/QĐ-UBND", "decided_on": "2020-01-02", "valid_from": "2020-01-02"}
    refused = client.post(publish, decision).content.decode()
    assert "số bộ hồ sơ" in refused
    assert client.post(f"/thu-tuc/kiem-soat/du-thao/{version.public_id}", DRAFT).status_code == 302
    assert client.post(publish, decision).status_code == 302
    assert "Cấp thẻ đọc sách" in Client().get("/thu-tuc/1.900009").content.decode()


def test_a_wrong_draft_keeps_what_was_typed(sign_in: SignIn) -> None:
    wrong = {**DRAFT, "code": "abc", "papers": "Đơn | nhiều"}
    page = sign_in(Role.CONTROLLER).post("/thu-tuc/kiem-soat/soan", wrong).content.decode()
    assert "Không đọc được dòng" in page
    assert "Đơn | nhiều" in page
    assert not ProcedureVersion.objects.exists()


def steps(*rows: tuple[str, str], before: int = 0) -> dict[str, str]:
    form = {"step-TOTAL_FORMS": str(len(rows)), "step-INITIAL_FORMS": str(before)}
    for at, (name, amount) in enumerate(rows):
        form |= {f"step-{at}-name": name, f"step-{at}-amount": amount, f"step-{at}-unit": "working-day"}
        form |= {f"step-{at}-place": "competent", f"step-{at}-role": "specialist"}
    return form


def test_a_process_is_drafted_and_published(sign_in: SignIn) -> None:
    client = sign_in(Role.CONTROLLER)
    actions.take_in(Call(SYSTEM_ACTOR), read_record(WHOLE))
    procedure = Procedure.objects.get()
    drafted = client.post(f"/thu-tuc/kiem-soat/{procedure.public_id}/quy-trinh", steps(("Xét", "3"), ("Ký", "1")))
    address = drafted["Location"]
    refused = client.post(address, {"decision": "7/QĐ-UBND", "valid_from": "2020-01-02"}).content.decode()
    assert "không khớp thời hạn" in refused
    assert client.post(f"{address}/sua", steps(("Xét", "4"), ("Ký", "1"), before=2)).status_code == 302
    assert client.post(address, {"decision": "7/QĐ-UBND", "valid_from": "2020-01-02"}).status_code == 302
    assert Process.objects.get().state == State.IN_FORCE
    assert "5 ngày làm việc" in client.get(address).content.decode()


def upload(content: object) -> SimpleUploadedFile:
    return SimpleUploadedFile("tep.json", json.dumps(content).encode(), "application/json")


def test_files_are_imported_by_a_job_and_reported(sign_in: SignIn) -> None:
    client = sign_in(Role.CONTROLLER)
    files = [upload([WHOLE, record(ma_thu_tuc="=1+1")]), SimpleUploadedFile("hong.json", b"{")]
    went = client.post("/thu-tuc/kiem-soat/nhap", {"uploads": files})
    page = client.get(went["Location"]).content.decode()
    assert "Đã đọc 3 bản ghi" in page
    assert "Mã thủ tục sai dạng" in page
    run = ImportRun.objects.get()
    assert (run.state, run.files) == ("done", [])
    assert Procedure.objects.get().code == "1.900001"
    report = client.get(f"/thu-tuc/kiem-soat/nhap/{run.public_id}/bao-cao.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(report.content)).worksheets[0].values)
    assert [row[3] for row in rows[1:]] == ["Nhận trọn vẹn", "Không nhận", "Không nhận"]
    assert rows[2][1] == "=1+1"
    assert "tep.json" in str(rows[2][8])


def test_an_upload_lies_encrypted_until_it_is_read() -> None:
    stored = transit.put(upload(WHOLE), "tep.json")
    with default_storage.open(stored) as lying:
        assert b"ma_thu_tuc" not in lying.read()
    assert json.loads(b"".join(transit.plain(stored))) == WHOLE
    transit.forget(stored)
    assert not default_storage.exists(stored)


def test_a_trial_run_writes_no_procedure(sign_in: SignIn) -> None:
    sign_in(Role.CONTROLLER).post("/thu-tuc/kiem-soat/nhap", {"uploads": [upload(WHOLE)], "is_trial": "on"})
    assert ImportRun.objects.get().lines.get().change == "new"
    assert not Procedure.objects.exists()


def test_a_wrong_file_is_refused_at_once(sign_in: SignIn) -> None:
    client = sign_in(Role.CONTROLLER)
    for name, content in (("thu.json", b"%PDF-1.7"), ("rong.json", b"")):
        page = client.post("/thu-tuc/kiem-soat/nhap", {"uploads": [SimpleUploadedFile(name, content)]})
        assert page.status_code == 200
    assert not ImportRun.objects.exists()


def test_a_stranger_neither_imports_nor_reads_imports(sign_in: SignIn) -> None:
    for client in (sign_in(Role.SPECIALIST), sign_in()):
        assert client.get("/thu-tuc/kiem-soat/nhap").status_code == 403
        assert client.post("/thu-tuc/kiem-soat/nhap", {"uploads": [upload(WHOLE)]}).status_code == 403
    assert not ImportRun.objects.exists()
    assert Client().get("/thu-tuc/kiem-soat/").status_code == 302
