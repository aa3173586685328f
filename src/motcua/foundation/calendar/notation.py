"""How sessions are written: for data files and rows "07:00-11:30 open", for people "07:00–11:30 chỉ mở cửa"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time

from motcua.foundation.calendar.errors import BadSessions
from motcua.foundation.calendar.types import Session, Sessions, check_sessions

_ONLY = {"open": "chỉ mở cửa", "counts": "chỉ tính hạn"}
_WRITTEN = re.compile(
    r"(?P<opens>\d{1,2}[:hg]\d{2})\s*[-–—]\s*(?P<closes>\d{1,2}[:hg]\d{2})"
    r"(?:\s+(?P<only>open|counts|chỉ mở cửa|chỉ tính hạn))?"
)
CLOSED = "nghỉ"


def read_sessions(texts: Iterable[str]) -> Sessions:
    """Read the sessions of one day. Raises `BadSessions`."""
    sessions = tuple(_read(text) for text in texts)
    check_sessions(sessions)
    return sessions


def write_sessions(sessions: Sessions) -> list[str]:
    """Write sessions as `read_sessions` reads them."""
    return [f"{session.opens:%H:%M}-{session.closes:%H:%M}{_flag(session, ' ')}" for session in sessions]


def read_line(text: str) -> Sessions:
    """Read what a person typed for one day: sessions between commas; nothing or "nghỉ" is a day off."""
    text = text.strip()
    if not text or text.casefold() == CLOSED:
        return ()
    return read_sessions(part for part in re.split(r"[,;]", text) if part.strip())


def write_line(sessions: Sessions) -> str:
    """Write sessions for people, or "nghỉ"."""
    parts = []
    for session in sessions:
        only = _ONLY.get(_flag(session, ""), "")
        parts.append(f"{session.opens:%H:%M}–{session.closes:%H:%M} {only}".rstrip())
    return ", ".join(parts) or CLOSED


def write_code(sessions: Sessions) -> str:
    """Write sessions without a space, for the facts of the ledger."""
    return ",".join(text.replace(" ", "~") for text in write_sessions(sessions)) or "off"


def _flag(session: Session, before: str) -> str:
    if session.open and session.counts:
        return ""
    return before + ("open" if session.open else "counts")


def _read(text: str) -> Session:
    match = _WRITTEN.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError
        opens, closes = (_hour(match[name]) for name in ("opens", "closes"))
    except ValueError:
        raise BadSessions(
            f"“{text.strip()[:60]}” không phải là một buổi làm việc. Ghi ví dụ 07:00–11:30, 13:30–17:00; "
            "thêm “chỉ mở cửa” sau giờ nếu buổi đó không tính thời hạn. Chưa thay đổi gì."
        ) from None
    only = match["only"] or ""
    return Session(
        opens, closes, open=only not in ("counts", _ONLY["counts"]), counts=only not in ("open", _ONLY["open"])
    )


def _hour(text: str) -> time:
    hour, minute = re.split(r"[:hg]", text)
    return time(int(hour), int(minute))
