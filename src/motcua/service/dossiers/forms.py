"""Forms of the counter and of each verb on a dossier."""

from __future__ import annotations

from django import forms

from motcua.foundation.calendar.types import PausePolicy
from motcua.foundation.organisations.models import Agency
from motcua.service.dossiers.types import Channel, Ground

POLICY_LABELS = [
    (PausePolicy.RESUME, "Tính tiếp số ngày còn lại"),
    (PausePolicy.RESTART, "Tính lại từ đầu khi nhận đủ"),
    (PausePolicy.NO_STOP, "Không dừng đồng hồ"),
]


class Intake(forms.Form):
    """Who brings what. Papers are ticked beside it, one checkbox each."""

    applicant = forms.CharField(label="Họ và tên (hoặc tên tổ chức)", max_length=200)
    address = forms.CharField(label="Địa chỉ", max_length=300, required=False)
    identity = forms.CharField(label="Số căn cước hoặc CMND", max_length=20, required=False)
    phone = forms.CharField(label="Điện thoại", max_length=20, required=False)
    channel = forms.ChoiceField(
        label="Nộp bằng cách nào", choices=[(c.value, c.label) for c in Channel], initial=Channel.DIRECT
    )
    request = forms.CharField(
        label="Nội dung yêu cầu", required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )


class Reason(forms.Form):
    """A reason, where the verb must give one."""

    reason = forms.CharField(label="Lý do", max_length=2000, widget=forms.Textarea({"rows": 3}))


class Suspend(Reason):
    """Ground and policy of a suspension."""

    ground = forms.ChoiceField(label="Căn cứ tạm dừng", choices=[(g.value, g.label) for g in Ground])
    policy = forms.ChoiceField(label="Cách tính thời hạn", choices=POLICY_LABELS)
    field_order = ("ground", "policy", "reason")


class HandOver(forms.Form):
    """Where it goes, where no process tells, and a word to go with it."""

    to_agency = forms.ModelChoiceField(label="Cơ quan nhận", queryset=Agency.objects.none(), required=False)
    note = forms.CharField(
        label="Ghi chú cho bên nhận", required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )


class Nothing(forms.Form):
    """A verb that asks nothing more."""
