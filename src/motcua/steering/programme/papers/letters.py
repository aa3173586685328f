"""The letter of reminder as a paper: what it says, and the bytes kept from the first look on."""

from __future__ import annotations

from typing import Any

from motcua.foundation.core import settings_rows, words
from motcua.foundation.core.files.types import Put
from motcua.foundation.core.papers import keeping, rendering
from motcua.foundation.core.papers.keeping import Issue
from motcua.foundation.core.papers.models import Paper
from motcua.foundation.core.policies import Actor, Policy
from motcua.foundation.core.verbs import Act, Call, verb
from motcua.steering.programme.kinds import Rung
from motcua.steering.programme.models import Reminder
from motcua.steering.programme.policies import PROGRAMMES

TEMPLATE = "steering/programme/papers/reminder.typ"


class PaperPolicy(Policy):
    """Whoever may read a programme may print its letters."""

    guards_registers = False

    def refusal(self, actor: Actor, verb: str, row: Any) -> str | None:  # noqa: ARG002 - every policy's shape
        return PROGRAMMES.refusal(actor, "programme.read", row)


PAPERS = PaperPolicy()


@verb("reminder.print", policy=PAPERS, on="reminder")
def keep_letter(act: Act, *, reminder: Reminder, issue: Issue, put: Put) -> Paper:  # noqa: ARG001 - the policy asks
    """Keep a letter that was just set. Raises IntegrityError where it is there already."""
    return keeping.keep(act, issue, put)


def letter_of(call: Call, reminder: Reminder) -> Paper:
    """Return the letter as it was issued, set now if nobody has looked at it yet."""
    found = keeping.find(reminder.ref, "reminder")
    if found is not None:
        return found
    content = rendering.render(TEMPLATE, data_of(reminder), reminder.at)
    issue = Issue(of=reminder.ref, what="reminder", name=f"don-doc-{reminder.year}-{reminder.number or 0}.pdf",
                  happened_at=reminder.at)  # fmt: skip
    return keeping.once(issue, content, lambda put: keep_letter(call, reminder=reminder, issue=issue, put=put))


def data_of(reminder: Reminder) -> dict[str, Any]:
    """Return what the letter says, as plain values."""
    programme, on = reminder.programme, reminder.on
    lines = reminder.lines.select_related("occurrence__task", "agency").order_by("due_on", "pk")
    place = programme.place.removeprefix("Tỉnh ").removeprefix("tỉnh ") or "…"
    is_late = Rung(reminder.rung) is not Rung.OWNER
    return {
        "title": f"{reminder.code} – {programme.called}", "exercise": settings_rows.exercise_note(),
        "above": programme.issuing_body.upper(), "sender": reminder.sender.name.upper(), "number": reminder.code,
        "about": f"V/v đôn đốc thực hiện {programme.type} {programme.number}",
        "place_date": f"{place}, ngày {on.day:02d} tháng {on.month:02d} năm {on.year}", "to": reminder.to.name,
        "says": [
            f"Thực hiện {programme.type} số {programme.number} ngày {words.day(programme.issued_on)}, tính đến ngày "
            f"{words.day(on)}, {'các nhiệm vụ sau đã quá hạn' if is_late else 'các nhiệm vụ sau sắp đến hạn'}:",
        ],
        "head": ["Số", "Nhiệm vụ", "Cơ quan chủ trì", "Hạn", "Quá (ngày)"],
        "rows": [
            [line.occurrence.task.number, line.occurrence.task.text, line.agency.name, words.day(line.due_on),
             str(max(0, (on - line.due_on).days)) if is_late else "–"]
            for line in lines
        ],
        "ends": [
            f"{reminder.sender.name} kính báo cáo {reminder.to.name} xem xét, chỉ đạo các cơ quan nêu trên."
            if Rung(reminder.rung) is Rung.CHAIRMAN else
            f"Đề nghị {reminder.to.name} chỉ đạo thực hiện, gửi kết quả hoặc lý do chậm về {reminder.sender.name} "
            "trong thời gian sớm nhất.",
        ],
        "recipients": ["Như trên", f"Lưu: VT, {reminder.sender.name}"], "signer": "THỦ TRƯỞNG CƠ QUAN",
    }  # fmt: skip
