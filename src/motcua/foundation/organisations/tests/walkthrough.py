"""Every verb of organisations, done once with marked words in names and grounds."""

from __future__ import annotations

from datetime import date

from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.verbs import Call
from motcua.foundation.organisations import actions
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.tests.registers import found, profile
from motcua.foundation.organisations.types import Event, Profile

#: Names of agencies and grounds of changes are public, and stand in the register alone.
HOMES = frozenset({
    "organisations_agency", "organisations_agencystate", "organisations_registerevent", "organisations_succession",
})
DAY = date(2020, 2, 1)


def walk(mark: str) -> None:
    """Do it all in a small register."""
    by, basis = Call(SYSTEM_ACTOR), f"Theo đề nghị của bà {mark}"
    events: list[Event] = [found("wp", "province", None), found("wd", "district", "wp"), found("we", "district", "wp")]
    events += [found(f"w{n}", "commune", "wd", name=f"Xã {mark} {n}") for n in range(1, 6)]
    actions.load(by, events=events)
    rows = {row.key: row for row in Agency.objects.filter(key__startswith="w")}
    actions.found(by, profile=profile("w6", "commune", "wd", name=f"Xã {mark} mới"), day=DAY, basis=basis)
    actions.rename(by, agency=rows["w1"], name=f"Xã {mark}", form="xã", day=DAY, basis=basis)
    actions.reparent(by, agency=rows["w2"], parent=rows["we"], day=DAY, basis=basis)
    actions.merge(by, agency=rows["w1"], others=[rows["w3"]], day=date(2021, 2, 1), basis=basis)
    parts: list[Profile | Agency] = [profile("w8", "commune", "wd", name=f"Xã {mark} trên"), rows["w5"]]
    actions.split(by, agency=rows["w4"], into=parts, day=date(2022, 2, 1), basis=basis)
    actions.close(
        by, agency=Agency.objects.get(key="w5"), successors=[Agency.objects.get(key="w1")], day=date(2023, 2, 1),
        basis=basis,
    )
    actions.choose_heir(by, agency=Agency.objects.get(key="w4"), heir=Agency.objects.get(key="w1"))
