"""Giving a file out again. The door's view has asked its policy; here stand the headers that keep it harmless."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from motcua.foundation.core.errors import Denied
from motcua.foundation.core.files import store
from motcua.foundation.core.files.models import StoredFile
from motcua.foundation.core.files.types import FileKind, Scan

#: What a browser may show in a frame of ours; everything else is saved.
SHOWN = frozenset({FileKind.PDF, FileKind.PNG, FileKind.JPEG})


def response(stored: StoredFile, *, inline: bool = False) -> StreamingHttpResponse:
    """Return the file as a streamed answer, decrypted on its way. Raises Denied for an infected one, Damaged.

    The first chunk is read before the answer begins, so that a file that is gone gives a page, not a broken download.
    """
    if stored.scan == Scan.INFECTED:
        raise Denied("Tệp này có vi-rút nên không mở được. Anh/chị xin người nộp gửi bản khác.")
    content = store.read(stored)
    first = next(content, b"")
    answer = StreamingHttpResponse(_from(first, content), content_type=stored.media_type)
    attached = not (inline and FileKind(stored.kind) in SHOWN)
    answer.headers["Content-Disposition"] = content_disposition_header(attached, stored.name) or "attachment"
    answer.headers["Content-Length"] = str(stored.size)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    return answer


def _from(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
