"""The accounts that are printed at the start: one of each kind of desk, under names one can remember."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.demonstration.entrance import PASSWORD
from motcua.demonstration.world import World, hire
from motcua.foundation.core import time
from motcua.foundation.identity import selectors as accounts
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.types import Role
from motcua.service.procedures.models import ProcedureVersion


@dataclass(frozen=True, slots=True)
class Guest:
    """A printed account."""

    username: str
    what: str
    agency: str


# (name, role, agency: its short key in the register, or a place of the shape; "above" is the commune's own district)
WANTED = (
    ("xa.motcua", Role.RECEPTION, "commune"),
    ("xa.chuyenvien", Role.SPECIALIST, "commune"),
    ("xa.chutich", Role.CHAIRMAN, "commune"),
    ("huyen.motcua", Role.RECEPTION, "district"),
    ("huyen.chuyenvien", Role.SPECIALIST, "district"),
    ("huyen.chutich", Role.CHAIRMAN, "district"),
    ("bachthong.chuyenvien", Role.SPECIALIST, "above"),
    ("bachthong.chutich", Role.CHAIRMAN, "above"),
    ("so.motcua", Role.RECEPTION, "stp"),
    ("so.chuyenvien", Role.SPECIALIST, "stp"),
    ("so.giamdoc", Role.HEAD, "stp"),
    ("vanphong.chuyenvien", Role.SPECIALIST, "vp"),
    ("chutich", Role.CHAIRMAN, "province"),
    ("kiemsoat", Role.CONTROLLER, "stp"),
    ("thuongtruc", Role.STEWARD, "snv"),
    ("quantri", Role.ADMIN, "stttt"),
    ("kiemtra", Role.AUDITOR, "ttr"),
)
PLACES = {
    "2016": {"commune": "bk-02008", "district": "bk-058", "above": "bk-063", "province": "bk-06", "prefix": "bk-"},
    "2025": {"commune": "tn-02008", "province": "tn-19", "prefix": "tn-", "stttt": "tn-skhcn"},
}

NAMES = {
    "xa.motcua": "Nông Thị Hạnh", "xa.chuyenvien": "Hoàng Văn Đạt", "xa.chutich": "Triệu Quang Sơn",
    "bachthong.chuyenvien": "Bế Thị Huệ", "bachthong.chutich": "Sằm Văn Giang",
    "huyen.motcua": "Lường Thị Mai", "huyen.chuyenvien": "Đàm Đức Long", "huyen.chutich": "Hà Minh Tuấn",
    "so.motcua": "Ma Thu Trang", "so.chuyenvien": "Lý Hồng Nhung", "so.giamdoc": "Phùng Xuân Thắng",
    "vanphong.chuyenvien": "Bàn Ngọc Lan", "chutich": "Dương Hữu Phong", "kiemsoat": "Lục Thị Yến",
    "thuongtruc": "La Tiến Hùng", "quantri": "Vi Văn Quân", "kiemtra": "Chu Thanh Hiền",
}

# From one level of government to another with printed accounts alone: the procedure, and who does its steps in order.
WALKS = {
    "2016": (("9.000201", ("xa.motcua", "xa.chuyenvien", "bachthong.chuyenvien", "bachthong.chutich")),),
    "2025": (("9.000402", ("xa.motcua", "so.chuyenvien", "so.giamdoc", "vanphong.chuyenvien", "chutich")),),
}


def invite(shape: str, world: World) -> list[Guest]:
    """Give the printed names to officers of their own; return what is printed."""
    places = PLACES[shape]
    found: list[Guest] = []
    for username, role, where in WANTED:
        key = places.get(where) or f"{places['prefix']}{where}"
        if where in {"district", "above"} and where not in places:
            continue
        office = world.at(key)
        account = hire(username, NAMES[username], office, role, None if found else PASSWORD)
        office.staff.setdefault(role, []).append(accounts.officer(account, time.today()))
        found.append(Guest(username, role.label, office.agency.name))
    # One hash for all: a good hash is slow by design, and fifteen of them would be most of the loading.
    first = Account.objects.get(username=found[0].username)
    Account.objects.filter(username__in=[guest.username for guest in found]).update(password=first.password)
    return found


def listed() -> list[Guest]:
    """Return the printed accounts of a store that was loaded before."""
    accounts_of = Account.objects.select_related("home_agency")
    known = accounts_of.in_bulk([name for name, _, _ in WANTED], field_name="username")
    return [
        Guest(name, role.label, known[name].home_agency.name) for name, role, _ in WANTED if name in known
    ]


def walks(shape: str) -> list[str]:
    """Return for each walk from level to level what to file and who takes which step, ready to be printed."""
    found = []
    for code, (counter, *others) in WALKS[shape]:
        version = ProcedureVersion.objects.select_related("procedure").get(procedure__code=code)
        found.append(f"{counter} nhận “{version.name}” ({code}) → {' → '.join(others)} → {counter} trả kết quả")
    return found
