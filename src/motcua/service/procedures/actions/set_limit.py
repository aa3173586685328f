"""Add a limit where the source left it open."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256

from motcua.foundation.calendar.types import Limit, Unit
from motcua.foundation.core import time
from motcua.foundation.core.errors import Conflict, Invalid
from motcua.foundation.core.verbs import Act, verb
from motcua.service.procedures.models import ChannelLimit, ProcedureVersion
from motcua.service.procedures.policies import PROCEDURES
from motcua.service.procedures.types import State


@verb("procedure.set_limit", policy=PROCEDURES, locks=("version",))
def set_limit(
    act: Act, *, version: ProcedureVersion, limit: ChannelLimit, amount: Decimal, unit: Unit, basis: str
) -> ProcedureVersion:
    """Add amount and unit to a channel whose limit is unknown, with the document it stands on.

    Running dossiers keep what they were received under. Raises Invalid without a basis, BadLimit for nonsense,
    Conflict where a limit is known already.
    """
    if not basis.strip():
        raise Invalid("Chưa nêu căn cứ. Anh/chị ghi số văn bản quy định thời hạn này.", field="basis")
    row = version.limits.select_for_update().filter(pk=limit.pk).first()
    if row is None or version.state == State.EXPIRED:
        raise Invalid("Dòng thời hạn này không thuộc nội dung đang có hiệu lực. Chưa ghi gì.")
    if row.amount is not None:
        raise Conflict("Hình thức nộp này đã có thời hạn, nên chưa ghi gì. Anh/chị tải lại trang để xem.")
    known = Limit(amount, unit)
    row.amount, row.unit, row.basis = known.amount, known.unit, basis.strip()[:300]
    row.added_on = time.local_day(act.happened_at)
    row.save(update_fields=["amount", "unit", "basis", "added_on"])
    row.flags.filter(settled_on__isnull=True).update(settled_on=row.added_on)
    version.save(update_fields=[])
    act.record(
        version,
        channel=row.channel,
        row=row.position,
        amount=f"{known.amount.normalize():f}",
        unit=unit.value,
        basis=sha256(row.basis.encode()).hexdigest(),
    )
    return version
