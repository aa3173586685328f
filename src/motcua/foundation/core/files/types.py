"""Kinds of file, limits and the answers of a scanner."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FileKind(StrEnum):
    """What a file is, by its content."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    TEXT = "text"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self]

    @property
    def endings(self) -> tuple[str, ...]:
        """The name endings that go with the kind, the usual one first."""
        return ENDINGS[self]


_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.DOCX: f"{_OFFICE}.wordprocessingml.document",
    FileKind.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    FileKind.ODT: "application/vnd.oasis.opendocument.text",
    FileKind.TEXT: "text/plain; charset=utf-8",
}
ENDINGS = {
    FileKind.PDF: (".pdf",),
    FileKind.PNG: (".png",),
    FileKind.JPEG: (".jpg", ".jpeg"),
    FileKind.DOCX: (".docx",),
    FileKind.XLSX: (".xlsx",),
    FileKind.ODT: (".odt",),
    FileKind.TEXT: (".txt",),
}
CALLED = {
    FileKind.PDF: "PDF",
    FileKind.PNG: "ảnh PNG",
    FileKind.JPEG: "ảnh JPG",
    FileKind.DOCX: "Word (.docx)",
    FileKind.XLSX: "Excel (.xlsx)",
    FileKind.ODT: "văn bản .odt",
    FileKind.TEXT: "văn bản .txt (UTF-8)",
}
ALL_KINDS = frozenset(FileKind)


class Scan(StrEnum):
    """What the scanner said of a file."""

    NOT_SCANNED = "not-scanned"
    CLEAN = "clean"
    INFECTED = "infected"

    @property
    def label(self) -> str:
        return {
            "not-scanned": "Chưa quét vi-rút", "clean": "Đã quét, an toàn", "infected": "Có vi-rút",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a door takes: bytes of one file, files of one owner, and which kinds."""

    size: int = 25_000_000
    count: int = 30
    kinds: frozenset[FileKind] = ALL_KINDS

    @property
    def kinds_words(self) -> str:
        """Return the kinds as hint and refusal name them."""
        return ", ".join(words for kind, words in CALLED.items() if kind in self.kinds)

    @property
    def accept(self) -> str:
        """Return the name endings as a form's field names them."""
        return ",".join(sorted(ending for kind in self.kinds for ending in kind.endings))


@dataclass(frozen=True, slots=True)
class Put:
    """A file that lies in the storage and has no row yet. `size` and `sha256` are of the plain content."""

    stored_name: str
    name: str
    kind: FileKind
    size: int
    sha256: bytes
    scan: Scan
    key_version: int
