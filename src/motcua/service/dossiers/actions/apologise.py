"""Saying sorry in writing for a dossier that is late or will be, with the day on which the result is promised now."""

from __future__ import annotations

from datetime import date

from motcua.foundation.core.errors import Invalid
from motcua.foundation.core.verbs import Act, verb
from motcua.service.dossiers import letters, rules
from motcua.service.dossiers.errors import NotNow
from motcua.service.dossiers.models import Dossier, Letter
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.types import LetterKind, State


@verb("dossier.apologise", policy=DOSSIERS, locks=("dossier",))
def apologise(act: Act, *, dossier: Dossier, reason: str, new_day: date) -> Letter:
    """Write the apology and the new day, once. The dossier stays judged by its own due date, and so stays late.

    Legal source: Decree 61/2018/NĐ-CP, article 19. One written after the day set for it is marked late. Raises NotNow
    long before the due date, AskedAlready, Invalid.
    """
    if not reason.strip():
        raise Invalid("Phiếu xin lỗi phải nêu lý do chậm; chưa ghi gì. Anh/chị nhập lý do rồi bấm lại.", field="reason")
    rules.check("dossier.apologise", State(dossier.state), awaited=dossier.is_awaited)
    if dossier.due_at is None or dossier.limit_amount is None:
        raise letters.no_due_date()
    if not letters.is_near(dossier, act.happened_at):
        raise NotNow(
            f"Hồ sơ còn hơn {letters.AHEAD} ngày làm việc mới tới hạn, nên chưa lập phiếu xin lỗi. Chưa ghi gì; "
            "anh/chị lập khi biết chắc không kịp."
        )
    letters.check_first(
        dossier, LetterKind.APOLOGY, "apology.reschedules",
        "Hồ sơ này đã xin lỗi và hẹn lại bằng phiếu số {number} ngày {day}; chỉ được hẹn lại một lần. Chưa ghi gì; "
        "anh/chị trả kết quả sớm nhất có thể.",
    )
    letters.check_new_day(dossier, new_day, act.happened_at)
    return letters.write(act, LetterKind.APOLOGY, dossier.at_agency, letters.Contents(
        reason=reason, dossier=dossier, new_day=new_day, is_late=letters.is_too_late(dossier, act.happened_at),
    ))
