"""What is given out as open data: each set with its columns, its rows as plain values, and when it last changed.

Only programmes at work are told of, and nobody who works on them. A higher room adds its sets with `declare`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Max

from motcua.foundation.core import time
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.indicators import registry
from motcua.foundation.indicators import selectors as numbers
from motcua.steering.programme import selectors as programmes
from motcua.steering.programme import today
from motcua.steering.programme.models import Entry, Fact, Programme, StoredReading
from motcua.steering.programme.needles import selectors
from motcua.steering.programme.needles.models import Choice, Point
from motcua.steering.programme.needles.selectors import Needle
from motcua.steering.programme.needles.types import Kind, Verdict
from motcua.steering.programme.presenting import said_of

Cell = str | int | Decimal | date | datetime | None
Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A set that anybody may take. `columns` maps the name of a column to what it holds."""

    slug: str
    title: str
    about: str
    columns: Mapping[str, str]
    rows: Callable[[], Sequence[Row]]
    changed: Callable[[], datetime | None]
    keywords: Sequence[str] = ()
    every: str = "IRREG"
    """How often it changes: a code of the European list of frequencies (DAILY, MONTHLY, QUARTERLY, IRREG)."""


_declared: dict[str, Dataset] = {}


def declare(dataset: Dataset) -> None:
    """Add a set; the same one declared twice (a module loaded again) counts once."""
    _declared[dataset.slug] = dataset


def declared() -> list[Dataset]:
    """Return all sets, in the order of their declaration."""
    return list(_declared.values())


def find(slug: str) -> Dataset | None:
    """Return a set by its name in addresses."""
    return _declared.get(slug)


def _tasks() -> list[Row]:
    return [row for programme in programmes.approved() for row in _tasks_of(programme)]


def _tasks_of(programme: Programme) -> Iterator[Row]:
    day = today.day()
    for line in programmes.lines(programme, day):
        task, due = line.task, line.now
        yield {
            "so_van_ban": programme.number, "khoa": task.uid, "so_in": task.number, "nhom": task.group.name,
            "nhiem_vu": task.text, "san_pham": task.product, "chu_tri": task.lead, "phoi_hop": task.coordinating,
            "thoi_gian": task.period_text, "kinh_phi_in": task.budget_text, "kinh_phi_dong": task.amount_vnd,
            "tinh_trang": due.state.value if due else None, "tinh_trang_bang_chu": said_of(due),
            "han": due.due_on if due else None, "ngay": day,
        }


def _needles() -> list[Row]:
    day = today.day()
    return [
        _needle(programme, one, day) for programme in programmes.approved()
        for one in selectors.needles(programme, day)
    ]


def _needle(programme: Programme, one: Needle, day: date) -> Row:
    row, ahead, holding = one.measure, one.standing.forecast, one.holding
    start, now, goal = one.baseline, one.now, one.goal
    return {
        "so_van_ban": programme.number, "ma": row.code, "muc_tieu": row.target.text, "chi_tieu": row.text,
        "so_sanh": goal.comparator if goal else None, "can_dat": goal.value if goal else None, "don_vi": row.unit,
        "pham_vi": row.scope, "han": goal.by if goal else None,
        "ban_dau": start.value if start else None, "ban_dau_ngay": start.on if start else None,
        "ban_dau_tu_so": start.numerator if start else None, "ban_dau_mau_so": start.denominator if start else None,
        "hien_nay": now.value if now else None, "hien_nay_ngay": now.on if now else None,
        "tu_so": now.numerator if now else None, "mau_so": now.denominator if now else None,
        "nguon": "truc-tiep" if one.kind is Kind.LIVE else "nhap-tay",
        "cach_doc": holding.formula.words if holding else None,
        "nguon_nhap": one.latest.source if one.latest else None, "tinh_trang": VERDICTS[one.verdict],
        "ly_do": one.standing.why, "du_bao": ahead.middle if ahead else None,
        "du_bao_thap": ahead.low if ahead else None, "du_bao_cao": ahead.high if ahead else None,
        "co_quan": row.responsible.name if row.responsible else None, "ngay": day,
    }


def _history() -> list[Row]:
    day = today.day()
    return [
        {
            "so_van_ban": programme.number, "ma": one.measure.code, "ngay": value.on, "gia_tri": value.value,
            "tu_so": value.numerator, "mau_so": value.denominator, "don_vi": one.measure.unit,
            "nguon": "truc-tiep" if one.kind is Kind.LIVE else "nhap-tay",
        }
        for programme in programmes.approved() for one in selectors.needles(programme, day) for value in one.history
    ]


def _numbers() -> list[Row]:
    found = numbers.ask_many(registry.codes())
    return [
        {
            "ma": of.code, "ten": of.name, "don_vi": of.unit.label, "gia_tri": number.value,
            "tu_so": number.numerator, "mau_so": number.denominator, "chua_ghi": number.unstated,
            "ly_do_chua_biet": number.unknown or None, "ky_tu": number.period.first, "ky_den": number.period.last,
            "tinh_den_het": number.as_of, "cach_tinh": of.formula, "cach_doc": of.reading,
        }
        for of in registry.declared() for number in [found[of.code]]
    ]


def _latest(*found: datetime | None) -> datetime | None:
    return max([one for one in found if one is not None], default=None)


def _tasks_changed() -> datetime | None:
    return _latest(
        Fact.objects.exclude(occurrence__task__programme__state="draft").aggregate(at=Max("at"))["at"],
        StoredReading.objects.exclude(programme__state="draft").aggregate(at=Max("at"))["at"],
    )


def _needles_changed() -> datetime | None:
    return _latest(*(model.objects.aggregate(at=Max("at"))["at"] for model in (Entry, Choice, Point)))


def _numbers_changed() -> datetime | None:
    """Return when anything was last done at all: any act may move a number."""
    last = LedgerEvent.objects.order_by("-pk").values_list("entered_us", flat=True).first()
    return None if last is None else time.from_microseconds(last)


#: As the dataset spells it: a Vietnamese reader meets no English code.
VERDICTS = {
    Verdict.MET: "dat", Verdict.ON_PACE: "dung-nhip", Verdict.BEHIND: "cham-nhip", Verdict.UNKNOWN: "chua-biet",
}
TASKS = Dataset(
    "nhiem-vu", "Nhiệm vụ của chương trình cải cách hành chính",
    "Từng dòng phụ lục của quyết định: lời in, cơ quan chủ trì, thời gian, kinh phí, và tình trạng hiện nay.",
    {
        "so_van_ban": "Số quyết định", "khoa": "Khóa của dòng, không trùng", "so_in": "Số in, có thể trùng",
        "nhom": "Nhóm", "nhiem_vu": "Nhiệm vụ", "san_pham": "Sản phẩm", "chu_tri": "Cơ quan chủ trì, nguyên văn",
        "phoi_hop": "Cơ quan phối hợp, nguyên văn", "thoi_gian": "Thời gian, nguyên văn",
        "kinh_phi_in": "Kinh phí, nguyên văn",
        "kinh_phi_dong": "Kinh phí, đồng; trống là văn bản không nêu số",
        "tinh_trang": "Mã tình trạng của kỳ cần chú ý nhất",
        "tinh_trang_bang_chu": "Tình trạng bằng chữ", "han": "Hạn của kỳ đó", "ngay": "Tình hình ngày",
    },
    _tasks, _tasks_changed, ("cải cách hành chính", "nhiệm vụ", "tiến độ"), "DAILY",
)
NEEDLES = Dataset(
    "chi-tieu", "Chỉ tiêu của chương trình cải cách hành chính",
    "Từng chỉ tiêu đo được: giá trị ban đầu theo quyết định, hiện nay, cần đạt, dự báo và tình trạng.",
    {
        "so_van_ban": "Số quyết định", "ma": "Mã chỉ tiêu", "muc_tieu": "Mục tiêu", "chi_tieu": "Chỉ tiêu",
        "so_sanh": "Phép so sánh; trống hoặc = là đạt khi bằng", "can_dat": "Giá trị cần đạt", "don_vi": "Đơn vị",
        "pham_vi": "Phạm vi, nguyên văn", "han": "Thời hạn", "ban_dau": "Giá trị ban đầu",
        "ban_dau_ngay": "Ngày của nó",
        "ban_dau_tu_so": "Tử số ban đầu", "ban_dau_mau_so": "Mẫu số ban đầu",
        "hien_nay": "Giá trị hiện nay; trống là chưa biết, không phải không", "hien_nay_ngay": "Ngày của nó",
        "tu_so": "Tử số hiện nay", "mau_so": "Mẫu số hiện nay", "nguon": "truc-tiep hoặc nhap-tay",
        "cach_doc": "Cách đọc đang áp dụng", "nguon_nhap": "Nguồn của số nhập tay",
        "tinh_trang": "dat, dung-nhip, cham-nhip hoặc chua-biet", "ly_do": "Vì sao",
        "du_bao": "Dự báo đến thời hạn", "du_bao_thap": "Dự báo thấp", "du_bao_cao": "Dự báo cao",
        "co_quan": "Cơ quan chịu trách nhiệm số liệu", "ngay": "Tình hình ngày",
    },
    _needles, _needles_changed, ("cải cách hành chính", "chỉ tiêu", "mục tiêu"), "DAILY",
)
HISTORY = Dataset(
    "dien-bien-chi-tieu", "Diễn biến các chỉ tiêu", "Mọi giá trị đã đo của từng chỉ tiêu, theo ngày.",
    {
        "so_van_ban": "Số quyết định", "ma": "Mã chỉ tiêu", "ngay": "Ngày", "gia_tri": "Giá trị", "tu_so": "Tử số",
        "mau_so": "Mẫu số", "don_vi": "Đơn vị", "nguon": "truc-tiep hoặc nhap-tay",
    },
    _history, _needles_changed, ("cải cách hành chính", "chỉ tiêu"), "MONTHLY",
)
NUMBERS = Dataset(
    "so-lieu", "Bảng số liệu toàn tỉnh",
    "Mọi con số hệ thống tự tính từ hồ sơ, thủ tục và danh mục cơ quan, năm nay, trên toàn tỉnh, kèm cách tính.",
    {
        "ma": "Mã", "ten": "Tên", "don_vi": "Đơn vị", "gia_tri": "Giá trị; trống là chưa biết", "tu_so": "Tử số",
        "mau_so": "Mẫu số", "chua_ghi": "Số dòng chưa ghi rõ", "ly_do_chua_biet": "Vì sao chưa biết",
        "ky_tu": "Kỳ từ ngày", "ky_den": "Kỳ đến ngày", "tinh_den_het": "Tính đến hết ngày", "cach_tinh": "Cách tính",
        "cach_doc": "Cách đọc luật",
    },
    _numbers, _numbers_changed, ("hồ sơ", "thủ tục hành chính", "một cửa"), "DAILY",
)
for _one in (TASKS, NEEDLES, HISTORY, NUMBERS):
    declare(_one)
