"""Invented people. Their numbers cannot be anybody's: no province has the code 000, no network the prefix 0900 000."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

FAMILIES = [
    "Nông", "Hoàng", "Triệu", "Hà", "Lý", "Đàm", "Lường", "Ma", "Bàn", "Đặng", "Phùng", "Nguyễn", "Trần", "Dương",
    "Lục", "La", "Lô", "Vi", "Chu", "Mã", "Sằm", "Bế",
]
MIDDLES = {
    True: ["Văn", "Đức", "Quang", "Minh", "Xuân", "Tiến", "Hữu"],
    False: ["Thị", "Thu", "Thúy", "Ngọc", "Hồng", "Bích", "Thanh"],
}
GIVEN = {
    True: [
        "An", "Bình", "Cường", "Dũng", "Đạt", "Giang", "Hải", "Hiếu", "Hùng", "Khánh", "Long", "Minh", "Nam",
        "Phong", "Quân", "Sơn", "Thắng", "Tuấn", "Việt",
    ],
    False: [
        "Anh", "Chi", "Diệp", "Dung", "Hà", "Hạnh", "Hiền", "Hoa", "Huệ", "Lan", "Liên", "Mai", "Nga", "Nhung",
        "Oanh", "Phượng", "Thảo", "Trang", "Yến",
    ],
}
FIRMS = [
    "Nà Rì Xanh", "Ba Bể Du lịch", "Lâm sản Chợ Đồn", "Khoáng sản Bằng Lũng", "Miến dong Côn Minh",
    "Xây dựng Phủ Thông",
]
VILLAGES = [
    "Nà Cà", "Bản Pè", "Khuổi Lừa", "Nà Pài", "Pác Chang", "Bản Mới", "Nà Tu", "Khuổi Chanh", "Phiêng An",
    "Cốc Tăm",
]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who files a dossier."""

    name: str
    village: str
    identity: str
    phone: str


def name(chance: Random) -> str:
    """Return a name as people of the province bear it."""
    is_man = chance.random() < 0.5
    return f"{chance.choice(FAMILIES)} {chance.choice(MIDDLES[is_man])} {chance.choice(GIVEN[is_man])}"


def person(chance: Random, *, is_firm: bool = False) -> Person:
    """Return somebody with a home, an identity number and a telephone that nobody has."""
    called = f"Công ty TNHH {chance.choice(FIRMS)}" if is_firm else name(chance)
    return Person(
        name=called, village=f"Thôn {chance.choice(VILLAGES)}", identity=f"000{chance.randrange(10**9):09d}",
        phone=f"0900000{chance.randrange(1000):03d}",
    )
