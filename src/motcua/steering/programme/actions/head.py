"""What a reading missed of a document's head, as the steward reads it on the paper."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from motcua.foundation.core.verbs import Act, verb
from motcua.steering.programme import entering
from motcua.steering.programme.errors import BadProgramme
from motcua.steering.programme.kinds import ProgrammeState
from motcua.steering.programme.models import Programme
from motcua.steering.programme.policies import PROGRAMMES

KEPT = "Phần đầu cũ giữ nguyên."


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a decision. Without day and years nothing can fall due."""

    number: str
    issuing_body: str
    issued_on: date
    title: str
    first_year: int
    last_year: int
    signer: str = ""


@verb("programme.correct_head", policy=PROGRAMMES, locks=("programme",))
def correct_head(act: Act, *, programme: Programme, head: Head) -> Programme:
    """Set the head of a draft. The stored reading stays as it was read; another file of the document is read anew."""
    _check(programme, head)
    programme.number, programme.issuing_body, programme.signer = head.number, head.issuing_body, head.signer
    programme.body_key = entering.body_key(head.issuing_body)
    programme.issued_on, programme.title = head.issued_on, head.title
    programme.first_year, programme.last_year = head.first_year, head.last_year
    programme.save()
    said = json.dumps([head.number, head.issuing_body, head.signer, head.title], ensure_ascii=False)
    act.record(
        programme, issued_on=str(head.issued_on), first_year=head.first_year, last_year=head.last_year,
        head=hashlib.sha256(said.encode()).hexdigest(),
    )
    return programme


def _check(programme: Programme, head: Head) -> None:
    if programme.state != ProgrammeState.DRAFT:
        raise BadProgramme(
            f"Chương trình đã duyệt nên phần đầu không sửa ở đây nữa. {KEPT} Anh/chị nhập văn bản sửa đổi, đính chính."
        )
    if not head.first_year <= head.last_year:
        raise BadProgramme(f"Năm cuối trước năm đầu. {KEPT} Anh/chị xem lại hai năm.", field="last_year")
    if not any(map(str.isdigit, head.number)):
        raise BadProgramme(f"Số văn bản phải có chữ số, ví dụ 860/QĐ-UBND. {KEPT} Anh/chị nhập lại.", field="number")
    same = Programme.objects.filter(
        number=head.number, body_key=entering.body_key(head.issuing_body), issued_on=head.issued_on
    )
    if same.exclude(pk=programme.pk).exists():
        raise BadProgramme(
            f"Đã có một chương trình theo văn bản {head.number} của ngày đó. {KEPT} Anh/chị mở chương trình ấy, hoặc "
            "xem lại số và ngày.", field="number",
        )
