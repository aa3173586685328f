"""What happens to an occurrence: submitted, issued, accepted, returned; waiting and going on; dropped, added."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from motcua.foundation.core.files.types import Put
from motcua.foundation.core.verbs import Act, verb
from motcua.foundation.identity.types import Officer
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import family
from motcua.steering.programme import rules
from motcua.steering.programme.actions.shares import KEPT, check, check_other, happen, leads, share
from motcua.steering.programme.errors import BadProgramme
from motcua.steering.programme.kinds import FactKind, Frame, Planned, ProductKind
from motcua.steering.programme.models import Occurrence, Programme, Task
from motcua.steering.programme.policies import PROGRAMMES, working_at


@verb("occurrence.submit", policy=PROGRAMMES, locks=("occurrence",))
def submit(
    act: Act, *, occurrence: Occurrence, number: str, on: date, to: Agency | None = None,
    agency: Agency | None = None, whole: bool = False, puts: Sequence[Put] = (),
) -> Occurrence:
    """The lead hands in: number and day of the tờ trình or report, and to whom (UBND tỉnh). Its clock stops here."""
    owner = share(act, occurrence, agency, whole=whole)
    check(act, occurrence, owner, FactKind.SUBMITTED, on)
    if not number.strip():
        raise BadProgramme(
            f"Thiếu số tờ trình hoặc báo cáo. {KEPT} Anh/chị nhập số của văn bản đã gửi.", field="number"
        )
    to = to or occurrence.task.programme.issuer
    happen(act, occurrence, FactKind.SUBMITTED, on, agency=owner, number=number, to=to, puts=puts)
    return occurrence


@verb("occurrence.issue", policy=PROGRAMMES, locks=("occurrence",))
def issue(
    act: Act, *, occurrence: Occurrence, number: str, on: date, agency: Agency | None = None, whole: bool = False,
    puts: Sequence[Put] = (),
) -> Occurrence:
    """The document is issued: its number and day."""
    owner = share(act, occurrence, agency, whole=whole)
    check(act, occurrence, owner, FactKind.ISSUED, on)
    if not number.strip():
        raise BadProgramme(f"Thiếu số văn bản. {KEPT} Anh/chị nhập số văn bản đã ban hành.", field="number")
    happen(act, occurrence, FactKind.ISSUED, on, agency=owner, number=number, puts=puts)
    return occurrence


@verb("occurrence.accept", policy=PROGRAMMES, locks=("occurrence",))
def accept(
    act: Act, *, occurrence: Occurrence, on: date, number: str = "", agency: Agency | None = None, whole: bool = False,
    note: str = "", puts: Sequence[Put] = (),
) -> Occurrence:
    """The product is accepted by an agency that does not lead the row, on what proves it (number or file).

    Nor by the person who recorded that it was handed in or issued: four eyes see each product.
    """
    owner = _reviewed(act, occurrence, agency, whole=whole)
    check(act, occurrence, owner, FactKind.ACCEPTED, on)
    check_other(act, occurrence, owner)
    if not (number.strip() or puts or _is_proved(occurrence, owner)):
        raise BadProgramme(
            f"Chưa có gì chứng minh sản phẩm: không số văn bản, không tệp. {KEPT} "
            "Anh/chị nhập số biên bản nghiệm thu hoặc gửi kèm tệp.", field="number",
        )
    happen(act, occurrence, FactKind.ACCEPTED, on, agency=owner, number=number, reason=note, puts=puts)
    return occurrence


@verb("occurrence.return", policy=PROGRAMMES, locks=("occurrence",))
def give_back(
    act: Act, *, occurrence: Occurrence, on: date, reason: str, agency: Agency | None = None, whole: bool = False
) -> Occurrence:
    """What was handed in goes back to its owner with the reason; he has the days left that he had."""
    owner = _reviewed(act, occurrence, agency, whole=whole)
    check(act, occurrence, owner, FactKind.RETURNED, on)
    _need_reason(reason)
    happen(act, occurrence, FactKind.RETURNED, on, agency=owner, reason=reason)
    return occurrence


@verb("occurrence.wait", policy=PROGRAMMES, locks=("occurrence",))
def wait(
    act: Act, *, occurrence: Occurrence, on: date, reason: str, agency: Agency | None = None, whole: bool = False
) -> Occurrence:
    """Central guidance is awaited from a day on: a state of its own, in which nobody is late."""
    owner = share(act, occurrence, agency, whole=whole)
    check(act, occurrence, owner, FactKind.WAITING, on)
    _need_reason(reason)
    happen(act, occurrence, FactKind.WAITING, on, agency=owner, reason=reason)
    return occurrence


@verb("occurrence.resume", policy=PROGRAMMES, locks=("occurrence",))
def resume(
    act: Act, *, occurrence: Occurrence, on: date, number: str = "", new_due_on: date | None = None,
    agency: Agency | None = None, whole: bool = False,
) -> Occurrence:
    """The guidance is there (its number): work goes on. What had no day gets its due day now."""
    whole = whole or (occurrence.waits and occurrence.due_on is None)
    owner = None if occurrence.waits and occurrence.due_on is None else share(act, occurrence, agency, whole=whole)
    check(act, occurrence, owner, FactKind.RESUMED, on)
    if occurrence.waits and occurrence.due_on is None:
        if new_due_on is None or new_due_on < on:
            raise BadProgramme(
                f"Việc này chưa có hạn. {KEPT} Anh/chị nhập hạn mới, từ ngày {on:%d/%m/%Y} trở đi.", field="new_due_on"
            )
        occurrence.opens_on, occurrence.due_on = on, new_due_on
    happen(act, occurrence, FactKind.RESUMED, on, agency=owner, number=number, new_due_on=new_due_on)
    return occurrence


@verb("occurrence.drop", policy=PROGRAMMES, locks=("occurrence",))
def drop(act: Act, *, occurrence: Occurrence, on: date, number: str, reason: str = "") -> Occurrence:
    """By a decision (its number) it is no longer owed, by anybody."""
    check(act, occurrence, None, FactKind.DROPPED, on)
    if not number.strip():
        raise BadProgramme(
            f"Thôi thực hiện phải có văn bản của cấp có thẩm quyền. {KEPT} Anh/chị nhập số văn bản.", field="number"
        )
    happen(act, occurrence, FactKind.DROPPED, on, number=number, reason=reason)
    return occurrence


@verb("occurrence.add", policy=PROGRAMMES, locks=("task",))
def add(act: Act, *, task: Task, due_on: date, year: int | None = None) -> Occurrence:
    """The steward's answer where nothing could be unfolded, or a year outside the programme is meant all the same."""
    programme = task.programme
    if programme.is_draft or programme.issued_on is None or due_on < programme.issued_on:
        raise BadProgramme(
            f"Hạn phải từ ngày ban hành văn bản trở đi và chương trình phải được duyệt. {KEPT} Anh/chị xem lại ngày.",
            field="due_on",
        )
    year = year or due_on.year
    if task.occurrences.filter(year=year).exists():
        raise BadProgramme(f"Dòng này đã có kỳ năm {year}. {KEPT} Anh/chị mở kỳ đó để ghi.", field="due_on")
    frame = Frame(programme.issued_on, programme.first_year or year, programme.last_year or year)
    planned = Planned(year, min(max(date(due_on.year, 1, 1), frame.decided_on), due_on), due_on)
    row = Occurrence(task=task, year=year, opens_on=planned.opens_on, due_on=due_on, source="answered")
    row.save()
    task.save()
    act.record(row, first=True, task=task.ref, year=year, due=due_on.isoformat())
    act.record(task, what="add-occurrence", year=year, due=due_on.isoformat())
    return row


@verb("task.set_product", policy=PROGRAMMES, locks=("task",))
def set_product(act: Act, *, task: Task, kind: ProductKind) -> Task:
    """Say what kind of product a row is to bring; what falls due stays as it is."""
    task.product_kind = kind.value
    task.save()
    act.record(task, product=kind.value)
    return task


def _reviewed(act: Act, occurrence: Occurrence, agency: Agency | None, *, whole: bool) -> Agency | None:
    """Return whose share is judged; None where all are. Raises BadProgramme where the actor would judge his own."""
    owners = leads(occurrence)
    if agency is None and len(owners) > 1 and not whole:
        raise BadProgramme(
            f"Dòng này có {len(owners)} cơ quan chủ trì. {KEPT} Anh/chị chọn phần của cơ quan nào.", field="agency"
        )
    if agency is not None and agency not in owners:
        raise BadProgramme(f"{agency.name} không chủ trì việc này. {KEPT} Anh/chị chọn lại.", field="agency")
    judged = [agency] if agency else owners
    by = accepting(occurrence.task.programme, judged)
    if isinstance(act.actor, Officer) and (by is None or not _is_at(act.actor, by)):
        whose = by.name if by else "một cơ quan không chủ trì"
        raise BadProgramme(
            f"Phần việc này do {whose} nghiệm thu; không ai tự nghiệm thu việc của mình. {KEPT} "
            "Anh/chị đề nghị cơ quan đó."
        )
    return None if whole else agency or next(iter(owners), None)


def _is_at(actor: Officer, agency: Agency) -> bool:
    return any(agency.pk in family(one) for one in working_at(actor))


def accepting(programme: Programme, owners: Sequence[Agency]) -> Agency | None:
    """Return who accepts the products of these lead agencies: steward, his office, or who issues."""
    return rules.accepter(owners, [programme.steward, programme.office, programme.issuer])


def _is_proved(occurrence: Occurrence, owner: Agency | None) -> bool:
    facts = occurrence.facts.filter(agency=owner) if owner else occurrence.facts.all()
    return facts.exclude(number="", evidence__isnull=True).filter(what__in=("submitted", "issued")).exists()


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise BadProgramme(f"Thiếu lý do. {KEPT} Anh/chị ghi lý do ngắn gọn.", field="reason")
