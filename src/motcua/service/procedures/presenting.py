"""What the readable page shows, worked out from a version's rows: the citizen's words first, then the law's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from motcua.foundation.core import words
from motcua.foundation.core.looks import Fact
from motcua.foundation.identity.types import Role
from motcua.service.procedures import rules
from motcua.service.procedures.models import (
    ChannelLimit,
    ProcedureFee,
    ProcedurePaper,
    ProcedureVersion,
    Process,
    VersionFlag,
)
from motcua.service.procedures.places import Place
from motcua.service.procedures.storing import plan_of
from motcua.service.procedures.types import Duty, FeeRole, FeeSource, FeeState, Level

_HEADINGS = {Duty.SUBMIT: "Giấy tờ phải nộp", Duty.SHOW: "Giấy tờ phải xuất trình", Duty.NOTE: "Lưu ý"}


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """Papers under one heading: a case, or what to do with them."""

    heading: str
    papers: Sequence[ProcedurePaper]
    is_case: bool = False
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Money:
    """One line of money for people; `is_now` marks a price that holds today for a time."""

    text: str
    detail: str = ""
    is_now: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """Ways of handing in that take the same time and cost the same; `row` stands for all of them."""

    channels: str
    row: ChannelLimit
    money: Sequence[Money]
    is_open: bool
    is_contradictory: bool


@dataclass(frozen=True, slots=True)
class FlagGroup:
    """Open flags that say the same of several places. `limit` and `fee` are the channel
    to begin with, where the controller can mend it here."""

    what: str
    todo: str
    places: str
    quotes: Sequence[str]
    limit: ChannelLimit | None = None
    fee: ChannelLimit | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A version as its page shows it."""

    version: ProcedureVersion
    answer: str
    groups: Sequence[PaperGroup]
    ways: Sequence[Way]
    agencies: Sequence[str]
    results: Sequence[str]
    facts: Sequence[Fact]
    flags: Sequence[FlagGroup] = field(default_factory=tuple)

    @property
    def channels(self) -> str:
        """Return the channels in words, each once."""
        return _either([row.channel_words for row in self.version.limits.all()] or ["Tại Bộ phận Một cửa"]).lower()

    @property
    def paper_count(self) -> int:
        """Return how many papers are asked for, over all cases."""
        return sum(not paper.is_note for group in self.groups for paper in group.papers)


def reading(version: ProcedureVersion, today: date) -> Reading:
    """Return what the page of a version shows; the version comes from `selectors.whole_versions`."""
    limits = list(version.limits.all())
    ways = tuple(ways_of(limits, today))
    return Reading(
        version=version,
        answer=_answer(ways),
        groups=tuple(paper_groups(list(version.papers.all()))),
        ways=ways,
        agencies=tuple(dict.fromkeys((*version.performing, *version.competent))) or tuple(version.procedure.listed),
        results=tuple(dict.fromkeys(row.name.rstrip(". ") for row in version.results.all() if row.name)),
        facts=tuple(_facts(version)),
        flags=tuple(flag_groups([flag for flag in version.flags.all() if flag.settled_on is None])),
    )


def flag_groups(flags: list[VersionFlag]) -> list[FlagGroup]:
    """Return open flags, those of one kind together."""
    kinds: dict[str, list[VersionFlag]] = {}
    for flag in flags:
        kinds.setdefault(flag.code, []).append(flag)
    return [_flag_group(code, rows) for code, rows in kinds.items()]


def _flag_group(code: str, rows: list[VersionFlag]) -> FlagGroup:
    row = next((flag.limit for flag in rows if flag.limit is not None), None)
    return FlagGroup(
        what=rows[0].what,
        todo=rows[0].todo,
        places=", ".join(dict.fromkeys(flag.place for flag in rows if flag.place)),
        quotes=tuple(dict.fromkeys(flag.detail for flag in rows if flag.detail))[:3],
        limit=row if code.startswith("limit_") and row is not None and row.amount is None else None,
        fee=row if code.startswith("fee_") else None,
    )


def rows_with_open_fees(version: ProcedureVersion) -> list[ChannelLimit]:
    """Return the channels whose money somebody has to look at."""
    doubtful = {f.limit_id for f in version.flags.all() if f.code.startswith("fee_") and f.settled_on is None}
    return [row for row in version.limits.all() if row.pk in doubtful]


def paper_groups(papers: list[ProcedurePaper]) -> list[PaperGroup]:
    """Return the papers in printed order, under the headings they were printed under, each heading once."""
    found: dict[tuple[str, Duty, bool], list[ProcedurePaper]] = {}
    for paper in papers:
        duty = Duty(paper.duty)
        heading = (paper.case, duty, True) if paper.case else (_HEADINGS[duty], duty, False)
        found.setdefault(heading, []).append(paper)
    return [PaperGroup(text, rows, is_case, duty is Duty.NOTE) for (text, duty, is_case), rows in found.items()]


def ways_of(limits: list[ChannelLimit], today: date) -> list[Way]:
    """Return the ways of handing in; channels that are alike in all that matters stand together."""
    alike: dict[tuple[object, ...], tuple[list[str], ChannelLimit, list[Money]]] = {}
    for row in limits:
        money = money_lines(row, today)
        note = (row.case, row.description)
        key = (row.words, row.unknown, row.basis, row.fee_state, tuple(money), *note)
        alike.setdefault(key, ([], row, money))[0].append(row.channel_words)
    return [
        Way(_either(names), row, money, row.amount is None, row.fee_state == FeeState.CONTRADICTORY)
        for names, row, money in alike.values()
    ]


def _either(names: list[str]) -> str:
    """Return "Trực tiếp, bưu chính hoặc trực tuyến"."""
    words = list(dict.fromkeys(names))
    first, rest = words[0], [name.lower() for name in words[1:]]
    if not rest:
        return first
    return f"{', '.join([first, *rest[:-1]])} hoặc {rest[-1]}"


def money_lines(row: ChannelLimit, today: date) -> list[Money]:
    """Return what a channel's money comes to, each sum once, with the words it stands in."""
    fees = list(row.fees.all())
    added = [fee for fee in fees if fee.found_in == FeeSource.CONTROLLER]
    if added:
        return [_added(fee) for fee in added]
    if not fees:
        return [Money(row.fee_words if row.fee_state == FeeState.FREE else row.note or row.fee_words)]
    lines: dict[str, Money] = {}
    amounts = {fee.amount for fee in fees if fee.role == FeeRole.ORDINARY and fee.found_in != "column"}
    for fee in fees:
        repeated = fee.found_in == "column" and fee.amount is not None and fee.amount in amounts
        line = None if repeated else _money(fee, today)
        if line is not None:
            lines.setdefault(line.text, line)
    return list(lines.values()) or [Money(row.fee_words)]


def _money(fee: ProcedureFee, today: date) -> Money | None:
    """Return one fee as a line: sums in figures, all else in the source's own words."""
    if fee.amount is None:
        if fee.found_in == "column":
            return Money(fee.state_words)
        return Money(fee.verbatim)
    text = _sum(fee.amount, fee.currency) + (f"/{fee.per}" if fee.per else "")
    if fee.kind != "unstated":
        text = f"{fee.kind_words}: {text}"
    if fee.role == FeeRole.TEMPORARY and fee.valid_from and fee.valid_to:
        last = date.fromordinal(fee.valid_to.toordinal() - 1)
        until = f"từ {words.day(fee.valid_from)} đến hết {words.day(last)}"
        return Money(text, until, is_now=fee.valid_from <= today < fee.valid_to)
    return Money(text, "" if fee.role == FeeRole.ORDINARY else fee.role_words.lower())


def _added(fee: ProcedureFee) -> Money:
    """Return what the controller added, with its basis."""
    if fee.amount is None:
        return Money(fee.state_words, f"theo {fee.basis}")
    text = f"{fee.kind_words}: {_sum(fee.amount, fee.currency)}{f'/{fee.per}' if fee.per else ''}"
    since = f", từ {words.day(fee.valid_from)}" if fee.valid_from else ""
    return Money(text, f"theo {fee.basis}{since}")


def _sum(amount: Decimal, currency: str) -> str:
    return words.money(amount) if currency == "VND" else f"{words.number(amount)} {currency}"


def _answer(ways: Sequence[Way]) -> str:
    """Return the first line: how long it takes and what it costs, as far as all ways agree."""
    if not ways:
        return "Nguồn chưa ghi cách nộp và thời hạn."
    times = list(dict.fromkeys(way.row.words for way in ways))
    time = times[0] if len(times) == 1 else f"{' hoặc '.join(times)}, tùy cách nộp"
    states = {way.row.fee_state for way in ways}
    costs = {line.text for way in ways for line in way.money if not line.detail}
    if states == {FeeState.FREE}:
        cost = "miễn phí"
    elif states == {FeeState.AMOUNT} and len(costs) == 1:
        cost = next(iter(costs))
    else:
        cost = "phí, lệ phí xem bên dưới"
    known = any(not way.is_open for way in ways)
    return f"{f'Có kết quả sau {time}' if known else time.capitalize()}; {cost}."


def _facts(version: ProcedureVersion) -> list[Fact]:
    facts = [
        Fact("Mã thủ tục", version.procedure.code, code=True),
        Fact("Lĩnh vực", version.procedure.field),
        Fact("Cấp thực hiện", ", ".join(Level(level).words for level in version.levels)),
        Fact("Quyết định công bố", version.decision),
        Fact("Số bộ hồ sơ", version.sets),
        Fact("Hiệu lực", validity(version)),
        Fact("Đối tượng thực hiện", "; ".join(version.subjects), wide=True),
    ]
    optional = (("Cơ quan phối hợp", "; ".join(version.coordinating)), ("Địa chỉ tiếp nhận", version.address))
    return [*facts, *(Fact(name, value, wide=True) for name, value in optional if value)]


def validity(version: ProcedureVersion) -> str:
    """Return from when to when a version holds, in words."""
    first = f"từ {words.day(version.valid_from)}" if version.valid_from else "từ trước khi nhập vào hệ thống"
    if version.valid_to is None:
        return first
    return f"{first} đến trước {words.day(version.valid_to)}"


@dataclass(frozen=True, slots=True)
class StripStep:
    """One step of a process as a piece of the strip; `start` and `width` are shares of the whole, 0 to 1."""

    number: int
    name: str
    where: str
    role: str
    time: str
    output: str
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class ProcessView:
    """A process as it is drawn."""

    process: Process
    steps: Sequence[StripStep]
    total: str


def process_view(process: Process) -> ProcessView:
    """Return a process as a strip of steps, each as wide as its time; without times all are alike."""
    rows, plans = list(process.steps.all()), [plan_of(step) for step in process.steps.all()]
    times = [plan.time for plan in plans if plan.time is not None]
    whole = rules.total(times)
    weights = [rules.hours(plan.time) if whole and plan.time else Decimal(1) for plan in plans]
    scale, at, steps = sum(weights, Decimal(0)) or Decimal(1), Decimal(0), []
    for number, (row, plan, weight) in enumerate(zip(rows, plans, weights, strict=True), 1):
        where = row.agency.name if row.agency else Place(row.place).label
        time = str(plan.time) if plan.time else "chưa có thời gian"
        role = Role(row.role).label if row.role in set(Role) else row.role
        steps.append(
            StripStep(number, row.name, where, role, time, row.output, float(at / scale), float(weight / scale))
        )
        at += weight
    return ProcessView(process, tuple(steps), str(whole) if whole else "chưa cộng được")
