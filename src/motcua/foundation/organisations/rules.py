"""What an event does to the register, and what it may not do. Pure: a register and an event in, a register out.

Identity follows the law's words: what a document *founds* is a new agency, even on the whole of an old one that keeps
its name; what is merged *into* a living agency leaves that one the same; a change of name or form is no new agency.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from motcua.foundation.organisations import recorded
from motcua.foundation.organisations.errors import AnotherDay, BadEvent, SameDay
from motcua.foundation.organisations.types import (
    Adjust,
    Catalogue,
    Close,
    Code,
    Event,
    Found,
    Kind,
    Merge,
    Period,
    Profile,
    Register,
    Rename,
    Reparent,
    Scheme,
    Share,
    Split,
    State,
    Succession,
    Unit,
)


def check_day(day: date, still: date | None) -> None:
    """Hold an event to the day on which an exercise's register stands still, if it does. Raises AnotherDay."""
    if still is not None and day != still:
        raise AnotherDay(
            f"Chưa ghi gì cho ngày {day:%d/%m/%Y}: danh mục cơ quan của bài tập đứng ở ngày {still:%d/%m/%Y}. "
            "Anh/chị ghi biến động theo ngày đó.", field="day",
        )


@dataclass(slots=True)
class _Draft:
    """A register while one event is being applied to it."""

    catalogue: Catalogue
    day: date
    basis: str
    units: dict[str, Unit]
    added: list[Succession] = field(default_factory=list)


def replay(catalogue: Catalogue, events: Iterable[Event]) -> Register:
    """Return the register that the events make, in their order. Raises BadEvent."""
    register = Register(catalogue)
    for event in events:
        register = apply(register, event)
    return register


def apply(register: Register, event: Event) -> Register:
    """Return the register after the event. Raises BadEvent; the given register stays as it was."""
    draft = _Draft(register.catalogue, event.day, event.basis, dict(register.units))
    match event:
        case Found():
            _found(draft, event.profile)
        case Rename():
            _rename(draft, event)
        case Reparent():
            _reparent(draft, event.key, event.parent)
        case Merge():
            _merge(draft, event)
        case Adjust():
            _adjust(draft, event)
        case Split():
            _split(draft, event)
        case Close():
            _close(draft, event)
        case _:
            raise TypeError(f"unknown event {type(event).__name__}")
    after = Register(register.catalogue, draft.units, (*register.successions, *draft.added))
    recorded.check_kept(register, after)
    return after


def _living(draft: _Draft, key: str) -> Unit:
    """Return a unit that lives on the day of the event and after, or refuse."""
    unit = draft.units.get(key)
    if unit is None:
        raise BadEvent(f"Không có cơ quan “{key}” trong danh mục. Anh/chị kiểm tra lại mã.")
    name = unit.states[-1].name
    if unit.closed is not None:
        raise BadEvent(f"{name} đã kết thúc hoạt động từ ngày {unit.closed:%d/%m/%Y}, không ghi thêm biến động được.")
    if unit.opened > draft.day:
        raise BadEvent(f"{name} đến ngày {unit.opened:%d/%m/%Y} mới thành lập, sau ngày của biến động này.")
    return unit


def _kind(draft: _Draft, code: str) -> Kind:
    try:
        return draft.catalogue.kinds[code]
    except KeyError:
        known = ", ".join(draft.catalogue.kinds)
        raise BadEvent(f"Loại cơ quan “{code}” không có trong danh mục. Các loại: {known}.") from None


def _check_place(draft: _Draft, key: str, kind_code: str, parent: str | None, name: str) -> None:
    """Refuse an unfitting superior, a circle, or a second agency of the same kind and name beside the first."""
    kind = _kind(draft, kind_code)
    above = "" if parent is None else _living(draft, parent).states[-1].kind
    if above not in kind.parents:
        where = f"thuộc {draft.catalogue.kinds[above].name}" if above else "không có cấp trên"
        raise BadEvent(f"{name} ({kind.name}) không thể {where}.")
    seen = parent
    while seen is not None:
        if seen == key:
            raise BadEvent(f"{name} không thể đứng dưới chính mình.")
        seen = draft.units[seen].states[-1].parent
    for other in draft.units.values():
        last = other.states[-1]
        is_beside = other.key != key and last.period.end is None and last.parent == parent
        if is_beside and last.kind == kind_code and last.name == name:
            raise BadEvent(f"Đã có {name} cùng cấp trên ở ngày này. Anh/chị kiểm tra lại tên.")


def _check_codes(draft: _Draft, profile: Profile) -> None:
    if sum(scheme == Scheme.REGISTER for scheme, _, _ in profile.codes) != 1:
        raise BadEvent(f"{profile.name} cần đúng một mã danh mục.")
    wanted = {(scheme, code) for scheme, code, _ in profile.codes}
    later = Period(draft.day)
    for other in draft.units.values():
        for code in other.codes:
            if (code.scheme, code.code) in wanted and code.period.meets(later):
                raise BadEvent(f"Mã {code.code} đang thuộc về {other.states[-1].name}; mỗi mã chỉ một cơ quan dùng.")


def _found(draft: _Draft, profile: Profile) -> None:
    if not profile.name.strip() or not profile.key:
        raise BadEvent("Cơ quan mới cần có mã và tên.")
    if profile.key in draft.units:
        raise BadEvent(f"Mã “{profile.key}” đã có trong danh mục; mã của cơ quan cũ không dùng lại.")
    _check_place(draft, profile.key, profile.kind, profile.parent, profile.name)
    _check_codes(draft, profile)
    period = Period(draft.day)
    state = State(period, profile.name, profile.form, profile.kind, profile.parent, profile.one_stop)
    codes = tuple(Code(scheme, code, period, trust) for scheme, code, trust in profile.codes)
    draft.units[profile.key] = Unit(profile.key, (state,), codes, profile.aliases)


def _restate(draft: _Draft, unit: Unit, changed: State) -> None:
    """End the present state on the day and begin the next. A second change on one day replaces the first."""
    last = unit.states[-1]
    if last.period.start > draft.day:
        raise BadEvent(
            f"{last.name} đã có biến động ngày {last.period.start:%d/%m/%Y}; không ghi lùi về trước ngày đó được."
        )
    new = replace(changed, period=Period(draft.day))
    _check_place(draft, unit.key, new.kind, new.parent, new.name)
    kept = unit.states[:-1]
    if last.period.start < draft.day:
        kept = (*kept, replace(last, period=Period(last.period.start, draft.day)))
    draft.units[unit.key] = replace(unit, states=(*kept, new))


def _rename(draft: _Draft, event: Rename) -> None:
    unit = _living(draft, event.key)
    last = unit.states[-1]
    if not event.name.strip():
        raise BadEvent("Tên mới không được để trống.")
    if (last.name, last.form) == (event.name, event.form):
        raise BadEvent(f"{last.name} đã mang tên này rồi, không có gì thay đổi.")
    _restate(draft, unit, replace(last, name=event.name, form=event.form))


def _reparent(draft: _Draft, key: str, parent: str) -> None:
    unit = _living(draft, key)
    if unit.states[-1].parent == parent:
        raise BadEvent(f"{unit.states[-1].name} đã thuộc cơ quan này rồi, không có gì thay đổi.")
    _restate(draft, unit, replace(unit.states[-1], parent=parent))


def _end(draft: _Draft, key: str) -> None:
    """Close an agency and free its codes. Refuses where that would leave subordinates without a superior."""
    unit = _living(draft, key)
    last = unit.states[-1]
    if last.period.start >= draft.day:
        raise SameDay(
            f"{last.name} có biến động ngày {last.period.start:%d/%m/%Y}; chỉ kết thúc được từ ngày sau đó."
        )
    orphans = [other.states[-1].name for other in _children(draft, key)]
    if orphans:
        shown = ", ".join(orphans[:3]) + ("…" if len(orphans) > 3 else "")
        raise BadEvent(
            f"{last.name} còn {len(orphans)} cơ quan trực thuộc ({shown}). "
            "Anh/chị chuyển hoặc kết thúc các cơ quan đó trước."
        )
    _check_past_children(draft, key, last.name)
    ended = (*unit.states[:-1], replace(last, period=Period(last.period.start, draft.day)))
    codes = tuple(
        replace(code, period=Period(code.period.start, draft.day)) if code.period.end is None else code
        for code in unit.codes
    )
    draft.units[key] = replace(unit, states=ended, codes=codes)


def _check_past_children(draft: _Draft, key: str, name: str) -> None:
    """Refuse an end before the day on which, as entered already, the last subordinate left for another superior."""
    left = [
        (state.period.end, other) for other in draft.units.values() for state in other.states
        if state.parent == key and state.period.end is not None and state.period.end > draft.day
    ]
    for day, other in sorted(left, key=lambda found: found[0], reverse=True)[:1]:
        raise BadEvent(
            f"{other.states[-1].name} trực thuộc {name} đến ngày {day:%d/%m/%Y}, nên chưa ghi gì. "
            f"Anh/chị chọn ngày kết thúc từ ngày đó trở đi.", field="day",
        )


def _children(draft: _Draft, key: str) -> list[Unit]:
    return [
        unit for unit in draft.units.values()
        if unit.states[-1].parent == key and unit.states[-1].period.end is None
    ]


def _succeed(draft: _Draft, predecessor: str, successor: str, share: Share) -> None:
    if successor == predecessor:
        raise BadEvent("Một cơ quan không thể kế thừa chính mình.")
    if any((known.predecessor, known.successor) == (predecessor, successor) for known in draft.added):
        raise BadEvent("Cùng một cơ quan kế thừa được ghi hai lần.")
    _living(draft, successor)
    draft.added.append(Succession(draft.day, predecessor, successor, share, draft.basis))


def _merge(draft: _Draft, event: Merge) -> None:
    """End the sources before the new agency is founded, for it may take over their code and name."""
    into = event.into if isinstance(event.into, str) else event.into.key
    keys = [source.key for source in event.sources]
    if not keys or len(set(keys)) != len(keys):
        raise BadEvent("Việc nhập cần ít nhất một cơ quan được nhập, mỗi cơ quan ghi một lần.")
    if into in keys:
        raise BadEvent("Cơ quan nhận không nằm trong các cơ quan được nhập.")
    moved = [child.key for key in keys for child in _children(draft, key) if child.key not in {into, *keys}]
    held = {key: draft.units[key] for key in moved}
    for key in moved:
        draft.units.pop(key)
    for key in keys:
        _end(draft, key)
    draft.units.update(held)
    if isinstance(event.into, Profile):
        _found(draft, event.into)
    for key in moved:
        _reparent(draft, key, into)
    for source in event.sources:
        _succeed(draft, source.key, into, source.share)


def _adjust(draft: _Draft, event: Adjust) -> None:
    _living(draft, event.into)
    if not event.sources:
        raise BadEvent("Việc điều chỉnh cần ít nhất một cơ quan chuyển đi.")
    for source in event.sources:
        _living(draft, source.key)
        _succeed(draft, source.key, event.into, Share.PART)


def _split(draft: _Draft, event: Split) -> None:
    if not event.survives and len(event.into) < 2:
        raise BadEvent("Việc chia cần ít nhất hai cơ quan nhận; nếu chỉ có một thì là nhập hoặc đổi tên.")
    if not event.into:
        raise BadEvent("Việc tách cần ít nhất một cơ quan nhận.")
    if event.survives:
        _living(draft, event.key)
    else:
        _end(draft, event.key)
    for part in event.into:
        if isinstance(part, Profile):
            _found(draft, part)
        _succeed(draft, event.key, part if isinstance(part, str) else part.key, Share.PART)


def _close(draft: _Draft, event: Close) -> None:
    _end(draft, event.key)
    share = Share.WHOLE if len(event.successors) == 1 else Share.PART
    for successor in event.successors:
        _succeed(draft, event.key, successor, share)
