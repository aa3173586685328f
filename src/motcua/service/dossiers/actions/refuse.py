"""Refusing at the counter: no dossier, no code; a numbered form with the reason in the person's hand."""

from __future__ import annotations

from motcua.foundation.core.errors import Invalid
from motcua.foundation.core.verbs import Act, verb
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import has_ended
from motcua.service.dossiers import letters
from motcua.service.dossiers.errors import NotReceivable
from motcua.service.dossiers.models import Letter
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.types import LetterKind, Person
from motcua.service.procedures.models import ProcedureVersion


@verb("dossier.refuse", policy=DOSSIERS, on="agency")
def refuse(act: Act, *, agency: Agency, person: Person, reason: str, version: ProcedureVersion | None = None) -> Letter:
    """Refuse to receive, in writing (form 03; Decree 61/2018/NĐ-CP, article 17). Raises NotReceivable, Invalid."""
    if has_ended(agency):
        raise NotReceivable(
            f"{agency.name} đã kết thúc hoạt động, nên không lập văn bản được nữa. Chưa ghi gì; anh/chị lập tại "
            "cơ quan kế thừa."
        )
    if not person.name.strip():
        raise Invalid("Chưa có họ tên người nộp. Anh/chị nhập họ tên rồi bấm lại.", field="person")
    if not (version or person.wish.strip()):
        raise Invalid("Chưa ghi người nộp đề nghị việc gì. Anh/chị chọn thủ tục hoặc ghi nội dung.", field="wish")
    if not reason.strip():
        raise Invalid("Từ chối phải ghi rõ lý do; chưa ghi gì. Anh/chị nhập lý do rồi bấm lại.", field="reason")
    return letters.write(
        act, LetterKind.REFUSAL, agency, letters.Contents(reason=reason, person=person, version=version)
    )
