"""Forms of identity. Days are asked as people say them, “đến hết ngày”; verbs take them half-open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from motcua.foundation.core import time
from motcua.foundation.core.days import DayField
from motcua.foundation.identity.models import Account, RoleGrant
from motcua.foundation.identity.policies import reach
from motcua.foundation.identity.types import DEPUTY_OF, LEADERS, RESERVED, Lending, Officer, Role
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import register_day

PLAIN_TYPING = {"autocapitalize": "none", "spellcheck": "false"}
ROW_GONE = {"invalid_choice": "Lựa chọn này không còn. Anh/chị tải lại trang rồi chọn lại."}


def _secret(label: str, autocomplete: str, *, focus: bool = False, name: str = "", **attrs: Any) -> forms.CharField:
    settings = {"autocomplete": autocomplete, **({"autofocus": True} if focus else {}), **attrs}
    missing = {"required": f"Anh/chị nhập {name or label.lower()}."}
    return forms.CharField(
        label=label, max_length=200, strip=False, widget=forms.PasswordInput(settings), error_messages=missing
    )


def _username() -> forms.CharField:
    typed = forms.TextInput({"autocomplete": "username", "autofocus": True, **PLAIN_TYPING})
    return forms.CharField(
        label="Tên đăng nhập", max_length=60, widget=typed, error_messages={"required": "Anh/chị nhập tên đăng nhập."}
    )


def _pin(label: str, *, autocomplete: str = "off") -> forms.CharField:
    return _secret(label, autocomplete, name="mã PIN", inputmode="numeric", maxlength=6)


def after(last: date | None) -> date | None:
    """Return the day after the last one."""
    return last + timedelta(days=1) if last is not None and last < date.max else None


class SignIn(forms.Form):
    """Name and password."""

    username = _username()
    password = _secret("Mật khẩu", "current-password")


class UseCode(forms.Form):
    """A printed one-time code and the password it lets one choose."""

    username = _username()
    code = forms.CharField(
        label="Mã cấp lại", max_length=40, help_text="10 chữ và số trên phiếu của quản trị cơ quan.",
        widget=forms.TextInput({"autocomplete": "one-time-code", **PLAIN_TYPING}),
        error_messages={"required": "Anh/chị nhập mã trên phiếu."},
    )
    password = _secret("Mật khẩu mới", "new-password")
    again = _secret("Nhập lại mật khẩu mới", "new-password", name="lại mật khẩu mới")

    def clean(self) -> None:
        _check_again(self)


class ChangePassword(forms.Form):
    """The present password and the next, twice."""

    current = _secret("Mật khẩu hiện tại", "current-password", focus=True)
    password = _secret("Mật khẩu mới", "new-password")
    again = _secret("Nhập lại mật khẩu mới", "new-password", name="lại mật khẩu mới")

    def clean(self) -> None:
        _check_again(self)


def _check_again(form: forms.Form) -> None:
    given = form.cleaned_data
    if {"password", "again"} <= given.keys() and given["password"] != given["again"]:
        form.add_error("again", "Hai lần nhập mật khẩu mới không giống nhau.")


class SetPin(forms.Form):
    """A PIN, and the password that proves who sets it."""

    pin = _pin("Mã PIN mới", autocomplete="new-password")
    current = _secret("Mật khẩu hiện tại", "current-password")


class SwitchOfficer(forms.Form):
    """A colleague of this PC and his PIN."""

    who = forms.ChoiceField(
        label="Ai làm tiếp?", widget=forms.RadioSelect,
        error_messages=ROW_GONE | {"required": "Anh/chị chọn tên của mình."},
    )
    pin = _pin("Mã PIN")

    def __init__(self, data: Any, *, colleagues: list[Account], chosen: str = "") -> None:
        super().__init__(data, initial={"who": chosen or (colleagues[0].public_id if len(colleagues) == 1 else None)})
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)
        who.choices = [(one.public_id, f"{one.full_name} – {one.title or one.home_agency.name}") for one in colleagues]
        # The eye and the cursor start where the next thing is to be done.
        self.fields["pin" if self.initial["who"] else "who"].widget.attrs["autofocus"] = True


class RowForm(forms.Form):
    """A form about a row, drawn for an officer."""

    def __init__(self, data: Any = None, *, row: Any = None, actor: Officer) -> None:
        super().__init__(data)
        self.fill(row, actor)

    def fill(self, row: Any, actor: Officer) -> None:
        """Set choices and first values."""


def agencies_of(actor: Officer) -> QuerySet[Agency]:
    """Return the agencies, living on the register's day, whose people the officer looks after."""
    living = Agency.objects.on(register_day()).order_by("name")
    return living if actor.has_anywhere(Role.ADMIN) else living.filter(pk__in=reach(actor))


def _agency(label: str) -> forms.ModelChoiceField[Agency]:
    return forms.ModelChoiceField(Agency.objects.none(), label=label, error_messages=ROW_GONE, empty_label=None)


class OpenAccount(RowForm):
    """Who the new officer is and where he belongs."""

    full_name = forms.CharField(
        label="Họ và tên", max_length=120, widget=forms.TextInput({"autofocus": True, "autocomplete": "off"})
    )
    username = forms.CharField(
        label="Tên đăng nhập", max_length=60, help_text="Chữ không dấu, số, dấu chấm; ví dụ “hoang.thi.lan”.",
        widget=forms.TextInput({"autocomplete": "off", **PLAIN_TYPING}),
    )
    title = forms.CharField(label="Chức danh", max_length=120, required=False)
    agency = _agency("Cơ quan")

    def fill(self, row: Any, actor: Officer) -> None:
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = agencies_of(actor)
        field.initial = row or actor.agency_id


class MoveAccount(RowForm):
    """The agency to which a person moves."""

    agency = _agency("Cơ quan mới")

    def fill(self, row: Account, actor: Officer) -> None:  # noqa: ARG002
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Agency.objects.on(register_day()).exclude(pk=row.home_agency_id).order_by("name")


class GiveRole(RowForm):
    """A role at an agency, from a day on."""

    agency = _agency("Tại cơ quan")
    role = forms.ChoiceField(label="Vai trò")
    valid_from = DayField(label="Từ ngày")
    last = DayField(label="Đến hết ngày", required=False, help_text="Bỏ trống nếu chưa biết khi nào thôi giữ.")

    def fill(self, row: Account | None, actor: Officer) -> None:
        agency, role = self.fields["agency"], self.fields["role"]
        assert isinstance(agency, forms.ModelChoiceField)
        assert isinstance(role, forms.ChoiceField)
        agency.queryset = agencies_of(actor)
        agency.initial = row.home_agency_id if row else actor.agency_id
        given = [one for one in Role if one not in RESERVED or actor.has_anywhere(Role.ADMIN)]
        role.choices = [(one.value, one.label) for one in given]
        self.fields["valid_from"].initial = time.today()


class GiveRoleOutside(GiveRole):
    """A role here for an officer of another agency, who is named by his sign-in name."""

    username = forms.CharField(label="Tên đăng nhập của người đó", max_length=60)
    field_order = ("username",)


class Colleague(forms.ModelChoiceField["Account"]):
    """A person as a choice: name, and what he is."""

    def label_from_instance(self, account: Account) -> str:
        return f"{account.full_name} – {account.title}" if account.title else account.full_name


class LendRole(RowForm):
    """To whom a role is lent, why, and for which days."""

    to = Colleague(
        Account.objects.none(), label="Giao cho", empty_label="Chọn người nhận",
        error_messages=ROW_GONE | {"required": "Anh/chị chọn người nhận."},
    )
    how = forms.ChoiceField(label="Hình thức", widget=forms.RadioSelect)
    ground = forms.CharField(
        label="Căn cứ", max_length=300,
        help_text="Số, ngày văn bản ủy quyền hoặc quy chế làm việc, và phạm vi công việc.",
        error_messages={"required": "Anh/chị ghi căn cứ."},
    )
    valid_from = DayField(label="Từ ngày")
    last = DayField(label="Đến hết ngày")

    def fill(self, row: RoleGrant, actor: Officer) -> None:
        to, how = self.fields["to"], self.fields["how"]
        assert isinstance(to, forms.ModelChoiceField)
        assert isinstance(how, forms.ChoiceField)
        today = time.today()
        here = Q(home_agency=row.agency_id) | Q(grants__agency=row.agency_id)
        to.queryset = (
            Account.objects.filter(here, Q(closed_on__isnull=True) | Q(closed_on__gt=today), is_locked=False)
            .exclude(pk__in=[row.account_id, actor.account_id]).distinct().order_by("full_name")
        )
        fitting = [one for one in Lending if one is not Lending.ORDER or row.role in DEPUTY_OF]
        how.choices = [(one.value, one.label) for one in fitting]
        how.initial = Lending.DELEGATION if row.role in LEADERS else Lending.SUBSTITUTION
        self.fields["valid_from"].initial = max(today, row.valid_from)


class EndDay(RowForm):
    """From which day on something no longer holds."""

    day = DayField(label="Từ ngày", help_text="Ngày đầu tiên không còn hiệu lực. Hôm nay nghĩa là ngay lúc này.")

    def fill(self, row: Any, actor: Officer) -> None:  # noqa: ARG002
        self.fields["day"].initial = time.today()
