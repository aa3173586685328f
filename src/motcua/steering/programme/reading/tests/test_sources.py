"""The door for files: what cannot be read is named by its content and refused with what to do."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import tracemalloc
import zipfile

import pytest
from PIL import Image

from motcua.steering.programme.errors import BadDocument
from motcua.steering.programme.reading.blocks import Paragraph
from motcua.steering.programme.reading.sources import open_document
from motcua.steering.programme.reading.tests.retypeset import as_docx, as_html, as_pdf

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
WORDS = "Quyết định phê duyệt kế hoạch cải cách hành chính"


def wide(name: str) -> bytes:
    return name.encode("utf-16-le")


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, kind)
    return out.getvalue()


REFUSED = {
    "doc": (COMPOUND + wide("WordDocument"), r"Word đời cũ \(\.doc\).*lưu lại dạng \.docx"),
    "xls": (COMPOUND + wide("Workbook"), r"Excel đời cũ \(\.xls\).*chép bảng sang Word"),
    "locked docx": (COMPOUND + wide("EncryptedPackage"), "đặt mật khẩu.*bỏ mật khẩu"),
    "msg": (COMPOUND, "Office đời cũ"),
    "rtf": (rb"{\rtf1\ansi Quy\u7871?t}", r"\.rtf.*lưu lại dạng \.docx"),
    "png": (picture("PNG"), "là một ảnh.*OCR"),
    "jpg": (picture("JPEG"), "là một ảnh.*OCR"),
    "tif": (picture("TIFF"), "là một ảnh.*OCR"),
    "webp": (picture("WEBP"), "là một ảnh.*OCR"),
    "gz": (b"\x1f\x8b\x08" + b"\0" * 50, "tệp nén.*giải nén"),
    "rar": (b"Rar!\x1a\x07\x01\0", "tệp nén.*giải nén"),
    "mht": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", r"\.mht.*lưu lại dạng \.html"),
    "xml": (b"<?xml version='1.0'?><w:wordDocument/>", "tệp XML"),
    "programme": (b"\x7fELF\x02\x01" + bytes(range(256)) * 9, "không phải văn bản"),
    "nothing": (b"", "trống"),
    "blanks": (b" \r\n\t\n", "trống"),
    "zeros": (b"\0" * 100, "trống"),
    "no-break blanks": ("\u00a0\n\n\u200b".encode(), "không có chữ nào"),
    "big": (b"a b\n" * 5_500_000, "lớn hơn 20 MB"),
    "broken Unicode": (b"\xff\xfea\0b", "bị hỏng"),
    "many paragraphs": (b"a\n\n" * 6_000_000, "quá lớn"),
    "lines of one length": (b"x" * 150 + b"\n" + b"a\n" * 9_000_000, "quá lớn"),
    "many lines": (b"a\n" * 9_000_000, "quá lớn"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_named_and_refused_at_once(name: str) -> None:
    content, what = REFUSED[name]
    begun = time.process_time()
    with pytest.raises(BadDocument, match=rf"^Tệp “kế hoạch\.docx” .*{what}") as refused:
        open_document("kế hoạch.docx", content)
    assert time.process_time() - begun < 2
    assert "Hệ thống chưa ghi gì. Anh/chị " in refused.value.message


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (WORDS.encode(), "txt"),
        (as_docx([Paragraph(WORDS)]), "docx"),
        (as_html([Paragraph(WORDS)]), "html"),
        (as_pdf([Paragraph(WORDS)]), "pdf"),
        (f"\n<p>{WORDS}</p><br><div>".encode("utf-16"), "html"),
        (b"\n\n" + as_pdf([Paragraph(WORDS)]), "pdf"),
    ],
)
def test_the_kind_is_told_by_the_content(content: bytes, kind: str) -> None:
    source = open_document("tệp.bin", content)
    assert (source.kind, source.blocks) == (kind, (Paragraph(WORDS),))


def test_a_text_that_speaks_of_tags_is_still_a_text() -> None:
    assert open_document("a", b"a < b, <p> va <br> la the cua trang web").kind == "txt"


def test_a_long_name_is_shortened_in_the_message() -> None:
    with pytest.raises(BadDocument) as refused:
        open_document("x" * 5000, b"")
    assert len(refused.value.message) < 300


@pytest.mark.parametrize("told", [180_000_000, 1_000])
def test_a_bomb_in_a_zip_takes_little_memory(told: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"<w:p/>" * 30_000_000)
    honest = (180_000_000).to_bytes(4, "little")
    assert out.getvalue().count(honest) == 2
    content = out.getvalue().replace(honest, told.to_bytes(4, "little"))
    tracemalloc.start()
    try:
        with pytest.raises(BadDocument, match="quá lớn" if told > 1_000 else "bị hỏng"):
            open_document("bom.docx", content)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_heavy_libraries_stay_off_the_start() -> None:
    code = (
        "import sys, motcua.steering.programme.reading.sources as s; s.open_document('a', 'một hai'.encode()); "
        "print([name for name in ('lxml', 'pdfplumber', 'pdfminer', 'docx', 'pypdfium2') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"
