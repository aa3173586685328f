"""A procedure is locked before its versions, whichever verb comes: none waits for another that waits for it."""

from __future__ import annotations

import threading
import time as clock
from datetime import date
from typing import Any

import pytest
from django.db import connection

from motcua.foundation.core import faults, time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.errors import Invalid
from motcua.foundation.core.verbs import Call
from motcua.service.procedures import actions, storing
from motcua.service.procedures.models import Procedure
from motcua.service.procedures.reading import read_record
from motcua.service.procedures.reading.tests.samples import record
from motcua.service.procedures.tests.factories import ProcedureVersionFactory

BY = Call(SYSTEM_ACTOR)


@pytest.mark.django_db(transaction=True)
def test_an_import_and_the_end_of_a_version_at_one_instant_do_not_wait_for_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The import holds the procedure and comes to the version before; meanwhile somebody ends that version."""
    assert actions.take_in(BY, read_record(record()))
    inside, faulty = threading.Event(), []
    carry_over, is_passing = storing.carry_over, faults.is_passing

    def slowly(*args: Any) -> None:
        inside.set()
        clock.sleep(0.6)
        carry_over(*args)

    def noticed(error: Any) -> bool:
        faulty.append(str(error))
        return is_passing(error)

    monkeypatch.setattr(storing, "carry_over", slowly)
    monkeypatch.setattr(faults, "is_passing", noticed)

    def end() -> None:
        try:
            inside.wait(10)
            version = Procedure.objects.get().current
            assert version is not None
            with pytest.raises(Invalid, match="đang có hiệu lực"):
                actions.expire(
                    BY, procedure=version.procedure, version=version, decision="9/QĐ-UBND", valid_to=time.today()
                )
        finally:
            connection.close()

    other = threading.Thread(target=end)
    other.start()
    actions.take_in(BY, read_record(record(ten_thu_tuc="Tên sửa")))
    other.join(20)
    assert faulty == []
    assert [row.number for row in Procedure.objects.get().versions.filter(state="in-force")] == [2]


@pytest.mark.django_db
def test_a_version_and_another_procedure_are_not_taken_together() -> None:
    version, other = ProcedureVersionFactory(), ProcedureVersionFactory()
    with pytest.raises(Invalid, match="không thuộc thủ tục"):
        actions.expire(
            BY, procedure=other.procedure, version=version, decision="9/QĐ-UBND", valid_to=date(2026, 3, 2)
        )
    version.refresh_from_db()
    assert version.state == "in-force"
