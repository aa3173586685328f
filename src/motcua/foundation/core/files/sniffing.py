"""What a file is, by its content. Nothing is unpacked: archives are judged by their directory alone."""

from __future__ import annotations

import codecs
import zipfile
from pathlib import PurePath
from typing import BinaryIO

from motcua.foundation.core.files.errors import KEPT, BadFile
from motcua.foundation.core.files.types import ENDINGS, FileKind, Limits

HEAD = 1024
TAIL = 4096
READ = 256 * 1024
#: Limits of an archive's directory. Word and Excel files of an office stay far below them.
ENTRIES = 4_000
DIRECTORY = 1_000_000
UNPACKED = 300_000_000
RATIO = 200
SMALL = 10_000_000
ANY = Limits()

_ARCHIVES = {"word/document.xml": FileKind.DOCX, "xl/workbook.xml": FileKind.XLSX}
_ODT = b"application/vnd.oasis.opendocument.text"


def sniff(stream: BinaryIO, name: str, limits: Limits = ANY) -> FileKind:
    """Return the kind of a file. Raises BadFile on an unknown kind, a broken file, or a name that says otherwise.

    The limits only say which kinds a refusal names.
    """
    kind = _kind(stream, name, limits)
    stream.seek(0)
    ending = PurePath(name).suffix.lower()
    if ending not in ENDINGS[kind]:
        raise BadFile(
            f"Tệp “{name}” có nội dung là {kind.value.upper()} nhưng tên không khớp, nên chưa được nhận. {KEPT} "
            f"Anh/chị đổi đuôi tệp thành {ENDINGS[kind][0]} nếu đúng là tệp cần nộp, hoặc chọn tệp khác.",
            field="file",
        )
    return kind


def _kind(stream: BinaryIO, name: str, limits: Limits) -> FileKind:
    head, tail = _ends(stream)
    if not head:
        raise BadFile(
            f"Tệp “{name}” trống (0 byte), nên chưa được nhận. {KEPT} "
            "Anh/chị mở lại tệp gốc xem còn nội dung không, lưu lại rồi gửi.",
            field="file",
        )
    if b"%PDF-" in head:
        _whole(b"%%EOF" in tail, name)
        return FileKind.PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        _whole(b"IEND" in tail, name)
        return FileKind.PNG
    if head.startswith(b"\xff\xd8\xff"):
        _whole(b"\xff\xd9" in tail, name)
        return FileKind.JPEG
    if head.startswith(b"PK\x03\x04"):
        return _archive(stream, name)
    if _is_text(stream):
        return FileKind.TEXT
    raise BadFile(
        f"Không nhận được tệp “{name}”: nội dung không thuộc loại được nhận. {KEPT} "
        f"Anh/chị chọn tệp {limits.kinds_words}.",
        field="file",
    )


def _ends(stream: BinaryIO) -> tuple[bytes, bytes]:
    stream.seek(0)
    head = stream.read(HEAD)
    size = stream.seek(0, 2)
    stream.seek(max(0, size - TAIL))
    return head, stream.read(TAIL)


def _whole(found: bool, name: str) -> None:
    if not found:
        raise BadFile(
            f"Tệp “{name}” bị cắt ngang nên chưa được nhận: phần cuối không còn. {KEPT} "
            "Anh/chị mở lại tệp gốc, lưu hoặc quét lại rồi gửi.",
            field="file",
        )


def _is_text(stream: BinaryIO) -> bool:
    """Return whether the whole file is UTF-8 without control bytes."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    stream.seek(0)
    try:
        while block := stream.read(READ):
            if any(letter < " " and letter not in "\t\r\n\f" for letter in decoder.decode(block)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _archive(stream: BinaryIO, name: str) -> FileKind:
    _whole(_directory_is_small(stream, name), name)
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
            _not_a_bomb(entries, stream.seek(0, 2), name)
            return _office(archive, entries, name)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise _strange(name) from error


def _directory_is_small(stream: BinaryIO, name: str) -> bool:
    """Look at the archive's end record before anything is read into memory; False where there is no end."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 65_557))
    end = stream.read()
    at = end.rfind(b"PK\x05\x06")
    if at < 0 or len(end) < at + 22:
        return False
    count, length = int.from_bytes(end[at + 10 : at + 12], "little"), int.from_bytes(end[at + 12 : at + 16], "little")
    if count > ENTRIES or length > DIRECTORY:
        raise _bomb(name)
    return True


def _not_a_bomb(entries: list[zipfile.ZipInfo], size: int, name: str) -> None:
    """Refuse what would unpack to far more than it is, or whose parts lie over each other."""
    unpacked, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    offsets = {entry.header_offset for entry in entries}
    swollen = any(e.file_size > SMALL and e.file_size > RATIO * max(1, e.compress_size) for e in entries)
    if unpacked > UNPACKED or packed > size or len(offsets) < len(entries) or swollen or len(entries) > ENTRIES:
        raise _bomb(name)


def _office(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], name: str) -> FileKind:
    names = {entry.filename for entry in entries}
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        raise BadFile(
            f"Tệp “{name}” có macro nên không được nhận. {KEPT} Anh/chị lưu lại thành tệp không có macro rồi gửi.",
            field="file",
        )
    if "[Content_Types].xml" in names:
        for part, kind in _ARCHIVES.items():
            if part in names:
                return kind
    first = entries[0] if entries else None
    if first is not None and first.filename == "mimetype" and first.file_size == len(_ODT):
        with archive.open(first) as stream:
            if stream.read(len(_ODT)) == _ODT:
                return FileKind.ODT
    raise _strange(name)


def _bomb(name: str) -> BadFile:
    return BadFile(
        f"Tệp “{name}” nén quá nhiều dữ liệu bên trong (dạng tệp phá hoại) nên không được nhận. {KEPT} "
        "Anh/chị gửi tệp Word, Excel hoặc PDF thông thường.",
        field="file",
    )


def _strange(name: str) -> BadFile:
    return BadFile(
        f"Tệp “{name}” là tệp nén lạ hoặc đã hỏng, không phải Word, Excel hay ODT, nên chưa được nhận. {KEPT} "
        "Anh/chị giải nén và gửi từng tệp, hoặc lưu lại bằng Word, Excel.",
        field="file",
    )
