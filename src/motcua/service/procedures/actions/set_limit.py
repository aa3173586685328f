"""Add what the source left open: a time limit, or what a channel costs. Each with the document it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256

from motcua.foundation.calendar.types import Limit, Unit
from motcua.foundation.core import time
from motcua.foundation.core.errors import Conflict, Invalid
from motcua.foundation.core.verbs import Act, verb
from motcua.service.procedures.models import ChannelLimit, ProcedureFee, ProcedureVersion, VersionFlag
from motcua.service.procedures.policies import PROCEDURES
from motcua.service.procedures.types import FeeKind, FeeSource, FeeState, State


@verb("procedure.set_limit", policy=PROCEDURES, locks=("version",))
def set_limit(
    act: Act, *, version: ProcedureVersion, limits: Sequence[ChannelLimit], amount: Decimal, unit: Unit, basis: str
) -> ProcedureVersion:
    """Add amount and unit to channels whose limit is unknown, with the document it stands on.

    Running dossiers keep what they were received under. Raises Invalid without a basis, BadLimit for nonsense,
    Conflict where a limit is known already.
    """
    rows, known = _rows(version, limits, basis), Limit(amount, unit)
    if any(row.amount is not None for row in rows):
        raise Conflict("Hình thức nộp này đã có thời hạn, nên chưa ghi gì. Anh/chị tải lại trang để xem.")
    day = time.local_day(act.happened_at)
    for row in rows:
        row.amount, row.unit, row.basis, row.added_on = known.amount, known.unit, basis.strip()[:300], day
        row.save(update_fields=["amount", "unit", "basis", "added_on"])
    _settle(version, rows, "limit_", day)
    version.save()  # its version counts up, so that no counter keeps the former limits in mind
    act.record(
        version,
        rows=[row.position for row in rows],
        amount=f"{known.amount.normalize():f}",
        unit=unit.value,
        basis=sha256(basis.strip().encode()).hexdigest(),
    )
    return version


@verb("procedure.set_fee", policy=PROCEDURES, locks=("version",))
def set_fee(
    act: Act,
    *,
    version: ProcedureVersion,
    limits: Sequence[ChannelLimit],
    kind: FeeKind,
    amount: Decimal,
    per: str,
    basis: str,
    valid_from: date | None = None,
) -> ProcedureVersion:
    """Say what channels cost where the source leaves it open or contradicts itself; 0 đồng means free.

    The source's own words stay beside it. Raises Invalid without a basis, for sums below zero, and where the source
    is clear.
    """
    if not 0 <= amount < 10**12:
        raise Invalid(
            "Mức thu phải từ 0 đồng trở lên và dưới một nghìn tỷ đồng; chưa ghi gì. Anh/chị nhập lại mức thu.",
            field="amount",
        )
    rows = _rows(version, limits, basis)
    if any(row.fee_state in (FeeState.AMOUNT, FeeState.FREE) and not _is_doubtful(row) for row in rows):
        raise Conflict("Nguồn đã ghi rõ phí, lệ phí của hình thức nộp này, nên chưa ghi gì.")
    state = FeeState.AMOUNT if amount else FeeState.FREE
    for row in rows:
        ProcedureFee.objects.create(
            of=row,
            position=row.fees.count() + 1,
            kind=kind,
            state=state,
            found_in=FeeSource.CONTROLLER,
            amount=amount or None,
            per=per.strip()[:120],
            basis=basis.strip()[:300],
            valid_from=valid_from,
        )
        row.fee_state = state
        row.save(update_fields=["fee_state"])
    _settle(version, rows, "fee_", time.local_day(act.happened_at))
    version.save()  # its version counts up, so that no counter keeps the former limits in mind
    act.record(
        version,
        rows=[row.position for row in rows],
        fee=kind.value,
        amount=f"{amount:f}",
        basis=sha256(basis.strip().encode()).hexdigest(),
    )
    return version


def _is_doubtful(row: ChannelLimit) -> bool:
    return row.flags.filter(code__startswith="fee_", settled_on__isnull=True).exists()


def _rows(version: ProcedureVersion, limits: Sequence[ChannelLimit], basis: str) -> list[ChannelLimit]:
    """Return the channels freshly read, or raise Invalid."""
    if not basis.strip():
        raise Invalid("Chưa nêu căn cứ nên chưa ghi gì. Anh/chị ghi số văn bản quy định.", field="basis")
    rows = list(version.limits.filter(pk__in=[limit.pk for limit in limits]))
    if not rows or len(rows) != len(limits) or version.state == State.EXPIRED:
        raise Invalid(
            "Hình thức nộp này không thuộc nội dung đang có hiệu lực. Chưa ghi gì. Anh/chị tải lại trang rồi chọn "
            "lại."
        )
    return rows


def _settle(version: ProcedureVersion, rows: Sequence[ChannelLimit], prefix: str, day: date) -> None:
    """Mark as settled what was open about these channels; the version counts up, so that stale screens are told."""
    open_flags = VersionFlag.objects.filter(limit__in=rows, code__startswith=prefix, settled_on__isnull=True)
    open_flags.update(settled_on=day)
    version.save(update_fields=[])
