"""Reading a file of decisions on how procedures are served: one line a procedure, each in its own transaction."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from motcua.foundation.core import time
from motcua.foundation.core.days import read_day
from motcua.foundation.core.errors import Refusal
from motcua.foundation.core.verbs import Call
from motcua.service.procedures import actions
from motcua.service.procedures.models import Procedure

COLUMNS = ("ma", "tu_ngay", "mot_cua", "lien_thong", "muc_do", "can_cu")
_SAID = {"": None, "co": True, "có": True, "1": True, "x": True, "khong": False, "không": False, "0": False}


class BadFile(ValueError):
    """The file is none that this reads; the text says what is missing."""


@dataclass(frozen=True, slots=True)
class Line:
    """What came of a line: `problem` is empty where it was entered."""

    number: int
    code: str
    problem: str = ""


def read(call: Call, path: Path) -> Iterator[Line]:
    """Enter the file line by line. Raises BadFile before anything is entered."""
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadFile("tệp không phải là CSV mã hóa UTF-8") from error
    missing = [name for name in COLUMNS if not rows or name not in rows[0]]
    if missing:
        raise BadFile(f"tệp thiếu cột {', '.join(missing)}; dòng đầu phải là {','.join(COLUMNS)}")
    for number, row in enumerate(rows, 2):
        plain = {name: (row[name] or "").strip() for name in COLUMNS}
        yield Line(number, plain["ma"], _entered(call, plain))


def _entered(call: Call, row: dict[str, str]) -> str:
    """Enter one line; return what was wrong with it."""
    procedure = Procedure.objects.filter(code=row["ma"]).first()
    if procedure is None:
        return "không có thủ tục mang mã này"
    try:
        actions.state_service(
            call, procedure=procedure, valid_from=_day(row["tu_ngay"]), one_stop=_yes(row["mot_cua"]),
            interconnected=_yes(row["lien_thong"]), online=int(row["muc_do"]) if row["muc_do"] else None,
            basis=row["can_cu"],
        )
    except Refusal as refusal:
        return refusal.message
    except ValueError:
        return "mức độ phải là 1 đến 4, có/không phải là co hoặc khong, ngày viết 24/4/2025"
    return ""


def _yes(text: str) -> bool | None:
    if text.lower() not in _SAID:
        raise ValueError(text)
    return _SAID[text.lower()]


def _day(text: str) -> date:
    day = read_day(text, time.today())
    if day is None:
        raise ValueError(text)
    return day
