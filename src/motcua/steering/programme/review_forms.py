"""Forms of the review: handing in a decision, answering what it leaves open, laying out a row's cells, approving."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from motcua.foundation.core.days import DayField
from motcua.foundation.organisations.models import AgencyState
from motcua.steering.programme.kinds import Answers, Asked, ProductKind
from motcua.steering.programme.reviewing import Noted, Review

MOST = 20_000_000
CLASSES = (
    ("department", "Tất cả sở, ban, ngành"), ("district", "Tất cả UBND cấp huyện"), ("commune", "Tất cả UBND cấp xã"),
)
#: What a name may be when nobody of the register is meant by it.
NOBODY = "-"


class Handing(forms.Form):
    """The file of a decision."""

    document = forms.FileField(
        label="Tệp quyết định",
        help_text="Tệp chữ (.txt), Word (.docx), trang web đã lưu (.html) hoặc PDF có chữ, cả phụ lục; tới 20 MB.",
        widget=forms.FileInput({"accept": ".txt,.docx,.html,.htm,.pdf"}),
        error_messages={
            "required": "Chưa chọn tệp nào. Anh/chị chọn tệp quyết định rồi bấm Đọc tệp.",
            "empty": "Tệp này rỗng nên chưa đọc được gì. Anh/chị chọn lại tệp.",
        },
    )

    def clean_document(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["document"]
        if file.size > MOST:
            raise forms.ValidationError(
                "Tệp nặng hơn 20 MB nên chưa đọc; chưa ghi gì. Anh/chị bỏ bớt ảnh rồi gửi lại."
            )
        return file

    @property
    def takes_long(self) -> bool:
        """Return whether reading may take seconds: a PDF, told by how it begins, and any file larger than plans are."""
        file = self.cleaned_data["document"]
        begins: bytes = file.read(1024)
        file.seek(0)
        return b"%PDF-" in begins or file.size > READ_AT_ONCE


#: A plan of a province has 90 kB as text and 200 kB with its tables; what is larger is read in the background.
READ_AT_ONCE = 500_000


def agency_choices(day: date) -> list[tuple[str, Any]]:
    """Return who may be meant by a name: nobody, whole classes, and single agencies above the communes (1 query)."""
    states = AgencyState.objects.on(day).filter(kind__in=("department", "district")).select_related("agency")
    single = [(state.agency.code, state.title or state.name) for state in states.order_by("level", "name")]
    return [(NOBODY, "Không phải cơ quan trong danh mục; giữ nguyên tên"), *CLASSES, *single]


@dataclass(frozen=True, slots=True)
class Part:
    """Questions of one kind."""

    title: str
    lead: str
    fields: list[forms.BoundField]
    noted: list[tuple[Noted, forms.BoundField]]
    folds: bool = False


class Answering(forms.Form):
    """All that a draft leaves open, in one form; what is left empty stays open."""

    def __init__(self, review: Review, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.review, self.day = review, day
        choices = agency_choices(day) if review.names else []
        for name in review.names:
            self.fields[f"unit-{name.key}"] = forms.MultipleChoiceField(
                label=name.name, required=False, choices=choices, widget=forms.CheckboxSelectMultiple,
                initial=_chosen(name.codes), help_text=f"Ở dòng {', '.join(map(called, name.rows))}",
            )
        for uid, field in self._rows():
            self.fields[uid] = field
        for noted in review.noted:
            self.fields[f"note-{noted.key}"] = forms.CharField(
                label="Đã xem, kết luận", required=False, max_length=300, initial=noted.note,
                widget=forms.TextInput({"placeholder": "ví dụ: đúng như bản gốc; đã hỏi Sở …"}),
            )

    def _rows(self) -> Iterator[tuple[str, forms.Field]]:
        for uid, questions in self.review.asked.items():
            label = f"Dòng {called(uid)}"
            years = [one.year for one in questions if one.kind is Asked.OUTSIDE and one.year is not None]
            if years:
                yield f"years-{uid}", forms.MultipleChoiceField(
                    label=f"{label}: kỳ rơi ngoài các năm của chương trình, có theo dõi không", required=False,
                    choices=[(str(year), f"Theo dõi cả năm {year}") for year in years],
                    widget=forms.CheckboxSelectMultiple,
                )
            if any(one.kind in {Asked.NO_PERIOD, Asked.NO_YEAR} for one in questions):
                yield f"due-{uid}", DayField(
                    label=f"{label}: văn bản không nêu thời gian; hạn là ngày nào", required=False,
                    help_text="Để trống thì dòng này chưa có kỳ hạn và không bị tính là quá hạn.",
                )
            if any(one.kind is Asked.NO_PRODUCT_KIND for one in questions):
                yield f"kind-{uid}", forms.ChoiceField(
                    label=f"{label}: sản phẩm thuộc loại nào", required=False,
                    choices=[("", "Chưa rõ"), *((kind.value, kind.label) for kind in ProductKind)],
                )

    @property
    def parts(self) -> list[Part]:
        """Return the questions by their kind, in the order in which they are worth asking."""
        unit = [self[name] for name in self.fields if name.startswith("unit-")]
        rows = [self[name] for name in self.fields if name.startswith(("years-", "due-", "kind-"))]
        noted = [(one, self[f"note-{one.key}"]) for one in self.review.noted]
        return [
            Part(
                "Những chỗ văn bản tự mâu thuẫn",
                "Phần mềm chỉ ra, không sửa; anh/chị ghi kết luận sau khi xem bản gốc.", [], noted,
            ),
            Part(
                "Cơ quan chưa xác định được",
                "Chọn những cơ quan mà tên này chỉ; để trống nếu chưa rõ, sẽ hỏi lại.", unit, [], folds=True,
            ),
            Part("Thời gian và sản phẩm chưa rõ", "Để trống thì dòng đó chưa có kỳ hạn hoặc chưa rõ loại.", rows, []),
        ]

    def answers(self) -> Answers:
        """Return what was answered."""
        said = self.cleaned_data
        names = {name.key: name.name for name in self.review.names}
        return Answers(
            units={
                names[key[5:]]: self._codes(value) for key, value in said.items() if key.startswith("unit-") and value
            },
            kinds={key[5:]: ProductKind(value) for key, value in said.items() if key.startswith("kind-") and value},
            years={
                key[6:]: tuple(map(int, value)) for key, value in said.items() if key.startswith("years-") and value
            },
            due={key[4:]: value for key, value in said.items() if key.startswith("due-") and value},
            settled={key[5:]: value for key, value in said.items() if key.startswith("note-") and value},
        )

    def _codes(self, chosen: list[str]) -> tuple[str, ...]:
        kinds = {code for code, _ in CLASSES} & set(chosen)
        members = (
            AgencyState.objects.on(self.day).filter(kind__in=kinds).values_list("agency__code", flat=True)
            if kinds else ()
        )
        single = [code for code in chosen if code != NOBODY and code not in kinds]
        return tuple(dict.fromkeys([*members, *single]))


def called(uid: str) -> str:
    """Return a row's key as people say it: 3.4, the second one."""
    return uid.replace("#", " – lần ")


def _chosen(codes: tuple[str, ...] | None) -> list[str]:
    if codes is None:
        return []
    return list(codes) or [NOBODY]


class Recutting(forms.Form):
    """The cells of a row, laid out as the steward sees them in the document."""

    text = forms.CharField(label="Nhiệm vụ", widget=forms.Textarea({"rows": 3}))
    product = forms.CharField(label="Sản phẩm, kết quả", required=False, widget=forms.Textarea({"rows": 2}))
    lead = forms.CharField(label="Cơ quan chủ trì", required=False, widget=forms.Textarea({"rows": 2}))
    coordinating = forms.CharField(label="Cơ quan phối hợp", required=False, widget=forms.Textarea({"rows": 2}))
    period = forms.CharField(label="Thời gian thực hiện", required=False, max_length=300)
    budget = forms.CharField(label="Kinh phí", required=False, max_length=300)


class Heading(forms.Form):
    """The head of a decision as it stands on the paper."""

    number = forms.CharField(label="Số văn bản", max_length=60, help_text="Ví dụ 860/QĐ-UBND.")
    issuing_body = forms.CharField(label="Cơ quan ban hành", max_length=200)
    issued_on = DayField(label="Ngày ban hành")
    title = forms.CharField(label="Trích yếu", widget=forms.Textarea({"rows": 3}))
    signer = forms.CharField(label="Người ký", max_length=120, required=False)
    first_year = forms.IntegerField(label="Năm đầu của chương trình", min_value=1990, max_value=2100)
    last_year = forms.IntegerField(label="Năm cuối của chương trình", min_value=1990, max_value=2100)


class Approving(forms.Form):
    """Who drives the programme, who accepts the steward's own products, who issues."""

    steward = forms.ChoiceField(label="Cơ quan thường trực", help_text="Theo dõi, đôn đốc và nghiệm thu sản phẩm.")
    office = forms.ChoiceField(
        label="Nơi nghiệm thu việc của chính thường trực", required=False,
        help_text="Không cơ quan nào tự nghiệm thu việc của mình.",
    )
    issuer = forms.ChoiceField(
        label="Cơ quan ban hành các văn bản được trình", required=False, help_text="Thường là UBND tỉnh."
    )
    short = forms.CharField(
        label="Tên gọi ngắn", max_length=120, required=False,
        help_text="Hiện ở đầu các trang, ví dụ “Đề án CCHC 2016–2020”.",
    )

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = AgencyState.objects.on(day).filter(kind__in=("province", "department")).select_related("agency")
        choices = [(state.agency.public_id, state.title or state.name) for state in states.order_by("level", "name")]
        for name in ("steward", "office", "issuer"):
            blank = [] if name == "steward" else [("", "Chưa định")]
            self.fields[name].choices = [*blank, *choices]  # type: ignore[attr-defined]
