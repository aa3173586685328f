"""Dossiers stand at agencies: what a merger or an end would find there, and how it reaches the heir."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from django.db.models import Count, Q

from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.errors import Refusal
from motcua.foundation.core.logs import get_logger
from motcua.foundation.core.verbs import Call
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.registry import Standing
from motcua.service.dossiers.actions.succeed import succeed
from motcua.service.dossiers.errors import NotNow
from motcua.service.dossiers.models import OPEN, Dossier
from motcua.service.dossiers.types import State
from motcua.service.procedures.models import Step

log = get_logger(__name__)


class DossiersAtAgencies:
    """What the register's registry asks of this room."""

    name = "dossiers"
    order = 20
    asks = ""

    def standing(self, agency: Agency, heir: str, *, carried: bool) -> Sequence[Standing]:  # noqa: ARG002 - always do
        """Return how many dossiers the agency holds, awaits, settles elsewhere and has to give back (4 queries)."""
        taker = heir or "cơ quan nhận (chưa chọn)"
        here = Dossier.objects.filter(OPEN, at_agency=agency).aggregate(
            held=Count("pk", filter=Q(is_awaited=False)), awaited=Count("pk", filter=Q(is_awaited=True))
        )
        elsewhere = Dossier.objects.filter(OPEN, competent=agency).exclude(at_agency=agency).count()
        ready = Dossier.objects.filter(state=State.FINISHED, receiving=agency).count()
        steps = Step.objects.filter(agency=agency).count()
        kept = "mã, ngày hẹn và thời gian đã tính giữ nguyên"
        return (
            Standing(here["held"], "hồ sơ đang giải quyết", f"{taker} giữ tiếp; {kept}", needs_heir=True),
            Standing(here["awaited"], "hồ sơ chuyển đến chưa ai nhận", f"{taker} nhận", needs_heir=True),
            Standing(elsewhere, "hồ sơ đang ở nơi khác, thuộc thẩm quyền", f"{taker} giải quyết", needs_heir=True),
            Standing(ready, "hồ sơ có kết quả, chờ trả", f"Bộ phận Một cửa của {taker} trả", needs_heir=True),
            Standing(steps, "bước quy trình nêu tên cơ quan này", f"hồ sơ đến bước đó sẽ về {taker}"),
        )

    def left(self, agencies: Collection[int]) -> int:
        """Return how many open dossiers these agencies still hold or settle (1 query)."""
        return Dossier.objects.filter(OPEN, _concerns(agencies)).count()

    def pass_on(self, agency: Agency, heir: Agency) -> Iterator[int]:
        """Let the heir go on with each open dossier. One that cannot be had now is left to the next run."""
        concerned = Dossier.objects.filter(OPEN, _concerns([agency.pk])).order_by("pk")
        for pk in list(concerned.values_list("pk", flat=True)):
            try:
                succeed(Call(SYSTEM_ACTOR), dossier=Dossier.objects.get(pk=pk), predecessor=agency, heir=heir)
            except NotNow:  # an officer ended it, or another run was here
                yield 0
            except Refusal as refusal:
                log.warning("a dossier waits to be passed on", dossier=pk, refusal=refusal.code)
                yield 0
            else:
                yield 1


def _concerns(agencies: Collection[int]) -> Q:
    return Q(at_agency__in=agencies) | Q(competent__in=agencies)
