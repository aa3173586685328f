"""Forms of the verbs on a row: one for each kind of fact, for money, projects, measures and links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest

from motcua.foundation.core.days import DayField
from motcua.foundation.core.files.types import FileKind, Limits
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import at_work
from motcua.steering.programme import today
from motcua.steering.programme.kinds import Money, ProductKind, ProjectData, ProjectState, Source
from motcua.steering.programme.models import Measure, Project, Task

KINDS = frozenset({FileKind.PDF, FileKind.JPEG, FileKind.PNG, FileKind.DOCX, FileKind.XLSX})
FILES = Limits(size=20_000_000, kinds=KINDS)
ALL = "tat-ca"
SMALLEST, LARGEST = -(10**15), 10**15


#: “1.5” is no amount in đồng: somebody means a million and a half.
AMOUNT = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+)")


class MoneyField(forms.CharField):
    """An amount in đồng: 1.500.000 or 1500000."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(max_length=24, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the whole number of đồng, or None."""
        text = re.sub(r"\s+", "", super().clean(value))
        if not text:
            return None
        whole = text.replace(".", "")
        if not AMOUNT.fullmatch(text) or not SMALLEST <= int(whole) <= LARGEST:
            raise forms.ValidationError("Số tiền viết bằng đồng, dấu chấm chia hàng nghìn, ví dụ 1.500.000.")
        return int(whole)


class NumberField(forms.CharField):
    """A number as Vietnamese offices write it: a comma before the decimals."""

    def clean(self, value: Any) -> Any:
        """Return the number, or None."""
        text = super().clean(value).strip()
        if not text:
            return None
        plain = text.replace(".", "").replace(",", ".") if "," in text else text
        try:
            found = Decimal(plain)
        except ArithmeticError:
            raise forms.ValidationError("Viết một con số, ví dụ 76,4.") from None
        if not found.is_finite():
            raise forms.ValidationError("Viết một con số, ví dụ 76,4.")
        return found


def file_field(label: str = "Tệp chứng minh", hint: str = "") -> forms.FileField:
    """Return the field of a file that proves something."""
    return forms.FileField(
        label=label, required=False, max_length=250, allow_empty_file=True,
        help_text=hint or f"Nhận {FILES.kinds_words}, đến 20 MB.",
        widget=forms.ClearableFileInput({"accept": FILES.accept}),
        error_messages={
            "invalid": "Không đọc được tệp gửi lên. Anh/chị chọn lại tệp.",
            "missing": "Tệp gửi lên không có tên. Anh/chị đặt tên cho tệp rồi chọn lại.",
            "max_length": "Tên tệp quá dài (quá 250 chữ). Anh/chị đổi tên ngắn hơn rồi gửi.",
        },
    )


class Facting(forms.Form):
    """The base of what is said of an occurrence: whose share, and the day."""

    def __init__(self, *args: Any, owners: Sequence[Agency] = (), for_all: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._owners = {agency.public_id: agency for agency in owners}
        if len(owners) > 1 or for_all:
            choices = [(ALL, f"Tất cả {len(owners)} cơ quan chủ trì")] if for_all and len(owners) > 1 else []
            choices += [(key, agency.name) for key, agency in self._owners.items()]
            self.fields["agency"] = forms.ChoiceField(label="Phần việc của", choices=choices)
            self.order_fields(["agency"])
        self.fields["on"].initial = today.day()

    def share(self) -> dict[str, Any]:
        """Return whose share is meant, as the verbs take it."""
        said = self.cleaned_data.get("agency", "")
        return {"whole": True} if said == ALL else {"agency": self._owners.get(said)}


class Submit(Facting):
    """Handing in."""

    number = forms.CharField(label="Số tờ trình hoặc báo cáo", max_length=60)
    on = DayField(label="Ngày trình")
    file = file_field("Tệp tờ trình, dự thảo")


class Issue(Facting):
    """The document is issued."""

    number = forms.CharField(label="Số văn bản ban hành", max_length=60)
    on = DayField(label="Ngày ban hành")
    file = file_field("Tệp văn bản")


class Accept(Facting):
    """The product is accepted."""

    on = DayField(label="Ngày nghiệm thu")
    number = forms.CharField(label="Số biên bản, báo cáo", max_length=60, required=False)
    note = forms.CharField(label="Nhận xét", required=False, max_length=2000, widget=forms.Textarea({"rows": 3}))
    file = file_field()


class Because(Facting):
    """A day and a reason."""

    on = DayField(label="Từ ngày")
    reason = forms.CharField(label="Lý do", max_length=2000, widget=forms.Textarea({"rows": 3}))


class Resume(Facting):
    """The guidance is there."""

    on = DayField(label="Từ ngày")
    number = forms.CharField(label="Số văn bản hướng dẫn", max_length=60, required=False)
    new_due_on = DayField(label="Hạn mới", required=False, help_text="Bắt buộc với việc trước đây chưa có hạn.")


class Drop(Facting):
    """By a decision it is no longer owed."""

    number = forms.CharField(label="Số văn bản cho thôi thực hiện", max_length=60)
    on = DayField(label="Ngày văn bản")
    reason = forms.CharField(label="Lý do", required=False, max_length=2000, widget=forms.Textarea({"rows": 3}))


class AddOccurrence(forms.Form):
    """A day for what has none."""

    due_on = DayField(label="Hạn")
    year = forms.IntegerField(
        label="Kỳ của năm", required=False, min_value=2000, max_value=2100, localize=False,
        help_text="Để trống thì lấy năm của hạn.", widget=forms.TextInput({"inputmode": "numeric"}),
    )


class SetProduct(forms.Form):
    """The kind of product."""

    kind = forms.ChoiceField(label="Loại sản phẩm", choices=[(kind.value, kind.label) for kind in ProductKind])


class MoneyLine(forms.Form):
    """Money of a row in a year."""

    what = forms.ChoiceField(label="Ghi", choices=[(what.value, what.label) for what in Money])
    year = forms.TypedChoiceField(label="Năm", coerce=int)
    source = forms.ChoiceField(label="Nguồn", choices=[(source.value, source.label) for source in Source])
    amount_vnd = MoneyField(label="Số tiền (đồng)")
    on = DayField(label="Ngày văn bản, chứng từ")
    number = forms.CharField(label="Số văn bản, chứng từ", max_length=60, required=False)

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = self.fields["year"]
        assert isinstance(years, forms.TypedChoiceField)
        years.choices = [(year, str(year)) for year in task.programme.years]
        years.initial = today.day().year
        self.fields["on"].initial = today.day()
        self.fields["source"].initial = Source.PROVINCE.value


class ProjectForm(forms.Form):
    """A project of a row."""

    agency = forms.ModelChoiceField(label="Của cơ quan", queryset=Agency.objects.none(), to_field_name="public_id")
    name = forms.CharField(label="Tên công trình", max_length=200)
    state = forms.ChoiceField(label="Tình trạng", choices=[(state.value, state.label) for state in ProjectState])
    capital_vnd = MoneyField(label="Tổng vốn (đồng)", required=False)
    started_on = DayField(label="Ngày khởi công", required=False)
    finished_on = DayField(label="Ngày hoàn thành", required=False)

    def __init__(self, *args: Any, task: Task, project: Project | None = None, **kwargs: Any) -> None:
        if project is not None:
            kwargs["initial"] = {
                "agency": project.agency.public_id, "name": project.name, "state": project.state,
                "capital_vnd": project.capital_vnd, "started_on": project.started_on,
                "finished_on": project.finished_on,
            }
        super().__init__(*args, **kwargs)
        agencies = self.fields["agency"]
        assert isinstance(agencies, forms.ModelChoiceField)
        day = task.programme.issued_on
        agencies.queryset = at_work(day)

    def data_of(self) -> ProjectData:
        """Return the project's data as the verb takes it."""
        said = self.cleaned_data
        return ProjectData(
            said["name"], ProjectState(said["state"]), said["capital_vnd"], said["started_on"], said["finished_on"]
        )


class ProgressForm(forms.Form):
    """How far a project is."""

    on = DayField(label="Ngày")
    built = NumberField(label="Khối lượng hoàn thành (%)", max_length=8)
    disbursed_vnd = MoneyField(label="Đã giải ngân (đồng, lũy kế)")
    file = file_field("Ảnh hoặc biên bản")


class EntryForm(forms.Form):
    """A measured value."""

    on = DayField(label="Tính đến ngày")
    value = NumberField(label="Giá trị", max_length=20)
    source = forms.CharField(label="Nguồn", max_length=300, help_text="Văn bản, báo cáo hoặc khảo sát nêu con số này.")
    file = file_field()


class LinkForm(forms.Form):
    """Which measures a row serves."""

    measures = forms.ModelMultipleChoiceField(
        label="Phục vụ chỉ tiêu", queryset=Measure.objects.none(), widget=forms.CheckboxSelectMultiple,
        to_field_name="public_id",
    )

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        measures = self.fields["measures"]
        assert isinstance(measures, forms.ModelMultipleChoiceField)
        measures.queryset = Measure.objects.filter(
            target__programme=task.programme, ended_on__isnull=True
        ).exclude(links__task=task).select_related("target")


class BindForm(forms.Form):
    """From where a measure's values come."""

    responsible = forms.ModelChoiceField(
        label="Cơ quan chịu trách nhiệm số liệu", queryset=Agency.objects.none(), to_field_name="public_id",
        required=False,
    )
    baseline = NumberField(label="Giá trị ban đầu", required=False, max_length=20)
    baseline_on = DayField(label="Ngày của giá trị ban đầu", required=False)
    baseline_source = forms.CharField(label="Nguồn của giá trị ban đầu", required=False, max_length=300)

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "responsible": measure.responsible.public_id if measure.responsible else "",
            "baseline": plain_number(measure.baseline), "baseline_on": measure.baseline_on,
            "baseline_source": measure.baseline_source,
        }
        super().__init__(*args, **kwargs)
        responsible = self.fields["responsible"]
        assert isinstance(responsible, forms.ModelChoiceField)
        responsible.queryset = at_work(measure.target.programme.issued_on)


def plain_number(value: Decimal | None) -> str:
    """Return a number without idle zeros, with a comma."""
    return "" if value is None else f"{value.normalize():f}".replace(".", ",")


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """Return what a form is bound to: nothing unless the request posts."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
