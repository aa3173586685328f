"""What `doctor` finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a thing stands."""

    OK = "ok"
    WARN = "warn"
    FAULT = "fault"


#: What a thing is called before people; programs know it by its name.
HEADINGS = {
    "store": "Kho", "settings": "Cấu hình", "keys": "Khóa", "keys_fit": "Khóa", "disk": "Đĩa", "fonts": "Phông chữ",
    "clamav": "Quét vi-rút", "database": "Cơ sở dữ liệu", "durability": "Độ bền khi mất điện",
    "migrations": "Phiên bản dữ liệu", "triggers": "Khóa chống sửa sổ", "clock": "Đồng hồ", "work": "Việc nền",
    "worker": "Việc nền", "seals": "Niêm phong", "sealing": "Niêm phong",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: which thing, how it stands, and in words what to do about it. Every name has its heading."""

    name: str
    state: State
    text: str

    @property
    def heading(self) -> str:
        return HEADINGS[self.name]


def ok(name: str, text: str) -> Finding:
    return Finding(name, State.OK, text)


def warn(name: str, text: str) -> Finding:
    return Finding(name, State.WARN, text)


def fault(name: str, text: str) -> Finding:
    return Finding(name, State.FAULT, text)
