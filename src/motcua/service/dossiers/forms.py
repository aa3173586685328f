"""Forms of the verbs on a dossier, of tracking and of search. The counter's form is in `intake`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from motcua.foundation.calendar.types import PausePolicy
from motcua.foundation.core.days import DayField
from motcua.foundation.core.files.types import FileKind, Limits
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import at_work
from motcua.service.dossiers.models import Dossier, DossierPaper
from motcua.service.dossiers.selectors import asked_papers, missing_papers
from motcua.service.dossiers.types import Ground, LetterKind, Missing
from motcua.service.procedures.models import ProcedurePaper, ProcedureVersion, Step
from motcua.service.procedures.types import State as InForce

POLICY_LABELS = [
    (PausePolicy.RESUME, "Tính tiếp số ngày còn lại"),
    (PausePolicy.RESTART, "Tính lại từ đầu khi nhận đủ"),
    (PausePolicy.NO_STOP, "Không dừng đồng hồ"),
]


FILES = Limits(
    size=20_000_000,
    kinds=frozenset({FileKind.PDF, FileKind.PNG, FileKind.JPEG, FileKind.DOCX, FileKind.XLSX}),
)
FILE_HINT = f"{FILES.kinds_words}; một tệp nặng nhất {FILES.size // 1_000_000} MB."
CUT = (
    "Đường truyền bị ngắt giữa chừng nên tệp chưa tới đủ và không được nhận; không giữ lại gì của lần gửi này. "
    "Anh/chị chọn lại tệp rồi gửi."
)


LONGEST = 366
"""Days of a register at most."""


def check_letters(name: str) -> None:
    """Refuse a name in which no letter stands, as in a number typed into the wrong line."""
    if not any(sign.isalpha() for sign in name):
        raise forms.ValidationError(
            "Ô này ghi tên mà chưa có chữ cái nào. Anh/chị nhập họ và tên, hoặc tên tổ chức; các ô khác giữ nguyên."
        )


class Reason(forms.Form):
    """A reason, where the verb must give one."""

    reason = forms.CharField(label="Lý do", max_length=2000, widget=forms.Textarea({"rows": 3}))


class Suspend(Reason):
    """Ground and policy of a suspension; waiting for papers, which ones. Those that did not come are ticked already."""

    ground = forms.ChoiceField(label="Căn cứ tạm dừng", choices=[(g.value, g.label) for g in Ground])
    policy = forms.ChoiceField(label="Cách tính thời hạn", choices=POLICY_LABELS)
    reason = forms.CharField(
        label="Lý do, việc cần làm", max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text="Người nộp đọc câu này trên trang tra cứu, ví dụ “Nộp bổ sung bản sao giấy khai sinh”.",
    )
    missing = forms.MultipleChoiceField(
        label="Giấy tờ cần bổ sung", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Khi chờ công dân bổ sung: phiếu yêu cầu chỉ gửi một lần, nên đánh dấu cho đủ.",
    )
    other = forms.CharField(
        label="Giấy tờ ngoài danh mục", required=False, max_length=300,
        help_text="Chỉ khi có căn cứ pháp lý; ghi căn cứ ở ô dưới.",
    )
    basis = forms.CharField(label="Căn cứ yêu cầu giấy tờ đó", required=False, max_length=300)
    field_order = ("ground", "missing", "reason", "policy", "other", "basis")

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {str(paper.pk): paper.plain_name for paper in asked_papers(dossier)}
        if asked:
            self.fields["missing"].choices = list(asked.items())  # type: ignore[attr-defined]
            self.fields["missing"].initial = [str(paper.pk) for paper in missing_papers(dossier)]
        else:
            del self.fields["missing"]
        self._asked = asked

    @property
    def wanted(self) -> list[Missing]:
        """What is asked for: published papers as ticked, and another with its basis."""
        if self.cleaned_data["ground"] != Ground.SUPPLEMENT:
            return []
        found = [Missing(self._asked[key], int(key)) for key in self.cleaned_data.get("missing", [])]
        other = self.cleaned_data["other"].strip()
        return [*found, Missing(other, basis=self.cleaned_data["basis"].strip())] if other else found


class Stop(Reason):
    """Why it ends without a result, and by which letter the applicant is told."""

    letter = forms.ChoiceField(
        label="Văn bản gửi người nộp", required=False, widget=forms.RadioSelect, initial=LetterKind.STOP,
        choices=[(kind.value, kind.label) for kind in (LetterKind.STOP, LetterKind.REFUSAL)],
    )
    field_order = ("letter", "reason")


class Apologise(Reason):
    """Why it is late, and the day that is promised now."""

    new_day = DayField(
        label="Ngày hẹn lại",
        help_text="In trên phiếu để người dân biết. Hồ sơ vẫn được tính theo ngày hẹn cũ.",
    )
    field_order = ("reason", "new_day")


class Refuse(forms.Form):
    """Who is told no at the counter, what he asked for, and why."""

    person = forms.CharField(label="Họ tên người nộp", max_length=200, validators=[check_letters])
    address = forms.CharField(label="Địa chỉ", required=False, max_length=300)
    phone = forms.CharField(label="Điện thoại", required=False, max_length=30)
    code = forms.CharField(
        label="Mã thủ tục", required=False, max_length=40,
        help_text="Ví dụ 1.000110; không có thì ghi nội dung ở ô dưới.",
    )
    wish = forms.CharField(
        label="Nội dung đề nghị", required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
    )
    reason = forms.CharField(label="Lý do từ chối", max_length=2000, widget=forms.Textarea({"rows": 3}))

    def clean_code(self) -> ProcedureVersion | None:
        """Return the procedure in force that the code names."""
        code = self.cleaned_data["code"].strip()
        if not code:
            return None
        found = ProcedureVersion.objects.filter(procedure__code=code, state=InForce.IN_FORCE).first()
        if found is None:
            raise forms.ValidationError("Không có thủ tục nào đang hiệu lực mang mã này. Anh/chị xem lại mã.")
        return found


class StepChoice(forms.ModelChoiceField[Step]):
    """A step as the officer knows it: its place in the process and its name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"Bước {obj.position}: {obj.name}"


class HandOver(forms.Form):
    """Where it goes and a word to go with it. What the process tells is filled in; else the agency is asked."""

    to_step = StepChoice(label="Bước nhận", queryset=Step.objects.none(), required=False, empty_label=None)
    to_agency = forms.ModelChoiceField(
        label="Cơ quan nhận", queryset=Agency.objects.none(), required=False, empty_label="Theo quy trình",
    )
    note = forms.CharField(
        label="Ghi chú cho bên nhận", required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, dossier: Dossier, ahead: Sequence[Step], full: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._step(dossier, ahead, full)
        self._agency(dossier, full)

    def _step(self, dossier: Dossier, ahead: Sequence[Step], full: bool) -> None:
        field = self.fields["to_step"]
        assert isinstance(field, forms.ModelChoiceField)
        if dossier.process_id is None or not (full or ahead):
            del self.fields["to_step"]
            return
        field.queryset = Step.objects.filter(process=dossier.process_id).exclude(pk=dossier.at_step_id or 0)
        field.initial = ahead[0].pk if ahead else None
        if not full:  # the steps are known already: draw them without asking again
            field.required = True
            field.choices = [(step.pk, field.label_from_instance(step)) for step in ahead]

    def _agency(self, dossier: Dossier, full: bool) -> None:
        field = self.fields["to_agency"]
        assert isinstance(field, forms.ModelChoiceField)
        if dossier.process_id is not None and not full:
            del self.fields["to_agency"]
            return
        field.queryset = at_work().exclude(pk=dossier.at_agency_id)
        field.required = dossier.process_id is None
        if field.required:
            field.empty_label = "Chọn cơ quan"


class Attach(forms.Form):
    """A file and the paper it belongs to. `whole` comes last in the form: a sending that was cut off lacks it."""

    title = forms.CharField(
        label="Tên tài liệu", required=False, max_length=200,
        help_text="Với tài liệu khác, ví dụ “Biên bản xác minh ngày 3/4”; để trống thì lấy tên tệp.",
    )
    file = forms.FileField(
        label="Tệp", allow_empty_file=True, max_length=250, help_text=FILE_HINT,
        widget=forms.ClearableFileInput({"accept": FILES.accept}),
        error_messages={
            "required": "Anh/chị chọn một tệp rồi gửi.", "invalid": "Không đọc được tệp gửi lên. Anh/chị chọn lại tệp.",
            "missing": "Tệp gửi lên không có tên. Anh/chị đặt tên cho tệp rồi chọn lại.",
            "max_length": "Tên tệp quá dài (quá 250 chữ). Anh/chị đổi tên ngắn hơn rồi gửi.",
        },
    )

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._came = {f"p{paper.pk}": paper for paper in dossier.papers.all()}
        self._asked = {f"a{paper.pk}": paper for paper in missing_papers(dossier)}
        self.fields["place"] = forms.ChoiceField(label="Thuộc giấy tờ nào", required=False, choices=[
            *((key, paper.name) for key, paper in self._came.items()),
            *((key, f"{paper.plain_name} (chưa có)") for key, paper in self._asked.items()), ("", "Tài liệu khác"),
        ])
        self.order_fields(["place", "title", "file"])

    def clean(self) -> dict[str, Any]:
        """Refuse what arrived only in part: nothing after the file means that the line was cut in the file."""
        found = super().clean() or {}
        if self.data.get("whole") != "1":
            self.errors.clear()
            raise forms.ValidationError(CUT)
        return found

    @property
    def paper(self) -> DossierPaper | None:
        """The paper that came and that the file belongs to."""
        return self._came.get(self.cleaned_data["place"])

    @property
    def asked(self) -> ProcedurePaper | None:
        """The paper that did not come and that the file brings."""
        return self._asked.get(self.cleaned_data["place"])


class Book(forms.Form):
    """Which counter's register, and two days, the last one included; a year at most.

    An heir prints the books of those whose work it carries: nobody else is there any more to do so.
    """

    quay = forms.ChoiceField(
        label="Sổ của",
        help_text="Sổ của cơ quan đã nhập về đây được in riêng, với mã hồ sơ của cơ quan đó.",
        error_messages={
            "required": "Anh/chị chọn sổ của cơ quan nào.",
            "invalid_choice": "Sổ này không phải của cơ quan anh/chị. Anh/chị chọn lại trong danh sách.",
        },
    )
    tu = DayField(label="Từ ngày")
    den = DayField(label="Đến ngày")

    def __init__(self, own: Agency, former: Sequence[Agency], asked: Mapping[str, Any]) -> None:
        super().__init__({"quay": own.public_id} | {name: asked[name] for name in asked})
        self.books = {book.public_id: book for book in (own, *former)}
        self.fields["quay"].choices = [(key, book.name) for key, book in self.books.items()]  # type: ignore[attr-defined]

    @property
    def book(self) -> Agency:
        """Return the counter whose book is asked for; the own one unless a right one was chosen."""
        return self.books.get(self.data.get("quay", ""), next(iter(self.books.values())))

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order and ranges over a year."""
        found = super().clean() or {}
        first, last = found.get("tu"), found.get("den")
        if first and last and not date(2000, 1, 1) <= first <= last <= date(2100, 1, 1):
            self.add_error("den", "Ngày cuối phải từ ngày đầu trở đi, trong các năm 2000 đến 2099.")
        elif first and last and (last - first).days > LONGEST:
            self.add_error("den", "Mỗi lần in nhiều nhất một năm. Anh/chị chọn khoảng ngày ngắn hơn.")
        return found


class Nothing(forms.Form):
    """A verb that asks nothing more."""


class Search(forms.Form):
    """One box for code, name, identity number and telephone; sent by POST, so that no number stands in an address."""

    q = forms.CharField(
        label="Tìm hồ sơ", max_length=100,
        error_messages={"required": "Anh/chị nhập mã hồ sơ, họ tên, số căn cước hoặc điện thoại rồi bấm Tìm."},
    )


#: Agency, day of receipt and number, with the agency's code in either national form (`organisations/codes.py`).
CODE_EXAMPLES = "000.05.21.H03-250424-0001 hoặc H55.39-250724-0001"


class Track(forms.Form):
    """What the slip gives a citizen: the code and the check word."""

    code = forms.CharField(
        label="Mã hồ sơ", max_length=60, help_text=f"Dòng in đậm dưới mã vuông trên giấy hẹn, ví dụ {CODE_EXAMPLES}",
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": "Bạn nhập mã hồ sơ in trên giấy hẹn."},
    )
    word = forms.CharField(
        label="Từ kiểm tra", max_length=20, help_text="6 chữ và số in ngay dưới mã hồ sơ",
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": "Bạn nhập từ kiểm tra in trên giấy hẹn."},
    )
