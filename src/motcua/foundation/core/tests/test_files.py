"""Files at the door and at rest: what is taken, what is refused, what survives tampering and a full disk."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from motcua.foundation.core import time
from motcua.foundation.core.errors import Denied
from motcua.foundation.core.files import download, sealing, sniffing, store, sweeping
from motcua.foundation.core.files.errors import BadFile, Damaged, NoRoom
from motcua.foundation.core.files.models import StoredFile
from motcua.foundation.core.files.storage import DurableFiles
from motcua.foundation.core.files.types import FileKind, Limits, Scan
from motcua.foundation.core.keys import KeyMissing
from motcua.foundation.core.refs import SYSTEM, Ref
from motcua.foundation.core.tests.disks import FullDisk

OWNER = Ref("dossier:abcdefghjkmnpq")
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 900 + b"\0\0\0\0IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"1" * 900 + b"\xff\xd9"


def archive(*parts: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in parts:
            pack.writestr(name, content)
    return made.getvalue()


def odt() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as pack:
        pack.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        pack.writestr("content.xml", "<x/>")
    return made.getvalue()


DOCX = archive(("[Content_Types].xml", b"<t/>"), ("word/document.xml", b"<w/>"))
XLSX = archive(("[Content_Types].xml", b"<t/>"), ("xl/workbook.xml", b"<w/>"))


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def kept(content: bytes, name: str, limits: Limits | None = None) -> StoredFile:
    with store.arriving(upload(content, name), limits=limits or Limits()) as put:
        return store.keep(put, owner=OWNER, by=SYSTEM, limits=limits)


def lying() -> list[str]:
    return sorted(sweeping._walk(""))


@pytest.fixture(autouse=True)
def _empty_storage() -> Iterator[None]:
    yield
    for name in lying():
        default_storage.delete(name)


@pytest.mark.parametrize(("content", "name", "kind"), [
    (PDF, "đơn.pdf", FileKind.PDF), (PNG, "anh.PNG", FileKind.PNG), (JPEG, "anh.jpeg", FileKind.JPEG),
    (DOCX, "to-khai.docx", FileKind.DOCX), (XLSX, "bang.xlsx", FileKind.XLSX), (odt(), "don.odt", FileKind.ODT),
    ("Tờ khai\r\n".encode(), "ghi-chu.txt", FileKind.TEXT),
])
def test_the_kind_is_read_from_the_content(content: bytes, name: str, kind: FileKind) -> None:
    assert sniffing.sniff(io.BytesIO(content), name) is kind


@pytest.mark.parametrize(("content", "name", "says"), [
    (PDF, "anh.png", "không khớp"), (b"", "trong.pdf", "trống"), (b"MZ\x90\0" * 90, "a.pdf", "Không nhận"),
    (PDF[:5000], "cat.pdf", "cắt ngang"), (PNG[:500], "cat.png", "cắt ngang"), (JPEG[:500], "cat.jpg", "cắt ngang"),
    (DOCX[:-30], "cat.docx", "cắt ngang"), (b"PK\x03\x04" + b"0" * 99, "la.docx", "cắt ngang"),
    (archive(("a.txt", b"a")), "la.docx", "tệp nén lạ"), ("Tờ khai".encode("utf-16"), "a.txt", "Không nhận"),
    (archive(("[Content_Types].xml", b""), ("word/document.xml", b""), ("w/vbaProject.bin", b"")), "m.docx", "macro"),
    (archive(("[Content_Types].xml", b""), ("word/document.xml", bytes(60_000_000))), "bom.docx", "nén quá nhiều"),
    (archive(*[(f"word/{n}", b"") for n in range(4100)]), "nhieu.docx", "nén quá nhiều"),
])
def test_what_is_not_what_it_says_is_refused_in_words(content: bytes, name: str, says: str) -> None:
    with pytest.raises(BadFile, match=f"(?i){says}") as refused:
        sniffing.sniff(io.BytesIO(content), name)
    assert "vẫn còn" in refused.value.message


def test_an_archive_whose_parts_lie_over_each_other_is_a_bomb() -> None:
    """Many entries of the directory point at one and the same part: small to send, endless to unpack."""
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = body.compress(bytes(5_000_000)) + body.flush()
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, 0, len(packed), 5_000_000, 1, 0) + b"a" + packed
    entries = b"".join(
        struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, 0, len(packed), 5_000_000, 3, 0, 0, 0, 0, 0, 0)
        + f"{n:03d}".encode()
        for n in range(50)
    )
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 50, 50, len(entries), len(local), 0)
    with pytest.raises(BadFile, match="nén quá nhiều"):
        sniffing.sniff(io.BytesIO(local + entries + end), "bom.docx")


@pytest.mark.django_db
def test_a_file_comes_back_as_it_was_and_lies_there_unreadable() -> None:
    row = kept(PDF, "../../Nguyễn Văn A.pdf")
    assert (row.name, row.size, bytes(row.sha256)) == ("Nguyễn Văn A.pdf", len(PDF), hashlib.sha256(PDF).digest())
    raw = Path(default_storage.path(row.stored_name)).read_bytes()
    assert b"%PDF" not in raw
    assert os.stat(default_storage.path(row.stored_name)).st_mode & 0o077 == 0  # noqa: PTH116
    assert store.read_all(StoredFile.objects.get()) == PDF


@pytest.mark.django_db
@pytest.mark.parametrize("size", [0, 1, sealing.CHUNK - 1, sealing.CHUNK, sealing.CHUNK + 1, 3 * sealing.CHUNK])
def test_every_size_comes_back(size: int) -> None:
    content = os.urandom(size)
    put = store.put_bytes(content, "a.pdf", FileKind.PDF)
    assert store.read_all(store.keep(put, owner=OWNER, by=SYSTEM)) == content


@given(st.data())
def test_any_change_of_the_stored_bytes_is_noticed(data: st.DataObject) -> None:
    plain = bytes(2 * sealing.CHUNK + 100)
    stored = b"".join(sealing.seal([plain], 1))
    how = data.draw(st.sampled_from(["flip", "cut", "swap", "grow"]))
    step, first = sealing.CHUNK + sealing.TAG, sealing.HEADER
    second, third = first + step, first + 2 * step
    if how == "flip":
        at = data.draw(st.integers(0, len(stored) - 1))
        changed = stored[:at] + bytes([stored[at] ^ 1]) + stored[at + 1 :]
    elif how == "cut":
        changed = stored[: data.draw(st.integers(0, len(stored) - 1) | st.sampled_from([second, third]))]
    elif how == "swap":
        changed = stored[:first] + stored[second:third] + stored[first:second] + stored[third:]
    else:
        changed = stored + stored[-50:]
    with pytest.raises((Damaged, KeyMissing)):
        list(sealing.unseal(io.BytesIO(changed)))


@pytest.mark.django_db
def test_limits_of_size_kind_and_count() -> None:
    with pytest.raises(BadFile, match=r"nặng .* quá mức"):
        kept(PDF, "a.pdf", Limits(size=5000))
    with pytest.raises(BadFile, match="Ở đây không nhận tệp PDF"):
        kept(PDF, "a.pdf", Limits(kinds=frozenset({FileKind.PNG})))
    kept(PDF, "a.pdf", Limits(count=1))
    with pytest.raises(BadFile, match="số tối đa"):
        kept(PDF, "b.pdf", Limits(count=1))
    assert len(lying()) == StoredFile.objects.count() == 1


@pytest.mark.django_db
def test_a_full_disk_leaves_nothing_half_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "default_storage", FullDisk(location=settings.HOME.files))
    with pytest.raises(NoRoom, match="chưa được lưu"):
        kept(PDF * 50, "a.pdf")
    assert lying() == []
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_really_full_disk_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(tmp_path)], check=False)  # noqa: S603, S607
    if mounted.returncode:
        pytest.skip("this machine does not let us mount")
    try:
        small = DurableFiles(location=tmp_path)
        monkeypatch.setattr(store, "default_storage", small)
        with pytest.raises(NoRoom):
            kept(PDF * 50, "a.pdf")
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)  # noqa: S603, S607


@pytest.mark.django_db
def test_the_sweeper_finds_orphans_both_ways_and_takes_litter_away() -> None:
    with_row, without_file = kept(PDF, "a.pdf"), kept(PDF, "b.pdf")
    default_storage.delete(without_file.stored_name)
    orphan = store.put_bytes(PDF, "c.pdf", FileKind.PDF)
    litter = Path(default_storage.path("ab/.half.part"))
    litter.parent.mkdir(exist_ok=True)
    litter.write_bytes(b"half")
    with time.travelling(time.now() + timedelta(hours=2)):
        swept = sweeping.sweep()
    assert swept.without_row == (orphan.stored_name,)
    assert swept.without_file == (without_file.public_id,)
    assert swept.removed == ("ab/.half.part",)
    assert store.read_all(with_row) == PDF
    assert sweeping.sweep().without_row == (), "a fresh file may still be on its way to its row"


@pytest.mark.django_db
def test_a_download_is_harmless() -> None:
    row = kept(PDF, "Đơn xin.pdf")
    answer = download.response(row)
    assert b"".join(cast(Iterator[bytes], answer.streaming_content)) == PDF
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert "inline" in download.response(row, inline=True).headers["Content-Disposition"]
    row.scan = Scan.INFECTED
    with pytest.raises(Denied):
        download.response(row)
    default_storage.delete(row.stored_name)
    row.scan = Scan.CLEAN
    with pytest.raises(Damaged):
        download.response(row)
