"""Forms of the register's verbs. Each builds the event that its verb will enter, so that it can be previewed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from motcua.foundation.core import time
from motcua.foundation.core.days import DayField, read_day
from motcua.foundation.law.types import Trust
from motcua.foundation.organisations import codes, presenting, registry, rules, selectors, store
from motcua.foundation.organisations.errors import AnotherDay, BadCode
from motcua.foundation.organisations.models import Agency, AgencyState
from motcua.foundation.organisations.types import (
    Bequest,
    Close,
    Event,
    Found,
    Kind,
    Merge,
    Profile,
    Rename,
    Reparent,
    Scheme,
    Source,
    Split,
)

FORMS = ("xã", "phường", "thị trấn", "huyện", "thị xã", "thành phố", "tỉnh", "sở", "ban", "thanh tra", "văn phòng",
         "phòng", "trung tâm")  # fmt: skip


CARRY = "carry_"
"""Before the name of a kind that passes on only where it is ticked."""
NEW = "moi"
HEIR = "Cơ quan nhận hồ sơ đang giải quyết"
HEIR_HINT = "Khi nhiều cơ quan nhận nhiệm vụ: hồ sơ đang mở, hồ sơ chờ trả và hồ sơ cũ về cơ quan này."

NOT_AT_WORK = (
    "Cơ quan đã chọn không hoạt động ở ngày này. Danh sách nay chỉ còn cơ quan hoạt động ở ngày này; anh/chị chọn lại."
)


class AgencyChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One agency by its title, addressed by its public id."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Agency.objects.none(), to_field_name="public_id", **kwargs)
        self.error_messages["invalid_choice"] = NOT_AT_WORK


class AgencyChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several agencies."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Agency.objects.none(), to_field_name="public_id", **kwargs)
        self.error_messages["invalid_choice"] = NOT_AT_WORK
        self.widget.attrs["size"] = 8


class EventForm(forms.Form):
    """What every event needs: its day and its legal basis."""

    day = DayField(
        label="Có hiệu lực từ ngày",
        help_text="Ngày đầu tiên của tình trạng mới, theo văn bản.",
    )
    basis = forms.CharField(
        label="Văn bản căn cứ", max_length=200, help_text="Số và ký hiệu, ví dụ 855/NQ-UBTVQH14.",
    )
    do_not_call_in_templates = True
    title: ClassVar[str] = ""
    lead: ClassVar[str] = ""
    ends: ClassVar[bool] = False
    """Whether it ends agencies, whose open work and people must go somewhere."""

    def __init__(self, agency: Agency | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        for kind in registry.asking() if self.ends else ():
            self.fields[f"{CARRY}{kind.name}"] = forms.BooleanField(label=kind.asks, required=False)
        self.order_fields([name for name in self.fields if name not in {"day", "basis"}])
        self.still = selectors.still_day()
        if self.still is not None:
            self._stand_still(self.still)
        self.on_day = self._day()
        self.at_work = selectors.at_work(self.on_day)
        self.prepare()

    def _stand_still(self, day: date) -> None:
        """Fix the day: what is entered for a later one would never take effect, and an earlier one is past."""
        field = self.fields["day"]
        field.initial, field.help_text = day, presenting.stands_still(day)
        field.widget.attrs["readonly"] = True

    def _day(self) -> date:
        """Return the day of the event as far as it was said, else the register's: choices are those at work on it."""
        said = self.data.get(self.add_prefix("day"), "") if self.still is None else ""
        try:
            return read_day(said, time.today()) or selectors.register_day()
        except ValueError:
            return selectors.register_day()

    def clean_day(self) -> date:
        """Hold the day to the one on which an exercise stands still."""
        day: date = self.cleaned_data["day"]
        try:
            rules.check_day(day, self.still)
        except AnotherDay as refused:
            data = QueryDict(mutable=True)
            data.update(self.data)  # the screen that says so offers the day that can be entered
            data[self.add_prefix("day")] = str(self.still)
            self.data = data
            again = "Ô này nay đã ghi ngày đó; anh/chị bấm Xem trước thay đổi lần nữa."
            raise forms.ValidationError(f"{refused.message} {again}") from refused
        return day

    def prepare(self) -> None:
        """Fill choices from the register."""

    @property
    def key(self) -> str:
        assert self.agency is not None
        return self.agency.key

    def event(self) -> Event:
        """Return the event that the cleaned form describes."""
        raise NotImplementedError

    def bequest(self) -> Bequest:
        """Return what the cleaned form says of the work that ended agencies leave."""
        ticked = (name.removeprefix(CARRY) for name in self.fields if name.startswith(CARRY))
        return Bequest(self.heir(), frozenset(name for name in ticked if self.cleaned_data[f"{CARRY}{name}"]))

    def heir(self) -> str:
        """Return the key of the one chosen to go on with the work, or nothing where the event leaves no choice."""
        return ""

    def said(self) -> dict[str, Any]:
        """Return day and basis, as every event takes them."""
        return {"day": self.cleaned_data["day"], "basis": self.cleaned_data["basis"].strip(), "trust": Trust.LAW}

    def same_kind(self) -> Any:
        """Return the other agencies of the same kind that are at work on the day of the event."""
        assert self.agency is not None
        state = self.state()
        alike = self.at_work.filter(states__in=AgencyState.objects.on(self.on_day).filter(kind=state.kind))
        return alike.exclude(pk=self.agency.pk).distinct()

    def state(self) -> AgencyState:
        """Return what the agency is on the event's day; of one that only comes or is over, its first or last."""
        assert self.agency is not None
        states = self.agency.states.select_related("parent").order_by("valid_from")
        present = states.on(self.on_day).first()
        found = present or (states.first() if self.agency.valid_from > self.on_day else states.last())
        assert found is not None, "every agency has a state"
        return found


class ProfileForm(forms.Form):
    """A new agency's name and codes."""

    name = forms.CharField(label="Tên", max_length=300, help_text="Tên đơn vị, ví dụ Xã Hiệp Lực hoặc Sở Tư pháp.")
    form = forms.ChoiceField(label="Loại hình", choices=[(form, form) for form in FORMS])
    code = forms.CharField(
        label="Mã danh mục", max_length=40, help_text="Mã đơn vị hành chính, hoặc mã tỉnh kèm chữ viết tắt như 06-STP."
    )
    national = forms.CharField(
        label="Mã định danh", max_length=40, help_text="Dạng H03.21.09 hoặc 000.09.21.H03; in trong mã hồ sơ."
    )

    def clean_national(self) -> str:
        try:
            return codes.parse(self.cleaned_data["national"]).d20
        except BadCode as error:
            raise forms.ValidationError(error.message) from error


def profile_from(cleaned: dict[str, Any], kind: Kind, parent: str | None, day: date) -> Profile:
    """Return the profile that a cleaned `ProfileForm` describes; its key is the code with the day."""
    code, national = cleaned["code"].strip(), codes.parse(cleaned["national"])
    held = [(Scheme.REGISTER, code, Trust.SOURCE), (Scheme.D20, national.d20, Trust.SOURCE)]
    if kind.territorial:
        held.append((Scheme.GSO, code, Trust.SOURCE))
    if national.qcvn:
        held.append((Scheme.QCVN, national.qcvn, Trust.SOURCE))
    key = f"{re.sub(r'[^a-z0-9]+', '-', code.lower())}-{day:%Y%m%d}"
    return Profile(
        key=key, kind=kind.code, form=cleaned["form"], name=cleaned["name"].strip(), parent=parent, codes=tuple(held),
        one_stop=cleaned.get("one_stop", True),
    )


class FoundForm(EventForm, ProfileForm):
    """Found an agency without predecessor."""

    title = "Thành lập cơ quan"
    lead = "Cơ quan mới, không kế thừa cơ quan nào. Nếu lập trên cơ sở nhập hoặc chia, hãy làm từ trang của cơ quan đó."

    kind = forms.ChoiceField(label="Loại cơ quan")
    parent = AgencyChoice(label="Trực thuộc", required=False)
    one_stop = forms.BooleanField(label="Có Bộ phận Một cửa", required=False, initial=True)

    def prepare(self) -> None:
        self.kinds = store.catalogue().kinds
        self.fields["kind"].choices = [(code, kind.name) for code, kind in self.kinds.items()]  # type: ignore[attr-defined]
        self.fields["parent"].queryset = self.at_work  # type: ignore[attr-defined]

    def event(self) -> Event:
        above, kind = self.cleaned_data["parent"], self.kinds[self.cleaned_data["kind"]]
        profile = profile_from(self.cleaned_data, kind, above.key if above else None, self.cleaned_data["day"])
        return Found(profile=profile, **self.said())


class RenameForm(EventForm):
    """Another name or form for the same agency."""

    title = "Đổi tên, đổi loại hình"
    lead = "Cơ quan vẫn là một, ví dụ xã thành thị trấn. Tên cũ còn nguyên trong lịch sử và trên giấy tờ đã in."

    name = forms.CharField(label="Tên mới", max_length=300)
    form = forms.ChoiceField(label="Loại hình", choices=[(form, form) for form in FORMS])

    def prepare(self) -> None:
        state = self.state()
        self.fields["name"].initial, self.fields["form"].initial = state.name, state.form

    def event(self) -> Event:
        name, form = self.cleaned_data["name"].strip(), self.cleaned_data["form"]
        return Rename(key=self.key, name=name, form=form, **self.said())


class ReparentForm(EventForm):
    """Another superior."""

    title = "Chuyển cơ quan cấp trên"

    parent = AgencyChoice(label="Trực thuộc từ ngày đó")

    def prepare(self) -> None:
        assert self.agency is not None
        self.fields["parent"].queryset = self.at_work.exclude(pk=self.agency.pk)  # type: ignore[attr-defined]

    def event(self) -> Event:
        return Reparent(key=self.key, parent=self.cleaned_data["parent"].key, **self.said())


class AbsorbForm(EventForm):
    """Others merge into this agency."""

    title = "Nhập cơ quan khác vào"
    ends = True
    lead = "Cơ quan này giữ nguyên tên và mã; các cơ quan được chọn kết thúc, cấp dưới của họ chuyển sang."

    others = AgencyChoices(label="Các cơ quan được nhập vào")

    def prepare(self) -> None:
        self.fields["others"].queryset = self.same_kind()  # type: ignore[attr-defined]

    def event(self) -> Event:
        sources = tuple(Source(other.key) for other in self.cleaned_data["others"])
        return Merge(sources=sources, into=self.key, **self.said())


class UniteForm(EventForm, ProfileForm):
    """This agency and others become a new one."""

    title = "Hợp nhất thành cơ quan mới"
    ends = True
    lead = "Cơ quan này và các cơ quan được chọn kết thúc; cơ quan mới kế thừa tất cả."

    others = AgencyChoices(label="Hợp nhất với", required=False)

    def prepare(self) -> None:
        self.fields["others"].queryset = self.same_kind()  # type: ignore[attr-defined]

    def event(self) -> Event:
        state = self.state()
        parent = state.parent.key if state.parent else None
        profile = profile_from(self.cleaned_data, store.catalogue().kinds[state.kind], parent, self.cleaned_data["day"])
        sources = (Source(self.key), *(Source(other.key) for other in self.cleaned_data["others"]))
        return Merge(sources=sources, into=profile, **self.said())


class SplitForm(EventForm, ProfileForm):
    """A part becomes a new agency; the rest goes on, or passes to others."""

    title = "Chia, tách"
    ends = True
    lead = (
        "Một phần thành cơ quan mới. Cơ quan cũ tiếp tục với phần còn lại, "
        "hoặc kết thúc và phần còn lại về cơ quan khác."
    )

    survives = forms.BooleanField(label="Cơ quan cũ tiếp tục hoạt động (tách)", required=False, initial=True)
    others = AgencyChoices(label="Cơ quan đang có nhận phần còn lại", required=False)
    into = forms.ChoiceField(label=HEIR, help_text=HEIR_HINT, required=False)

    def prepare(self) -> None:
        among = self.fields["others"].queryset = self.same_kind()  # type: ignore[attr-defined]
        living = [(one.public_id, one.name) for one in among]
        self.fields["into"].choices = [("", "Chọn cơ quan"), (NEW, "Cơ quan mới ghi ở trên"), *living]  # type: ignore[attr-defined]

    def heir(self) -> str:
        chosen = self.cleaned_data["into"]
        if not chosen or self.cleaned_data["survives"]:
            return ""
        event = self.event()
        assert isinstance(event, Split) and isinstance(event.into[0], Profile)
        return event.into[0].key if chosen == NEW else Agency.objects.get(public_id=chosen).key

    def event(self) -> Event:
        state = self.state()
        parent = state.parent.key if state.parent else None
        new = profile_from(self.cleaned_data, store.catalogue().kinds[state.kind], parent, self.cleaned_data["day"])
        into = (new, *(other.key for other in self.cleaned_data["others"]))
        return Split(key=self.key, into=into, survives=self.cleaned_data["survives"], **self.said())


class CloseForm(EventForm):
    """The end of an agency."""

    title = "Kết thúc hoạt động"
    ends = True
    lead = "Không xóa gì: cơ quan còn nguyên trong lịch sử. Chọn các cơ quan nhận nhiệm vụ, nếu có."

    successors = AgencyChoices(label="Cơ quan nhận nhiệm vụ", required=False)
    into = AgencyChoice(label=HEIR, help_text=HEIR_HINT, required=False, empty_label="Chọn cơ quan")

    def prepare(self) -> None:
        assert self.agency is not None
        others = self.at_work.exclude(pk=self.agency.pk)
        self.fields["successors"].queryset = self.fields["into"].queryset = others  # type: ignore[attr-defined]

    def heir(self) -> str:
        return self.cleaned_data["into"].key if self.cleaned_data["into"] else ""

    def event(self) -> Event:
        heirs = tuple(heir.key for heir in self.cleaned_data["successors"])
        return Close(key=self.key, successors=heirs, **self.said())


@dataclass(frozen=True, slots=True)
class Choice:
    """An heir as the preview shows him. `said` tells that what is entered is what was shown."""

    heir: Agency
    standing: tuple[registry.Standing, ...]
    said: str


class HeirForm(forms.Form):
    """Who goes on with what an ended agency left, where its end named nobody."""

    into = AgencyChoice(label=HEIR, empty_label="Chọn cơ quan")

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert agency.valid_to is not None, "what has not ended leaves nothing"
        self.agency = agency
        among = self.fields["into"].queryset = selectors.at_work()  # type: ignore[attr-defined]
        takers = among.filter(origins__predecessor=agency, origins__day=agency.valid_to)
        named = set(takers.values_list("pk", flat=True))
        grouped = [
            (words, [(one.public_id, one.name) for one in among if (one.pk in named) is is_named])
            for words, is_named in (("Nhận nhiệm vụ theo văn bản", True), ("Cơ quan khác", False))
        ]
        if named:  # whom the paper names first: a province has more agencies than one likes to read
            self.fields["into"].choices = [("", "Chọn cơ quan"), *grouped]  # type: ignore[attr-defined]
        for kind in registry.asking():
            self.fields[f"{CARRY}{kind.name}"] = forms.BooleanField(label=kind.asks, required=False)

    def choice(self) -> Choice:
        """Return what the cleaned form says, and what becomes of all that stands at the ended agency."""
        heir, carried = self.cleaned_data["into"], self.carried()
        standing = registry.standing(self.agency, heir.name, carried)
        return Choice(heir, standing, " ".join([heir.public_id, *sorted(carried)]))

    def carried(self) -> list[str]:
        """Return the kinds that were ticked."""
        return [name.removeprefix(CARRY) for name, value in self.cleaned_data.items() if name[:6] == CARRY and value]
