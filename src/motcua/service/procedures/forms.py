"""What the screens of this room ask for; each form gives the values of one verb."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from motcua.foundation.calendar.errors import BadLimit
from motcua.foundation.calendar.types import Limit, Unit
from motcua.foundation.core.days import DayField
from motcua.foundation.identity.types import ROLE_LABELS
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import at_work
from motcua.service.procedures.actions import Content, PaperPlan
from motcua.service.procedures.models import ProcedureVersion, Process, Step
from motcua.service.procedures.places import Place
from motcua.service.procedures.reading import EXPLANATIONS, judge
from motcua.service.procedures.reading.lists import SUBJECTS
from motcua.service.procedures.rules import StepPlan
from motcua.service.procedures.types import Channel, FeeKind, Level

UNITS = [(unit.value, unit.label) for unit in Unit]
MOST_UPLOADED = 60_000_000


def amount_field(label: str, *, required: bool = True) -> forms.CharField:
    """Return a field for an amount as people type it: 2 or 0,5."""
    return forms.CharField(
        label=label, required=required, max_length=12, widget=forms.TextInput({"inputmode": "decimal"})
    )


def parsed_limit(amount: str, unit: str) -> Limit | None:
    """Return the limit typed, or None for none. Raises ValidationError with the clock's own words."""
    if not amount.strip():
        return None
    try:
        return Limit.parse(amount, Unit(unit))
    except BadLimit as bad:
        raise ValidationError(bad.message) from bad


class SetLimit(forms.Form):
    """Amount, unit and basis for a limit that the source left open."""

    amount = amount_field("Thời hạn")
    unit = forms.ChoiceField(label="Đơn vị", choices=UNITS, initial=Unit.WORKING_DAY)
    basis = forms.CharField(
        label="Căn cứ", max_length=300, help_text="Số văn bản và điều, khoản quy định thời hạn, ví dụ 163/QĐ-BTP."
    )

    is_for_all = forms.BooleanField(
        label="Ghi cho mọi hình thức nộp còn chưa có thời hạn", required=False, initial=True
    )

    def clean_amount(self) -> Decimal:
        limit = parsed_limit(self.cleaned_data["amount"], self.data.get("unit") or Unit.WORKING_DAY)
        if limit is None:
            raise ValidationError("Nhập con số của thời hạn.")
        return limit.amount


class SetFee(forms.Form):
    """What a channel costs, where the source leaves it open."""

    kind = forms.ChoiceField(label="Loại", choices=[(kind.value, kind.words) for kind in FeeKind][:2])
    amount = forms.IntegerField(label="Mức thu (đồng)", min_value=0, help_text="Ghi 0 nếu miễn phí.")
    per = forms.CharField(label="Tính theo", required=False, max_length=120, help_text="Ví dụ: hồ sơ, trang, bản.")
    basis = forms.CharField(
        label="Căn cứ", max_length=300, help_text="Nghị quyết của HĐND tỉnh hoặc văn bản quy định mức thu."
    )
    valid_from = DayField(label="Áp dụng từ ngày", required=False)
    is_for_all = forms.BooleanField(label="Ghi cho mọi hình thức nộp còn chưa rõ mức thu", required=False, initial=True)


class Dates(forms.Form):
    """The days of a version's way."""

    decided_on = DayField(label="Ngày ký quyết định công bố", required=False)
    requested_on = DayField(label="Ngày gửi đề nghị công bố", required=False)
    published_on = DayField(label="Ngày công bố tại địa phương", required=False)
    sent_on = DayField(label="Ngày gửi Cơ sở dữ liệu quốc gia", required=False)
    shown_on = DayField(label="Ngày hiện trên Cơ sở dữ liệu quốc gia", required=False)


class Publish(forms.Form):
    """The decision that publishes a draft."""

    decision = forms.CharField(label="Số quyết định công bố", max_length=120)
    decided_on = DayField(label="Ngày ký quyết định")
    valid_from = DayField(label="Ngày có hiệu lực")
    published_on = DayField(label="Ngày công bố tại địa phương", required=False)


class Expire(forms.Form):
    """The decision that ends a procedure."""

    decision = forms.CharField(label="Số quyết định bãi bỏ", max_length=120)
    valid_to = DayField(
        label="Hết hiệu lực từ ngày",
        help_text="Từ ngày này không nhận hồ sơ mới; hồ sơ đang giải quyết đi tiếp."
    )


YES_NO = [("", "Chưa ghi"), ("co", "Có"), ("khong", "Không")]
ONLINE = [("", "Chưa ghi"), *((str(level), f"Mức độ {level}") for level in range(1, 5))]


class StateService(forms.Form):
    """How a procedure is served from a day on, by a decision."""

    one_stop = forms.ChoiceField(label="Tiếp nhận tại Bộ phận Một cửa", choices=YES_NO, required=False)
    interconnected = forms.ChoiceField(label="Giải quyết liên thông", choices=YES_NO, required=False)
    online = forms.ChoiceField(label="Mức độ trực tuyến", choices=ONLINE, required=False)
    valid_from = DayField(label="Áp dụng từ ngày")
    basis = forms.CharField(
        label="Căn cứ", max_length=300, help_text="Số, ngày của quyết định, ví dụ Quyết định 1234/QĐ-UBND."
    )

    def said(self) -> dict[str, Any]:
        """Return the arguments of the verb: yes, no, or None for what is left open."""
        given = self.cleaned_data
        points = {name: {"co": True, "khong": False}.get(given[name]) for name in ("one_stop", "interconnected")}
        online = int(given["online"]) if given["online"] else None
        return {**points, "online": online, "valid_from": given["valid_from"], "basis": given["basis"]}


class PublishProcess(forms.Form):
    """The decision that puts a process to use."""

    decision = forms.CharField(label="Số quyết định ban hành", max_length=120)
    valid_from = DayField(label="Dùng từ ngày")


class Draft(forms.Form):
    """A procedure that the province itself regulates, on one page."""

    code = forms.CharField(label="Mã thủ tục", max_length=40, help_text="Dạng 1.001612 hoặc 1.001612.H03.")
    name = forms.CharField(label="Tên thủ tục", widget=forms.Textarea({"rows": 2}))
    field = forms.CharField(label="Lĩnh vực", required=False)
    levels = forms.MultipleChoiceField(
        label="Cấp thực hiện", required=False, choices=Level.choices(), widget=forms.CheckboxSelectMultiple
    )
    subjects = forms.MultipleChoiceField(
        label="Đối tượng thực hiện",
        required=False,
        choices=[(name, name) for name in SUBJECTS],
        widget=forms.CheckboxSelectMultiple,
    )
    agencies = forms.CharField(
        label="Cơ quan giải quyết",
        required=False,
        help_text="Mỗi dòng một cơ quan.",
        widget=forms.Textarea({"rows": 2}),
    )
    steps = forms.CharField(label="Trình tự thực hiện", required=False, widget=forms.Textarea({"rows": 6}))
    papers = forms.CharField(
        label="Thành phần hồ sơ",
        required=False,
        help_text="Mỗi dòng một giấy tờ; thêm “| 1 | 2” nếu cần 1 bản chính và 2 bản sao.",
        widget=forms.Textarea({"rows": 5}),
    )
    sets = forms.IntegerField(label="Số bộ hồ sơ", required=False, min_value=1, max_value=20)
    direct = amount_field("Thời hạn khi nộp trực tiếp", required=False)
    post = amount_field("Thời hạn khi nộp qua bưu chính", required=False)
    online = amount_field("Thời hạn khi nộp trực tuyến", required=False)
    unit = forms.ChoiceField(label="Đơn vị thời hạn", choices=UNITS, initial=Unit.WORKING_DAY)
    fees = forms.CharField(
        label="Phí, lệ phí", required=False, help_text="Để trống nếu miễn phí.", widget=forms.Textarea({"rows": 2})
    )
    requirements = forms.CharField(label="Yêu cầu, điều kiện", required=False, widget=forms.Textarea({"rows": 3}))
    bases = forms.CharField(
        label="Căn cứ pháp lý", required=False, help_text="Mỗi dòng một văn bản.", widget=forms.Textarea({"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        limits = []
        for channel in Channel:
            try:
                limit = parsed_limit(found.get(channel.value, ""), found.get("unit") or Unit.WORKING_DAY)
            except ValidationError as bad:
                self.add_error(channel.value, bad)
            else:
                limits += [(channel, limit)] if limit else []
        return {**found, "limits": tuple(limits), "papers": self._papers(found.get("papers", ""))}

    def _papers(self, text: str) -> tuple[PaperPlan, ...]:
        papers = []
        for line in lines_of(text):
            name, *counts = (part.strip() for part in line.split("|"))
            if not name or len(counts) > 2 or not all(count.isdecimal() and len(count) < 3 for count in counts):
                self.add_error("papers", f"Không đọc được dòng “{line[:60]}”. Ví dụ đúng: Đơn đề nghị | 1 | 0")
                continue
            papers.append(PaperPlan(name, *(int(count) for count in counts)))
        return tuple(papers)

    def content(self) -> Content:
        """Return what was typed as the verb takes it."""
        data = self.cleaned_data
        return Content(
            name=data["name"],
            field=data["field"],
            levels=tuple(Level(level) for level in data["levels"]),
            subjects=tuple(data["subjects"]),
            agencies=lines_of(data["agencies"]),
            steps=data["steps"],
            requirements=data["requirements"],
            sets=data["sets"],
            papers=data["papers"],
            limits=data["limits"],
            fees=data["fees"],
            bases=lines_of(data["bases"]),
        )


def draft_values(version: ProcedureVersion) -> dict[str, Any]:
    """Return a draft's content as the form shows it."""
    limits = list(version.limits.all())
    return {
        "code": version.procedure.code,
        "name": version.name,
        "field": version.source.get("linh_vuc", ""),
        "levels": version.levels,
        "subjects": version.subjects,
        "agencies": "\n".join(version.performing),
        "steps": version.steps,
        "papers": "\n".join(f"{p.name} | {p.originals or 0} | {p.copies or 0}" for p in version.papers.all()),
        "sets": version.sets,
        "requirements": version.requirements,
        "bases": "\n".join(basis.title for basis in version.bases.all()),
        "fees": limits[0].note if limits else "",
        "unit": limits[0].unit if limits else Unit.WORKING_DAY,
        **{row.channel: f"{row.amount.normalize():f}".replace(".", ",") for row in limits if row.amount is not None},
    }


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class StepForm(forms.Form):
    """One step; a row that nobody touched is no step."""

    name = forms.CharField(label="Việc", max_length=300)
    place = forms.ChoiceField(label="Ở đâu", choices=[(place.value, place.label) for place in Place])
    agency = forms.ModelChoiceField(
        label="Cơ quan (nếu nêu tên)", required=False, empty_label="–", queryset=Agency.objects.none()
    )
    role = forms.ChoiceField(label="Vai trò", choices=[(role.value, label) for role, label in ROLE_LABELS.items()])
    amount = amount_field("Thời gian")
    unit = forms.ChoiceField(label="Đơn vị", choices=UNITS[:3], initial=Unit.WORKING_DAY)
    output = forms.CharField(label="Sản phẩm", required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = at_work()

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        try:
            found["time"] = parsed_limit(found.get("amount", ""), found.get("unit") or Unit.WORKING_DAY)
        except ValidationError as bad:
            self.add_error("amount", bad)
        return found

    def plan(self) -> StepPlan | None:
        """Return the step, or None for an empty row and one that was taken out."""
        data = self.cleaned_data
        if not data.get("name") or data.get("DELETE"):
            return None
        return StepPlan(
            name=data["name"],
            place=Place(data["place"]),
            role=data["role"],
            time=data.get("time"),
            output=data["output"],
            agency_id=data["agency"].pk if data["agency"] else None,
        )


def step_formset(data: Any, process: Process | None, *, blank: int = 4) -> Any:
    """Return the rows of a process form: its steps, and some empty ones."""
    made = forms.formset_factory(StepForm, extra=blank, max_num=60, can_delete=True)
    steps = [] if process is None else list(process.steps.all())
    return made(data, initial=[_step_values(step) for step in steps], prefix="step")


def _step_values(step: Step) -> dict[str, Any]:
    return {
        "name": step.name,
        "place": step.place,
        "agency": step.agency_id,
        "role": step.role,
        "amount": "" if step.amount is None else f"{step.amount.normalize():f}".replace(".", ","),
        "unit": step.unit,
        "output": step.output,
    }


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """Several files, each looked at before it is kept: by its first bytes, not by its name."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = [super(ManyFiles, self).clean(one, initial) for one in (data or [])] or [super().clean(None, initial)]
        _check(files)
        return files


def _check(files: Iterable[UploadedFile[Any]]) -> None:
    for file in files:
        size = file.size or 0
        start = file.read(4096)
        file.seek(0)
        problem = judge(start, size)
        if problem is not None:
            words = EXPLANATIONS[problem]
            raise ValidationError(f"{file.name}: {words.what}. {words.todo}.")
        if size > MOST_UPLOADED:
            raise ValidationError(f"{file.name}: tệp lớn hơn 60 MB. Anh/chị chia nhỏ tệp, hoặc nhập bằng dòng lệnh.")


class Import(forms.Form):
    """Files of the national portal."""

    uploads = ManyFiles(
        label="Tệp của Cổng Dịch vụ công (.json hoặc .xlsx)",
        help_text="Chọn được nhiều tệp một lần. Bản ghi hỏng bị bỏ lại kèm lý do, các bản ghi khác vẫn được nhận.",
        widget=ManyFilesInput({"accept": ".json,.xlsx"}),
        error_messages={"required": "Chưa chọn tệp nào.", "empty": "Tệp rỗng. Chưa có gì được ghi."},
    )
    is_trial = forms.BooleanField(label="Chạy thử: chỉ đọc và báo cáo, không ghi gì", required=False, initial=True)
