"""Run inside a furnished store: every agency sends its report through the verbs, then the roll-up is timed."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.site.settings"
ADDED = ("A1", "A2", "A3", "A4", "A5", "A6", "A8", "A9", "A10", "B1", "B2")


def main() -> None:
    """Print how long the roll-up took, how many sent, and which sums differ from plain addition."""
    import django

    django.setup()
    from django.test import Client
    from django.urls import reverse

    from motcua.foundation.identity.models import Account
    from motcua.steering.reports import selectors
    from motcua.steering.reports.content import content_of

    rows = list(selectors.whole().filter(period=_opened()))
    sent, plain = _sent(rows)
    top = next(row for row in rows if row.above_id is None)
    client = Client(HTTP_HOST="localhost")
    client.force_login(Account.objects.get(username="thuongtruc"))
    began = time.perf_counter()
    assert client.get(reverse("report-roll-up", args=[top.public_id])).status_code == 200
    seconds = time.perf_counter() - began
    said = {one.cell.code: one.sum.value for one in content_of(selectors.whole().get(pk=top.pk)).figures}
    wrong = {code: (str(value), str(said[code])) for code, value in plain.items() if said[code] != value}
    print(json.dumps({"seconds": seconds, "sent": sent, "units": len(rows), "wrong": wrong}))


def _opened() -> Any:
    from motcua.demonstration.world import SYSTEM
    from motcua.foundation.core.time import today
    from motcua.foundation.organisations.models import Agency
    from motcua.steering.reports import actions
    from motcua.steering.reports.types import PeriodKind, Rank, Window

    last = today() - timedelta(days=1)
    window = Window(last - timedelta(days=89), last, {rank: last + timedelta(days=5) for rank in Rank})
    plan = actions.Plan("cchc", last.year, PeriodKind.AD_HOC, window=window, name="Báo cáo đo thử")
    return actions.open_period(SYSTEM, plan=plan, drafter=Agency.objects.get(key="bk-snv"))


def _sent(rows: list[Any]) -> tuple[int, Counter[str]]:
    """Let every unit send, the deepest first; return how many did, and what their figures come to, added plainly."""
    from motcua.steering.reports.content import content_of

    above = {row.pk: row.above_id for row in rows}

    def depth(row: Any) -> int:
        steps, at = 0, row.above_id
        while at is not None:
            steps, at = steps + 1, above[at]
        return steps

    chance, sent, plain = Random(148), 0, Counter[str]()
    for row in sorted(rows, key=depth, reverse=True):
        own = {said.cell.code: said.own for said in content_of(row).figures}
        if row.above_id is not None:
            own |= _send(row, own, chance)
            sent += 1
        plain.update({code: own[code] for code in (*ADDED, "M2") if own.get(code) is not None})
    return sent, plain


def _send(row: Any, own: dict[str, Decimal | None], chance: Random) -> dict[str, Decimal | None]:
    """Send a unit's report as its leader; return what it says otherwise than the registry."""
    from motcua.foundation.core.time import today
    from motcua.foundation.core.verbs import Call
    from motcua.foundation.identity.models import RoleGrant
    from motcua.foundation.identity.selectors import officer
    from motcua.steering.reports import actions
    from motcua.steering.reports.content import content_of, draft

    grant = RoleGrant.objects.filter(agency=row.unit, role__in=["chairman", "head"]).order_by("id")[0]
    by, content = officer(grant.account, today()), content_of(row)
    texts = {cell.code: draft(content, cell) for cell in content.form.texts}
    told: dict[str, Decimal | None] = {"M2": Decimal(chance.randrange(50))}
    row = actions.write(Call(by), report=row, texts=texts, values={"M2": told["M2"]})
    counted = own.get("A2")
    if counted is not None and chance.random() < 0.2:
        told["A2"] = counted + chance.randrange(1, 9)
        reason = "Sổ giấy của đơn vị ghi khác"
        row = actions.contest(Call(by), report=row, cell="A2", value=told["A2"], reason=reason)
    actions.send(Call(by), report=row)
    return told


if __name__ == "__main__":
    main()
