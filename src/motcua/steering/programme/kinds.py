"""What becomes of a programme: states, facts, kinds of product, money, rungs; and what rules take and give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from motcua.steering.programme.types import Period


class _Said(StrEnum):
    """A code with its Vietnamese words."""

    @property
    def label(self) -> str:
        return LABELS[type(self)][self]


class ProgrammeState(_Said):
    """Where a programme stands: read and not yet approved, at work, at work after an amendment."""

    DRAFT = "draft"
    APPROVED = "approved"
    AMENDED = "amended"


class HandInState(_Said):
    """How far the reading of a file is that takes longer than a page may."""

    WAITING = "waiting"
    READ = "read"
    REFUSED = "refused"


class ProductKind(_Said):
    """What a row is to bring about; each kind has its own evidence."""

    DOCUMENT = "document"
    SYSTEM = "system"
    WORKS = "works"
    EVENT = "event"
    BODY = "body"
    STANDING = "standing"


class Part(_Said):
    """What an agency has to do with a row."""

    LEAD = "lead"
    COORDINATING = "coordinating"


class FactKind(_Said):
    """What happened to an occurrence on a day. States are worked out from these and nothing else."""

    WAITING = "waiting"
    RESUMED = "resumed"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ISSUED = "issued"
    ACCEPTED = "accepted"
    DROPPED = "dropped"


class State(_Said):
    """How an occurrence stands on a day."""

    NOT_DUE = "not-due"
    OPEN = "open"
    WAITING = "waiting"
    SUBMITTED = "submitted"
    ISSUED = "issued"
    ACCEPTED = "accepted"
    LATE = "late"
    DROPPED = "dropped"


class Money(_Said):
    """Three figures that are never merged."""

    PLANNED = "planned"
    ALLOCATED = "allocated"
    SPENT = "spent"


class Source(_Said):
    """Where money comes from."""

    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    OTHER = "other"


class ProjectState(_Said):
    """How far a project inside a row is."""

    NEEDED = "needed"
    APPROVED = "approved"
    BUILDING = "building"
    FINISHED = "finished"
    STOPPED = "stopped"


class Rung(_Said):
    """To whom a reminder goes, from below to above."""

    OWNER = "owner"
    OWN_HEAD = "own-head"
    SUPERIOR = "superior"
    STEWARD = "steward"
    CHAIRMAN = "chairman"


class Asked(_Said):
    """What cannot be unfolded without an answer of the steward."""

    NO_PERIOD = "no-period"
    NO_YEAR = "no-year"
    OUTSIDE = "outside-programme"
    NO_PRODUCT_KIND = "no-product-kind"
    NO_AGENCY = "no-agency"


#: By class, for codes of different classes are alike as texts: a fact “submitted” and a state “submitted”.
LABELS: Mapping[type[StrEnum], Mapping[str, str]] = {
    HandInState: {
        HandInState.WAITING: "Đang đọc",
        HandInState.READ: "Đã đọc",
        HandInState.REFUSED: "Không đọc được",
    },
    ProgrammeState: {
        ProgrammeState.DRAFT: "Bản đọc, chưa duyệt",
        ProgrammeState.APPROVED: "Đang thực hiện",
        ProgrammeState.AMENDED: "Đang thực hiện, đã sửa đổi",
    },
    ProductKind: {
        ProductKind.DOCUMENT: "Văn bản",
        ProductKind.SYSTEM: "Phần mềm, hệ thống",
        ProductKind.WORKS: "Công trình",
        ProductKind.EVENT: "Hội nghị, sự kiện",
        ProductKind.BODY: "Tổ chức, hội đồng",
        ProductKind.STANDING: "Kết quả thường xuyên",
    },
    Part: {
        Part.LEAD: "Chủ trì",
        Part.COORDINATING: "Phối hợp",
    },
    FactKind: {
        FactKind.WAITING: "Chờ hướng dẫn của Trung ương",
        FactKind.RESUMED: "Đã có hướng dẫn, làm tiếp",
        FactKind.SUBMITTED: "Đã trình",
        FactKind.RETURNED: "Trả lại để làm tiếp",
        FactKind.ISSUED: "Đã ban hành",
        FactKind.ACCEPTED: "Đã nghiệm thu",
        FactKind.DROPPED: "Thôi thực hiện theo quyết định",
    },
    State: {
        State.NOT_DUE: "Chưa tới kỳ",
        State.OPEN: "Đang làm",
        State.WAITING: "Chờ hướng dẫn Trung ương",
        State.SUBMITTED: "Đã trình, chờ ban hành",
        State.ISSUED: "Đã ban hành, chờ nghiệm thu",
        State.ACCEPTED: "Đã nghiệm thu",
        State.LATE: "Quá hạn",
        State.DROPPED: "Thôi thực hiện",
    },
    Money: {
        Money.PLANNED: "Dự kiến",
        Money.ALLOCATED: "Đã giao",
        Money.SPENT: "Đã chi",
    },
    Source: {
        Source.CENTRAL: "Ngân sách trung ương",
        Source.PROVINCE: "Ngân sách tỉnh",
        Source.DISTRICT: "Ngân sách huyện",
        Source.COMMUNE: "Ngân sách xã",
        Source.OTHER: "Nguồn hợp pháp khác",
    },
    ProjectState: {
        ProjectState.NEEDED: "Có nhu cầu",
        ProjectState.APPROVED: "Đã phê duyệt",
        ProjectState.BUILDING: "Đang xây dựng",
        ProjectState.FINISHED: "Đã hoàn thành",
        ProjectState.STOPPED: "Dừng",
    },
    Rung: {
        Rung.OWNER: "Người được giao việc",
        Rung.OWN_HEAD: "Thủ trưởng cơ quan chủ trì",
        Rung.SUPERIOR: "Thủ trưởng cơ quan cấp trên",
        Rung.STEWARD: "Thường trực cải cách hành chính",
        Rung.CHAIRMAN: "Chủ tịch UBND tỉnh",
    },
    Asked: {
        Asked.NO_PERIOD: "Dòng này không nêu thời gian thực hiện",
        Asked.NO_YEAR: "Thời gian in không có năm",
        Asked.OUTSIDE: "Kỳ này rơi ngoài các năm của chương trình",
        Asked.NO_PRODUCT_KIND: "Chưa rõ loại sản phẩm",
        Asked.NO_AGENCY: "Chưa rõ cơ quan chủ trì",
    },
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What bounds the unfolding: the day of the decision and the years of the programme."""

    decided_on: date
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class Row:
    """What unfolding needs to know of a row: its period, what it brings, and what the steward has answered."""

    period: Period
    product: ProductKind | None
    years: tuple[int, ...] = ()
    """Years outside the programme that the steward has said yes to."""
    due_on: date | None = None
    """The day the steward set where none is printed."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One time a row falls due. Without `due_on` it waits for something that has no date yet."""

    year: int | None
    opens_on: date
    due_on: date | None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What the steward is asked about a row."""

    kind: Asked
    year: int | None = None
    due_on: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Unfolded:
    """What a row unfolds into, and what has to be asked first."""

    occurrences: tuple[Planned, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """A dated fact as the rules see it. Facts of one day keep the order they are given in."""

    on: date
    what: FactKind


@dataclass(frozen=True, slots=True)
class Term:
    """The time an occurrence has: from when it can be worked on, until when."""

    opens_on: date
    due_on: date | None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How an occurrence stands on a day: its state, since when, and the due date moved by the days it stood still."""

    state: State
    since: date
    due_on: date | None
    days_late: int = 0


#: Days after the due date (negative: before) from which a reminder goes to a rung.
Ladder = Mapping[Rung, int]
LADDER: Ladder = {Rung.OWNER: -15, Rung.OWN_HEAD: 1, Rung.SUPERIOR: 10, Rung.STEWARD: 20, Rung.CHAIRMAN: 30}


@dataclass(frozen=True, slots=True)
class Answers:
    """What the steward answered on the review of a reading; kept, so that re-reading asks only what is new.

    `units`: a name as printed → register codes. `kinds`, `years`, `due`: by the row's uid. `settled`: an anomaly's key
    → what was found out about it (the document itself is never corrected). `cells`: a row's uid → its cells, where
    the steward laid them out otherwise than they were read.
    """

    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kinds: Mapping[str, ProductKind] = field(default_factory=dict)
    years: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    due: Mapping[str, date] = field(default_factory=dict)
    settled: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which a later reading differs: which row or target, which cell, before and after."""

    what: str
    key: str
    field: str
    before: str
    after: str

    @property
    def words(self) -> str:
        """The cell in words."""
        return FIELD_WORDS.get(self.field, self.field)


FIELD_WORDS: Mapping[str, str] = {
    "added": "dòng mới", "ended": "không còn trong bản mới", "group": "Nhóm", "number": "Số", "text": "Nội dung",
    "product": "Sản phẩm", "lead": "Chủ trì", "coordinating": "Phối hợp", "period": "Thời gian", "budget": "Kinh phí",
    "type": "Loại văn bản", "issuing_body": "Cơ quan ban hành", "place": "Nơi ban hành", "issue_date": "Ngày ban hành",
    "effective_date": "Ngày hiệu lực", "signer": "Người ký", "signer_office": "Chức vụ người ký",
    "title": "Tên văn bản", "status": "Hiệu lực", "first_year": "Năm đầu", "last_year": "Năm cuối",
}


@dataclass(frozen=True, slots=True)
class ProjectData:
    """What is entered of a project inside a row. Money in đồng."""

    name: str
    state: ProjectState
    capital_vnd: int | None = None
    started_on: date | None = None
    finished_on: date | None = None
