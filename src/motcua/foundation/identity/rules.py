"""What may be given, lent and signed. Pure: periods, roles and levels in, answers out.

Periods are half-open (`organisations.types.Period`): a role that ends on 1 July was last held on 30 June. An empty
period (start = end) is a grant taken back before its first day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from motcua.foundation.identity.errors import BadLending, BadPeriod
from motcua.foundation.identity.types import (
    DEPUTY_OF,
    LEADERS,
    RESERVED,
    Eyes,
    Lending,
    Mark,
    Role,
    SigningForm,
)
from motcua.foundation.organisations.types import Period


@dataclass(frozen=True, slots=True)
class Held:
    """A role that a person has of his own."""

    role: Role
    period: Period


@dataclass(frozen=True, slots=True)
class Borrowed:
    """A role that was lent to a person; it is worth nothing once the lender's own has ended."""

    role: Role
    how: Lending
    period: Period
    grant: Period


def is_empty(period: Period) -> bool:
    """Return whether no day lies in the period."""
    return period.end is not None and period.end <= period.start


def first_overlap(wanted: Period, others: Iterable[Period]) -> Period | None:
    """Return the first of the others that shares a day with the wanted period, or None."""
    shared = (other for other in others if not is_empty(other) and wanted.meets(other))
    return min(shared, key=lambda period: period.start, default=None)


def uncovered(wanted: Period, others: Iterable[Period]) -> list[Period]:
    """Return the parts of the wanted period that share no day with any of the others, the earliest first."""
    parts = [wanted]
    for other in others:
        if not is_empty(other):
            parts = [piece for part in parts for piece in _without(part, other)]
    return parts


def _without(part: Period, other: Period) -> list[Period]:
    if not part.meets(other):
        return [part]
    found = [Period(part.start, other.start)] if part.start < other.start else []
    if other.end is not None and (part.end is None or other.end < part.end):
        found.append(Period(other.end, part.end))
    return found


def cut(period: Period, day: date) -> Period:
    """Return the period ended before the day: never longer than it was, and empty if the day lies before it."""
    end = max(day, period.start)
    return Period(period.start, end if period.end is None else min(end, period.end))


def check_given(wanted: Period, others: Iterable[Period]) -> None:
    """Check the period of a new grant against those of the same role. Raises BadPeriod."""
    if is_empty(wanted):
        raise BadPeriod("Ngày kết thúc phải sau ngày bắt đầu; chưa ghi gì. Anh/chị chọn lại ngày.", field="valid_to")
    other = first_overlap(wanted, others)
    if other is not None:
        raise BadPeriod(f"Người này đã giữ vai trò đó {said(other)}, nên chưa giao thêm.", field="valid_from")


def check_lent(wanted: Period, grant: Period, others: Iterable[Period], today: date) -> None:
    """Check the period of a lending: not in the past, within the grant, nothing lent twice. Raises BadPeriod."""
    if wanted.end is None or is_empty(wanted):
        raise BadPeriod(
            "Ủy quyền phải có ngày kết thúc, sau ngày bắt đầu; chưa giao gì. Anh/chị chọn lại ngày.",
            field="valid_to",
        )
    if wanted.start < today:
        raise BadPeriod(
            "Ủy quyền không lùi về trước hôm nay: việc đã ký không ủy quyền lại được. Chưa giao gì; anh/chị chọn lại "
            "ngày.",
            field="valid_from",
        )
    if wanted.start < grant.start or (grant.end is not None and wanted.end > grant.end):
        raise BadPeriod(
            f"Vai trò này được giữ {said(grant)}; ủy quyền phải nằm trong thời gian đó. Chưa giao gì; anh/chị chọn "
            "lại ngày.",
            field="valid_to",
        )
    other = first_overlap(wanted, others)
    if other is not None:
        raise BadPeriod(f"Vai trò này đã được giao cho người khác {said(other)}.", field="valid_from")


def check_lendable(role: Role, how: Lending, borrower_roles: Collection[Role]) -> None:
    """Check that the law lets this role be lent in this way. Raises BadLending.

    Legal source: Decree 30/2020/NĐ-CP, article 13 (a deputy signs in the head's place; delegation and order come from
    the head alone, and who signs by delegation delegates to nobody).
    """
    if role in RESERVED:
        raise BadLending(f"Vai trò “{role.label}” không cho mượn; quản trị hệ thống giao cho người khác khi cần.")
    if role in LEADERS and role not in DEPUTY_OF:
        raise BadLending("Cấp phó không ủy quyền lại cho người khác ký. Đề nghị người đứng đầu ủy quyền.")
    if how is Lending.ORDER and role not in LEADERS:
        raise BadLending("Giao ký thừa lệnh chỉ dành cho người đứng đầu.", field="how")
    if role in LEADERS and how is Lending.SUBSTITUTION and DEPUTY_OF[role] not in borrower_roles:
        raise BadLending(
            f"Khi {role.label.lower()} vắng, chỉ {DEPUTY_OF[role].label.lower()} của cơ quan ký thay. "
            "Nếu giao cho người khác, anh/chị chọn “Ủy quyền”.", field="how",
        )


def signing_form(
    day: date, *, head: Role, collective: bool, own: Iterable[Held], borrowed: Iterable[Borrowed]
) -> SigningForm | None:
    """Return how a person signs on a day what the `head` of an agency signs, or None where he may not.

    `own` and `borrowed` are his roles at that agency; `collective` says that the paper speaks for a body that decides
    together. The head and his deputy sign on its behalf (TM.), who signs by order or delegation never does.
    Legal source: Decree 30/2020/NĐ-CP, article 13; before it Decree 110/2004/NĐ-CP, article 10.
    """
    mine = {held.role for held in own if held.period.covers(day)}
    if head in mine:
        return SigningForm(head, collective, None)
    if DEPUTY_OF.get(head) in mine:
        return SigningForm(head, collective, Mark.KT)
    for loan in borrowed:
        if loan.role is head and loan.period.covers(day) and loan.grant.covers(day) and loan.how in _MARKS:
            return SigningForm(head, False, _MARKS[loan.how])
    return None


_MARKS = {Lending.ORDER: Mark.TL, Lending.DELEGATION: Mark.TUQ}


def pair_of_eyes(level: str, strict_levels: Collection[str]) -> Eyes:
    """Return whether a weighty act at an agency of this level takes two people, or one and a note of it.

    The province's level always takes two; below it the store's settings say.
    """
    return Eyes.TWO if level == "province" or level in strict_levels else Eyes.ONE_NOTED


def is_trivial_pin(pin: str) -> bool:
    """Return whether a PIN is among the first that a stranger tries: 0000, 1234, 9876, 1212, 123123."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if steps in ({0}, {1}, {9}):
        return True
    return any(len(pin) % size == 0 and pin == pin[:size] * (len(pin) // size) for size in range(1, len(pin) // 2 + 1))


def said(period: Period) -> str:
    """Return a period in words, with its last day, as people count: “từ 1/1/2025 đến hết 30/6/2025”."""
    start = f"từ {period.start.day}/{period.start.month}/{period.start.year}"
    if period.end is None:
        return start
    if is_empty(period):
        return f"{start} (đã hủy trước khi có hiệu lực)"
    last = date.fromordinal(period.end.toordinal() - 1)
    return f"{start} đến hết {last.day}/{last.month}/{last.year}"
