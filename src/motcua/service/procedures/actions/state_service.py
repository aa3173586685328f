"""Saying from which day on a procedure is served at the one-stop, across agencies, and at which online level."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from django.db.models import Q

from motcua.foundation.core.errors import Invalid
from motcua.foundation.core.verbs import Act, verb
from motcua.service.procedures.models import Procedure
from motcua.service.procedures.policies import PROCEDURES
from motcua.service.procedures.serving import ProcedureService

LEVELS = range(1, 5)


@verb("procedure.state_service", policy=PROCEDURES, locks=("procedure",))
def state_service(
    act: Act, *, procedure: Procedure, valid_from: date, basis: str, one_stop: bool | None = None,
    interconnected: bool | None = None, online: int | None = None,
) -> Procedure:
    """Say how a procedure is served from a day on; what held until then ends there, and what came later stays.

    None leaves a point open. The same day said again is corrected; the ledger keeps both. Raises Invalid without a
    basis, for a level beyond 1 to 4, or where nothing is said.
    """
    if not basis.strip():
        raise Invalid(
            "Chưa nêu văn bản quyết định nên chưa ghi gì. Anh/chị ghi số, ngày của văn bản rồi bấm lại.", field="basis"
        )
    if online is not None and online not in LEVELS:
        raise Invalid("Mức độ trực tuyến chỉ từ 1 đến 4; chưa ghi gì. Anh/chị chọn lại mức độ.", field="online")
    if one_stop is None and interconnected is None and online is None:
        raise Invalid(
            "Chưa nêu điểm nào (một cửa, liên thông hay mức độ trực tuyến) nên chưa ghi gì. Anh/chị chọn ít nhất một "
            "điểm."
        )
    _place(procedure, valid_from, {
        "one_stop": one_stop, "interconnected": interconnected, "online": online, "basis": basis.strip()[:300],
    })
    procedure.save(update_fields=[])
    act.record(
        procedure, what="service", since=valid_from.isoformat(), one_stop=one_stop, interconnected=interconnected,
        online=online, basis=sha256(basis.strip().encode()).hexdigest(),
    )
    return procedure


def _place(procedure: Procedure, day: date, said: dict[str, object]) -> None:
    """Put a statement between its neighbours: each ends on the day on which the next begins."""
    rows = ProcedureService.objects.filter(procedure=procedure)
    later = rows.filter(valid_from__gt=day).order_by("valid_from").values_list("valid_from", flat=True).first()
    rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lt=day).update(valid_to=day)
    ProcedureService.objects.update_or_create(
        procedure=procedure, valid_from=day, defaults={**said, "valid_to": later}
    )
