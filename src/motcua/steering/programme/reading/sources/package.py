"""The zip that a .docx is: opened with limits, so that no file unfolds into more than a decision can hold."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import TYPE_CHECKING

from .unreadable import AGAIN, Unreadable, too_many

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_MEMBERS = 5_000
CHUNK = 65_536  # unpacked at once, whatever the file says of itself
MOST_PART_BYTES = 32 * 1024 * 1024
MOST_RATIO = 150
RATIO_MATTERS_FROM = 4 * 1024 * 1024
MOST_TAGS = 2_000_000
MEMBER = b"PK\x01\x02"
MAIN_PART = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
STRICT_MAIN_PART = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
BROKEN = "lưu lại tệp gốc rồi gửi lại cả tệp"
FOREIGN = {
    "xl/": ("là bảng tính Excel (.xlsx)", "chép bảng sang Word, lưu lại dạng .docx rồi gửi lại"),
    "ppt/": ("là bài trình chiếu (.pptx)", "chép nội dung sang Word, lưu lại dạng .docx rồi gửi lại"),
}
OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "là văn bản LibreOffice (.odt)",
    b"application/vnd.oasis.opendocument.spreadsheet": "là bảng tính LibreOffice (.ods)",
}


class Package:
    """The parts of a .docx; each is read with a limit and parsed without entities."""

    def __init__(self, content: bytes) -> None:
        if content.count(MEMBER) > MOST_MEMBERS:
            raise too_many()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as broken:
            raise Unreadable("bị cắt dở hoặc hỏng: không mở được gói nén bên trong", BROKEN) from broken
        self._names = set(self._zip.namelist())
        self.main = self._main_part()

    def xml(self, name: str) -> _Element | None:
        """Return the root of a part, or None when there is no such part."""
        return parsed(self._bytes(name)) if name in self._names else None

    def beside(self, name: str) -> _Element | None:
        """Return the root of a part that lies beside the main one."""
        return self.xml(posixpath.join(posixpath.dirname(self.main), name))

    def _main_part(self) -> str:
        relations = self.xml("_rels/.rels")
        for relation in [] if relations is None else relations:
            if relation.get("Type") in (MAIN_PART, STRICT_MAIN_PART):
                name = (relation.get("Target") or "").lstrip("/")
                if name in self._names and not name.startswith(tuple(FOREIGN)):
                    return name
        if "word/document.xml" in self._names:
            return "word/document.xml"
        raise self._something_else()

    def _something_else(self) -> Unreadable:
        for folder, (what, advice) in FOREIGN.items():
            if any(name.startswith(folder) for name in self._names):
                return Unreadable(what, advice)
        kind = self._bytes("mimetype").strip() if "mimetype" in self._names else b""
        if kind in OPEN_DOCUMENT:
            return Unreadable(OPEN_DOCUMENT[kind], "mở bằng LibreOffice, lưu lại dạng .docx rồi gửi lại")
        return Unreadable("là tệp nén (.zip), không phải văn bản .docx", "giải nén rồi gửi riêng tệp quyết định")

    def _bytes(self, name: str) -> bytes:
        info = self._zip.getinfo(name)
        if info.flag_bits & 1:
            raise Unreadable("được đặt mật khẩu", "bỏ mật khẩu rồi gửi lại")
        most = min(MOST_PART_BYTES, max(RATIO_MATTERS_FROM, info.compress_size * MOST_RATIO))
        if info.file_size > most:
            raise too_many()
        try:
            with self._zip.open(info) as part:
                return b"".join(iter(lambda: part.read(CHUNK), b""))  # no more than the size that was just looked at
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as broken:
            raise Unreadable("bị hỏng: gói nén bên trong không còn nguyên", BROKEN) from broken


def parsed(data: bytes) -> _Element:
    """Return the root of an XML part. Office writes no DOCTYPE and no entities, so neither is followed."""
    from lxml import etree

    if data.count(b"<") > MOST_TAGS:
        raise too_many()
    plain = data.replace(b"\0", b"") if b"\0" in data[:4] else data
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise Unreadable("chứa khai báo XML mà Word không bao giờ ghi, nên không an toàn để mở", AGAIN)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as broken:
        raise Unreadable("bị hỏng: nội dung bên trong gói .docx không đọc được", BROKEN) from broken
