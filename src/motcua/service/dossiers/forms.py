"""Forms of the verbs on a dossier, of tracking and of search. The counter's form is in `intake`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from motcua.foundation.calendar.types import PausePolicy
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import at_work
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.types import Ground
from motcua.service.procedures.models import Step

POLICY_LABELS = [
    (PausePolicy.RESUME, "Tính tiếp số ngày còn lại"),
    (PausePolicy.RESTART, "Tính lại từ đầu khi nhận đủ"),
    (PausePolicy.NO_STOP, "Không dừng đồng hồ"),
]


class Reason(forms.Form):
    """A reason, where the verb must give one."""

    reason = forms.CharField(label="Lý do", max_length=2000, widget=forms.Textarea({"rows": 3}))


class Suspend(Reason):
    """Ground and policy of a suspension."""

    ground = forms.ChoiceField(label="Căn cứ tạm dừng", choices=[(g.value, g.label) for g in Ground])
    policy = forms.ChoiceField(label="Cách tính thời hạn", choices=POLICY_LABELS)
    reason = forms.CharField(
        label="Lý do, việc cần làm", max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text="Người nộp đọc câu này trên trang tra cứu, ví dụ “Nộp bổ sung bản sao giấy khai sinh”.",
    )
    field_order = ("ground", "policy", "reason")


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


class Nothing(forms.Form):
    """A verb that asks nothing more."""


class Search(forms.Form):
    """One box for code, name, identity number and telephone; sent by POST, so that no number stands in an address."""

    q = forms.CharField(
        label="Tìm hồ sơ", max_length=100,
        error_messages={"required": "Anh/chị nhập mã hồ sơ, họ tên, số căn cước hoặc điện thoại rồi bấm Tìm."},
    )


class Track(forms.Form):
    """What the slip gives a citizen: the code and the check word."""

    code = forms.CharField(
        label="Mã hồ sơ", max_length=60, help_text="Dòng in đậm trên giấy hẹn, ví dụ H03.12.05-250424-0001",
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": "Bạn nhập mã hồ sơ in trên giấy hẹn."},
    )
    word = forms.CharField(
        label="Từ kiểm tra", max_length=20, help_text="6 chữ và số in ngay dưới mã hồ sơ",
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": "Bạn nhập từ kiểm tra in trên giấy hẹn."},
    )
