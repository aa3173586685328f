"""Files of a dossier through the web door: what is taken, what is refused in words, what is never half-written."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import StreamingHttpResponse
from django.test import Client
from django.urls import reverse

from motcua.foundation.core import time
from motcua.foundation.core.files import scanning, store, sweeping
from motcua.foundation.core.files.models import StoredFile
from motcua.foundation.core.files.storage import DurableFiles
from motcua.foundation.core.files.types import Limits, Scan
from motcua.foundation.core.ledger import facts_of
from motcua.foundation.core.models import AccessEntry, Denial, LedgerEvent
from motcua.foundation.core.tests.disks import FullDisk
from motcua.foundation.core.verbs import Call
from motcua.foundation.core.verification import verify
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.types import Officer, Role
from motcua.service.dossiers import actions, selectors
from motcua.service.dossiers.actions import files as attaching
from motcua.service.dossiers.forms import FILE_HINT
from motcua.service.dossiers.models import Attachment, Dossier
from motcua.service.dossiers.presenting.page import page
from motcua.service.dossiers.tests.factories import Office, office, received
from motcua.service.dossiers.tests.screens import asked, at, signed_in, text_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 400 + b"\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 900 + b"\0\0\0\0IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"1" * 900 + b"\xff\xd9"


def archive(*parts: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in parts:
            pack.writestr(name, content)
    return made.getvalue()


WORD = archive(("[Content_Types].xml", b"<t/>"), ("word/document.xml", b"<w/>"))
BOOK = archive(("[Content_Types].xml", b"<t/>"), ("xl/workbook.xml", b"<w/>"))
BOMB = archive(("[Content_Types].xml", b""), ("word/document.xml", bytes(60_000_000)))


@pytest.fixture(autouse=True)
def _empty_storage() -> Iterator[None]:
    yield
    for name in sweeping._walk(""):
        default_storage.delete(name)


def lying() -> list[str]:
    return sorted(sweeping._walk(""))


def held(place: Office) -> Dossier:
    """Return a dossier that the specialist holds."""
    dossier = received(place, when=at("2025-04-24T09:00"))
    with time.travelling(at("2025-04-24T10:00")):
        dossier = actions.hand_over(Call(place.counter), dossier=dossier)
        return actions.accept(Call(place.specialist), dossier=dossier)


def url(dossier: Dossier) -> str:
    return reverse("dossier-attach", args=[dossier.public_id])


def sent(client: Client, dossier: Dossier, content: bytes = PDF, name: str = "don.pdf", **more: Any) -> Any:
    data = {"place": "", "title": "", "whole": "1"} | more | {"file": SimpleUploadedFile(name, content)}
    headers = {"X-Requested-With": "motcua"} if data.pop("script", False) else {}
    return client.post(url(dossier), data, headers=headers)


def nothing_kept() -> bool:
    births = LedgerEvent.objects.filter(verb="dossier.attach")
    return not (Attachment.objects.exists() or StoredFile.objects.exists() or births.exists() or lying())


@pytest.mark.parametrize(("content", "name"), [
    (PDF, "Đơn xin.pdf"), (PNG, "anh.png"), (JPEG, "anh.jpeg"), (WORD, "to-khai.docx"), (BOOK, "bang.xlsx"),
])
def test_a_file_is_said_to_be_received_with_the_digest_of_what_lies_in_the_store(content: bytes, name: str) -> None:
    place = office()
    dossier = held(place)
    paper = dossier.papers.get()
    answer = signed_in(place.specialist).post(
        url(dossier), {"place": f"p{paper.pk}", "whole": "1", "file": SimpleUploadedFile(name, content)}, follow=True
    )
    digest = hashlib.sha256(content).hexdigest()
    said = text_of(answer)
    assert f"Đã nhận tệp “{name}”" in said and f"mã SHA-256 {digest[:12]}… đã đối chiếu với kho" in said
    made = Attachment.objects.get()
    assert (made.paper, made.asked, made.account_id) == (paper, None, place.specialist.account_id)
    assert store.read_all(made.file) == content
    event = LedgerEvent.objects.get(subject=made.ref)
    assert event.verb == "dossier.attach" and digest.encode() in bytes(event.canonical)
    assert name.encode() not in bytes(event.canonical)
    for words in (name, place.specialist.name, digest[:12], "kB"):
        assert words in said


def test_a_missing_paper_that_comes_as_a_file_is_missing_no_more_until_it_is_taken_back() -> None:
    place = office()
    paper = place.version.papers.all()[2]
    dossier = held(place)
    assert sent(signed_in(place.specialist), dossier, place=f"a{paper.pk}").status_code == 302
    row = selectors.full().get(pk=dossier.pk)
    assert paper not in selectors.missing_papers(row) and len(selectors.missing_papers(row)) == 2
    assert paper.name in text_of(signed_in(place.specialist).get(reverse("dossier", args=[dossier.public_id])))
    actions.detach(Call(place.specialist), attachment=Attachment.objects.get(), reason="mờ")
    assert paper in selectors.missing_papers(selectors.full().get(pk=dossier.pk))


@pytest.mark.parametrize(("content", "name", "says"), [
    (b"", "trong.pdf", "trống (0 byte)"),
    (b"MZ\x90\0" * 90, "chuong-trinh.pdf", "Không nhận được tệp"),
    (PDF, "anh.png", "tên không khớp"),
    ("Tờ khai".encode(), "ghi-chu.txt", "Ở đây không nhận tệp TEXT"),
    (PDF[:5000], "cat.pdf", "bị cắt ngang"), (WORD[:-30], "cat.docx", "bị cắt ngang"),
    (BOMB, "bom.docx", "nén quá nhiều"), (archive(("a.exe", b"MZ")), "la.docx", "tệp nén lạ"),
    (b"%PDF-1.7" + bytes(20_000_001), "nang.pdf", "quá mức 20"),
])
def test_what_cannot_be_taken_is_refused_in_words_and_leaves_nothing(content: bytes, name: str, says: str) -> None:
    place = office()
    dossier = held(place)
    answer = sent(signed_in(place.specialist), dossier, content, name, title="Biên bản")
    assert answer.status_code == 422
    assert says in text_of(answer) and "vẫn còn" in text_of(answer)
    assert "Biên bản" in answer.content.decode(), "what was typed is still there"
    assert nothing_kept()


@pytest.mark.parametrize(("content", "name"), [(b"MZ\x90\0" * 90, "a.exe"), ("Tờ khai".encode(), "a.txt")])
def test_a_file_of_another_kind_is_refused_with_the_kinds_that_the_hint_names(content: bytes, name: str) -> None:
    place = office()
    dossier = held(place)
    client = signed_in(place.specialist)
    hint = FILE_HINT.partition(";")[0]
    assert hint in text_of(client.get(url(dossier)))
    said = text_of(sent(client, dossier, content, name))
    assert f"Anh/chị chọn tệp {hint}." in said and "trống (0 byte)" not in said


def test_a_further_document_without_a_title_goes_by_its_file_s_name() -> None:
    place = office()
    dossier = held(place)
    assert sent(signed_in(place.specialist), dossier, name="bien-ban.pdf").status_code == 302
    assert [one.name for one in page(place.specialist, selectors.full().get(), time.now()).files] == ["bien-ban.pdf"]
    assert "để trống thì lấy tên tệp" in text_of(signed_in(place.specialist).get(url(dossier)))


def test_an_infected_file_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    class Finds:
        def scan(self, content: Iterable[bytes]) -> Scan:
            return Scan.INFECTED if b"".join(content) == PDF else Scan.CLEAN

    monkeypatch.setattr(scanning, "configured", Finds)
    place = office()
    dossier = held(place)
    answer = sent(signed_in(place.specialist), dossier)
    assert (answer.status_code, "có vi-rút" in text_of(answer)) == (422, True)
    assert nothing_kept()
    assert sent(signed_in(place.specialist), dossier, PNG, "a.png").status_code == 302


def cut(body: bytes, at_byte: int, client: Client, dossier: Dossier) -> Any:
    """Send only the beginning of a form's body, as a broken line does."""
    kind = "multipart/form-data; boundary=BoUnDaRy"
    return client.generic("POST", url(dossier), body[:at_byte], content_type=kind)


def test_a_sending_that_was_cut_off_is_no_shorter_file() -> None:
    """A picture may still look whole when its line is cut behind the last mark: the form's own end tells."""
    place = office()
    dossier = held(place)
    parts = [
        ("place", "", b""),
        ("file", '; filename="anh.jpg"\r\nContent-Type: image/jpeg', JPEG + bytes(3000) + JPEG),
        ("whole", "", b"1"),
    ]
    body = b"".join(
        f'--BoUnDaRy\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + value + b"\r\n"
        for name, more, value in parts
    ) + b"--BoUnDaRy--\r\n"
    client = signed_in(place.specialist)
    after_a_mark = body.index(b"\xff\xd9") + 2
    for at_byte in (after_a_mark, after_a_mark + 100, body.rindex(b"--BoUnDaRy\r\n") - 2, len(body) - 30):
        answer = cut(body, at_byte, client, dossier)
        assert answer.status_code == 422, at_byte
        assert "Đường truyền bị ngắt giữa chừng" in text_of(answer) or "bị cắt ngang" in text_of(answer)
        assert nothing_kept()
    assert cut(body, len(body), client, dossier).status_code == 302


class Lying(DurableFiles):
    """A disk that writes something else than it was given, and says nothing."""

    def _save(self, name: str, content: File[bytes]) -> str:
        done = super()._save(name, content)
        path = Path(self.path(name))
        raw = path.read_bytes()
        path.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
        return done


@pytest.mark.parametrize(
    ("disk", "says"), [(FullDisk, "Kho tệp không ghi được"), (Lying, "không khớp với tệp gửi lên")]
)
def test_a_disk_that_does_not_keep_what_it_was_given_is_never_said_to_have_received(
    disk: type[DurableFiles], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = office()
    dossier = held(place)
    monkeypatch.setattr(store, "default_storage", disk(location=settings.HOME.files))
    answer = sent(signed_in(place.specialist), dossier)
    assert answer.status_code == 507
    assert says in text_of(answer) and "Đã nhận" not in text_of(answer)
    assert nothing_kept()
    monkeypatch.undo()
    assert sent(signed_in(place.specialist), dossier).status_code == 302


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_full_disk_for_what_is_on_its_way_is_told_in_words_too(tmp_path: Path, settings: Any) -> None:
    """Before a file reaches the store it lies in a temporary one, and that disk may be full as well."""
    command = ["mount", "-t", "tmpfs", "-o", "size=60k", "tmpfs", str(tmp_path)]
    if subprocess.run(command, check=False).returncode:  # noqa: S603
        pytest.skip("this machine does not let us mount")
    try:
        settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
        place = office()
        dossier = held(place)
        answer = sent(signed_in(place.specialist), dossier)
        assert (answer.status_code, "Kho tệp không ghi được" in text_of(answer)) == (507, True)
        assert nothing_kept()
        assert sent(signed_in(place.specialist), dossier, PNG, "anh.png").status_code == 302
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)  # noqa: S603, S607


def test_a_double_press_keeps_one_file() -> None:
    place = office()
    dossier = held(place)
    client = signed_in(place.specialist)
    answers = [sent(client, dossier, request_key="k" * 24).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert Attachment.objects.count() == StoredFile.objects.count() == len(lying()) == 1
    again = sent(client, dossier, name="ten-khac.pdf")
    assert again.status_code == 422 and "giống hệt một tệp đã đính kèm" in text_of(again)
    assert Attachment.objects.count() == len(lying()) == 1


def test_whoever_sends_by_script_is_answered_in_words_alone() -> None:
    place = office()
    dossier = held(place)
    client = signed_in(place.specialist)
    bad = sent(client, dossier, b"", script=True)
    assert bad.status_code == 422 and bad.headers["Content-Type"].startswith("text/plain")
    assert "trống (0 byte)" in bad.content.decode() and "<" not in bad.content.decode()
    good = sent(client, dossier, script=True)
    assert (good.status_code, good.content.decode()) == (201, reverse("dossier", args=[dossier.public_id]) + "#giay-to")


def test_no_more_files_than_a_dossier_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attaching, "MOST", 1)
    place = office()
    dossier = held(place)
    client = signed_in(place.specialist)
    assert sent(client, dossier).status_code == 302
    assert "là số tối đa" in text_of(sent(client, dossier, PNG, "a.png"))
    actions.detach(Call(place.specialist), attachment=Attachment.objects.get(), reason="nhầm")
    assert sent(client, dossier, PNG, "a.png").status_code == 302


def test_who_may_attach() -> None:
    """The holder, his head, and the counter that received it; not a colleague elsewhere, not a stranger."""
    place = office()
    dossier = held(place)
    other = officer(Role.SPECIALIST, home_agency=place.department)
    for who, status in ((place.stranger, 404), (other, 403)):
        client = signed_in(who)
        assert client.get(url(dossier)).status_code == (302 if who is other else status)
        assert sent(client, dossier).status_code == status
        page = client.get(reverse("dossier", args=[dossier.public_id]))
        assert url(dossier) not in page.content.decode()
    assert nothing_kept()
    with pytest.raises(Exception, match="người khác giữ"), store.arriving(
        SimpleUploadedFile("a.pdf", PDF), limits=Limits()
    ) as put:
        actions.attach(Call(other), dossier=dossier, put=put)
    assert nothing_kept() and Denial.objects.filter(actor=other.ref, subject=dossier.ref).exists()
    for who, content in ((place.counter, PDF), (place.colleague, PNG), (place.head, JPEG)):
        name = {PDF: "a.pdf", PNG: "a.png", JPEG: "a.jpg"}[content]
        assert sent(signed_in(who), dossier, content, name).status_code == 302
    row = Dossier.objects.get(pk=dossier.pk)
    assert row.version == dossier.version, "nobody's screen of the dossier grows stale by a file"


def attached(place: Office, who: Officer | None = None) -> tuple[Dossier, Attachment]:
    dossier = held(place)
    with store.arriving(SimpleUploadedFile("Đơn.pdf", PDF), limits=Limits()) as put:
        made = actions.attach(Call(who or place.specialist), dossier=dossier, put=put, title="Biên bản")
    return dossier, Attachment.objects.get(public_id=made.public_id)


def test_opening_is_journaled_harmless_and_for_readers_alone() -> None:
    place = office()
    dossier, file = attached(place)
    address = reverse("dossier-file", args=[dossier.public_id, file.public_id])
    assert signed_in(place.stranger).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    answer = signed_in(place.colleague).get(address)
    assert b"".join(cast(Iterator[bytes], cast(StreamingHttpResponse, answer).streaming_content)) == PDF
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert signed_in(place.head).get(f"{address}?luu").headers["Content-Disposition"].startswith("attachment")
    read = AccessEntry.objects.filter(purpose="dossier.file").values_list("actor", "subject")
    assert sorted(read) == sorted((who.ref, dossier.ref) for who in (place.colleague, place.head))
    elsewhere = received(place)
    wrong = reverse("dossier-file", args=[elsewhere.public_id, file.public_id])
    assert signed_in(place.colleague).get(wrong).status_code == 404


def test_a_file_is_taken_back_with_a_reason_and_never_deleted() -> None:
    place = office()
    dossier, file = attached(place)
    address = reverse("dossier-detach", args=[dossier.public_id, file.public_id])
    opens = reverse("dossier-file", args=[dossier.public_id, file.public_id])
    for who, status in ((place.stranger, 404), (place.counter, 403)):
        assert signed_in(who).post(address, {"reason": "x"}).status_code == status
    client = signed_in(place.specialist)
    assert client.post(address, {"reason": " "}).status_code == 422
    file.refresh_from_db()
    assert file.detached_at is None
    answer = client.post(address, {"reason": "Nhầm của người khác"}, follow=True)
    assert "Đã rút tệp “Đơn.pdf”" in text_of(answer) and "Nhầm của người khác" in text_of(answer)
    file.refresh_from_db()
    assert store.read_all(file.file) == PDF
    events = list(LedgerEvent.objects.filter(subject=file.ref).order_by("sequence"))
    assert [event.verb for event in events] == ["dossier.attach", "dossier.detach"]
    assert "Nhầm".encode() not in bytes(events[1].canonical) and b'"digest"' in bytes(events[1].canonical)
    assert signed_in(place.counter).get(opens).status_code == 403
    auditor = officer(Role.AUDITOR)
    for who in (place.specialist, place.head, auditor):
        assert signed_in(who).get(opens).status_code == 200
    assert client.post(address, {"reason": "lần nữa"}).status_code == 409


def test_the_ledger_of_the_dossier_tells_of_its_files() -> None:
    place = office()
    dossier, file = attached(place)
    actions.detach(Call(place.head), attachment=file, reason="Nhầm của người khác")
    events = list(LedgerEvent.objects.filter(subject=dossier.ref, verb__contains="tach").order_by("sequence"))
    assert [event.actor for event in events] == [place.specialist.ref, place.head.ref]
    digest = hashlib.sha256(PDF).hexdigest()
    for event in events:
        assert facts_of(event) == {"file": file.ref, "sha256": digest}
    said = text_of(signed_in(place.specialist).get(reverse("dossier", args=[dossier.public_id])))
    assert all(f"{what} tệp “Đơn.pdf” (SHA-256 {digest[:12]}…)" in said for what in ("Đính kèm", "Rút"))
    assert verify().ok


def test_the_page_asks_no_more_for_many_files() -> None:
    place = office()
    dossier, _ = attached(place)
    client, page = signed_in(place.specialist), reverse("dossier", args=[dossier.public_id])
    few = asked(client, page)[1]
    for number in range(5):
        assert sent(client, dossier, PNG + bytes(number) + PNG, f"{number}.png").status_code == 302
    assert len(asked(client, page)[1]) == len(few) <= 16
