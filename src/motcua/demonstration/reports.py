"""Reports in the exercise: a month is reported on, most units have sent, some sent late or say another figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as hour
from decimal import Decimal
from random import Random

from motcua.demonstration.lives import Simulation
from motcua.demonstration.world import SYSTEM, Office, World
from motcua.foundation.core import time
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.types import Officer, Role
from motcua.steering.reports import actions, selectors
from motcua.steering.reports.actions import Plan
from motcua.steering.reports.content import content_of, draft
from motcua.steering.reports.models import Period, Report
from motcua.steering.reports.types import PeriodKind, Rank, Window

DUE = {Rank.BELOW: 4, Rank.DIRECT: 7, Rank.TOP: 10}
#: The printed accounts' own offices are left for whoever tries the exercise.
LEFT = frozenset({"bk-02008", "bk-063", "tn-02008"})
#: Of the printed accounts' offices, the one that always sends, and the one that has only said another figure so far.
SURE, DOUBTS = frozenset({"bk-stp", "tn-stp"}), frozenset({"bk-02008", "tn-02008"})
WISHES = (
    "Đề nghị trang bị thêm một máy quét cho Bộ phận Một cửa.", "Đề nghị tập huấn nghiệp vụ cho công chức mới.",
    "Đường truyền ở một số thôn còn yếu, người dân khó nộp trực tuyến.", "", "", "",
)


@dataclass(slots=True)
class Reporting:
    """A period of the exercise and the chance that moves it."""

    world: World
    chance: Random
    window: Window
    period: Period | None = None

    def open(self, _now: datetime) -> None:
        """Let the platform open the period for whoever drives the reform."""
        first, last = self.window.first, self.window.last
        name = f"Báo cáo đột xuất kết quả một cửa từ {first.day}/{first.month} đến {last.day}/{last.month}/{last.year}"
        plan = Plan("cchc", last.year, PeriodKind.AD_HOC, window=self.window, name=name)
        self.period = actions.open_period(SYSTEM, plan=plan, drafter=self.world.department("SNV").agency)

    def send(self, office: Office) -> None:
        """Let an office write its words, now and then say another figure, and send."""
        assert self.period is not None
        report = selectors.whole().filter(period=self.period, unit=office.agency).first()
        by = _leader(office)
        if report is None or by is None:
            return
        content = content_of(report)
        texts = {cell.code: draft(content, cell) for cell in content.form.texts}
        texts["W4"] = "\n".join(filter(None, [texts["W4"], self.chance.choice(WISHES)]))
        report = actions.write(Call(by), report=report, texts=texts, values={"M2": Decimal(self.chance.randint(0, 6))})
        received = content.figure("A2")
        if received is not None and received.own and self.chance.random() < 0.2:
            report = self._contest(report, by)
        report = actions.send(Call(by), report=report)
        self._receive(report)

    def doubt(self, office: Office) -> None:
        """Let an office say another figure, and send nothing yet."""
        report = selectors.whole().filter(period=self.period, unit=office.agency).first()
        by = _leader(office)
        if report is not None and by is not None:
            self._contest(report, by)

    def _contest(self, report: Report, by: Officer) -> Report:
        counted = content_of(report).figure("A2")
        own = counted.own if counted else None
        return actions.contest(
            Call(by), report=report, cell="A2", value=(own or Decimal()) + self.chance.randint(1, 3),
            reason="Sổ giấy của đơn vị ghi nhiều hơn, một số hồ sơ nhập vào hệ thống muộn",
        )

    def _receive(self, report: Report) -> None:
        """Let the level above receive what was sent, more often than not."""
        above = self.world.offices.get(report.above.drafter_id) if report.above else None
        by = _leader(above) if above else None
        if by is not None and self.chance.random() < 0.6:
            actions.receive(Call(by), report=report)


def _leader(office: Office) -> Officer | None:
    found = office.staff.get(Role.CHAIRMAN) or office.staff.get(Role.HEAD)
    return found[0] if found else None


def schedule(life: Simulation, seed: int) -> None:
    """Put the period on the exercise's time line: opened on the day after its last, then sent one by one."""
    window = _window(time.local_day(life.began), time.local_day(life.ended))
    if window is None:
        return
    of = Reporting(life.world, Random(seed), window)  # noqa: S311 - a simulation, to be repeated from its seed
    opened = time.at_local(window.last + timedelta(days=1), hour(7, 45))
    life.at(opened, of.open)
    for office in life.world.offices.values():
        if office.agency.key in DOUBTS:
            life.at(opened + timedelta(hours=3), lambda _now, office=office: of.doubt(office))  # type: ignore[misc]
    for office in _senders(life.world):
        # Who gathers others waits for them; one in eight is late, and some never come.
        days = of.chance.choice((1, 1, 2, 2, 3, 3, 3, 6)) + (3 if office.kind == "district" else 0)
        minute = of.chance.randrange(8 * 60, 17 * 60)
        at = time.at_local(window.last + timedelta(days=days), hour(minute // 60, minute % 60))
        if of.chance.random() < 0.85 or office.agency.key in SURE:
            life.at(at, lambda _now, office=office: of.send(office))  # type: ignore[misc]


def _window(began: date, ended: date) -> Window | None:
    """Return the last whole month of the exercise, else all but its last days; nothing where that is too short."""
    last = ended.replace(day=1) - timedelta(days=1)
    first = last.replace(day=1)
    if first < began or ended - last < timedelta(days=9):
        first, last = began, ended - timedelta(days=9)
    if last < first:
        return None
    return Window(first, last, {rank: last + timedelta(days=days) for rank, days in DUE.items()})


def _senders(world: World) -> list[Office]:
    """Return who sends: the communes of two districts, every third one elsewhere, the departments, some districts."""
    offices = [office for office in world.offices.values() if office.agency.key not in LEFT]
    districts = [office for office in offices if office.kind == "district"][:2]
    near = {office.agency.pk for office in districts} | {world.keys[key] for key in LEFT if key in world.keys}
    communes = [office for office in offices if office.kind == "commune"]
    chosen = [one for at, one in enumerate(communes) if one.parent_id in near or at % 3 == 0]
    return [*chosen, *(office for office in offices if office.kind == "department"), *districts]
