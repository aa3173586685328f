"""What a file is, by its content; its name is never believed."""

from __future__ import annotations

import re

from .unreadable import AGAIN, Unreadable

SCANNED = "xin tệp gốc đã soạn (.docx), hoặc nhận dạng chữ (OCR) rồi gửi kết quả dạng .docx hay PDF có chữ"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"BM")
ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
UNPACK = "giải nén rồi gửi riêng tệp quyết định"
HTML_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|meta|title|p|div|span|br|h[1-6]|ul|script|style)\b[^<>]*>",
    re.IGNORECASE,
)
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def kind_of(content: bytes) -> str:
    """Return "pdf", "zip", "html" or "txt"; raise Unreadable for what is known and cannot be read."""
    _refuse_known(content)
    if content[:1024].lstrip(b"\xef\xbb\xbf\0 \t\r\n").startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(ZIP):
        return "zip"
    if _is_html(content):
        return "html"
    if content[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        raise Unreadable("là tệp XML, không phải văn bản", AGAIN)
    return "txt"


def _refuse_known(content: bytes) -> None:
    if content.startswith(COMPOUND):
        raise _compound(content)
    if content.startswith(b"{\\rtf"):
        raise Unreadable("là văn bản .rtf, dạng mà hệ thống không đọc", "mở bằng Word, lưu lại dạng .docx rồi gửi lại")
    if content.startswith(PICTURES) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        raise Unreadable("là một ảnh, không có chữ để đọc", SCANNED)
    if content[:64].lower().startswith((b"mime-version:", b"from: <saved by")):
        raise Unreadable("là trang lưu dạng .mht", "mở trang bằng trình duyệt, lưu lại dạng .html rồi gửi lại")
    if content.startswith(ARCHIVES):
        raise Unreadable("là tệp nén", UNPACK)


def _compound(content: bytes) -> Unreadable:
    """Tell apart what Office once kept in one container: names in it are UTF-16."""

    def has(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if has("EncryptedPackage"):
        return Unreadable("được đặt mật khẩu", "mở bằng Word, bỏ mật khẩu, lưu lại dạng .docx rồi gửi lại")
    if has("WordDocument"):
        return Unreadable("là văn bản Word đời cũ (.doc)", "mở bằng Word, lưu lại dạng .docx rồi gửi lại")
    if has("Workbook") or has("Book"):
        return Unreadable("là bảng tính Excel đời cũ (.xls)", "chép bảng sang Word, lưu lại dạng .docx rồi gửi lại")
    return Unreadable("là tệp Office đời cũ", "mở bằng phần mềm đã soạn nó, lưu lại dạng .docx rồi gửi lại")


def _is_html(content: bytes) -> bool:
    """Say whether tags of a page stand near the beginning: one of the whole page, or several of any kind."""
    head = content[:65536]
    if head.startswith(WIDE_MARKS) or head[1:2] == b"\0" or head[:1] == b"\0":
        head = head.replace(b"\0", b"")
    tags = [tag.lower() for tag in HTML_TAG.findall(head)]
    whole = any(tag.startswith((b"<!doctype", b"<html")) for tag in tags)
    return whole or (len(tags) >= 3 and head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"))
