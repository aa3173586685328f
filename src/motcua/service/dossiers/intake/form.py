"""The counter's form: papers against the published list, the applicant, where it goes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.functional import cached_property, lazy

from motcua.foundation.core.prepared import Prepared
from motcua.foundation.core.registers import Kept
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import register_day
from motcua.service.dossiers.actions import Applicant, PaperIn
from motcua.service.dossiers.forms import check_letters
from motcua.service.dossiers.intake.choosing import Chosen, Way
from motcua.service.procedures.models import ProcedurePaper

# Identity card (12), older card (9), business code (10 or 13), passports (a letter and figures).
_IDENTITY = re.compile(r"\d{9}|\d{10}|\d{12}|\d{13}|(?=.*\d)[A-Z][A-Z0-9]{5,14}")
_PHONE = re.compile(r"\+?\d{8,15}")
SEPARATORS = re.compile(r"[\s.\-]")


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A published paper with its three fields."""

    paper: ProcedurePaper
    given: BoundField
    originals: BoundField
    copies: BoundField


class AgencyField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """An agency at work today, read by a query compiled once when the form comes back."""

    def to_python(self, value: Any) -> Agency | None:
        if value in self.empty_values:
            return None
        day = register_day()
        found = _AT_WORK(int(value), day) if str(value).isdecimal() and len(str(value)) < 10 else None
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return found


_label: Callable[[Way], Any] = lazy(lambda way: way.label, str)
_AT_WORK = Kept(Prepared(lambda key, day: Agency.objects.on(day).filter(pk=key), 0, date(2016, 6, 15)).first)


class Shared(dict[str, forms.Field]):
    """Fields of a form that are made once a process. Checking what came back changes none of them."""

    def __deepcopy__(self, _memo: dict[int, Any]) -> Shared:
        return self


MOST_SHARED = 500
_LOOKED_AT = ("identity", "phone")
_shared: dict[tuple[Any, ...], Shared] = {}


class Intake(forms.Form):
    """Who brings what. Fields of papers are made from the published list: nothing else may be asked for."""

    way = forms.ChoiceField(label="Cách nộp và ngày hẹn trả", widget=forms.RadioSelect)
    all_papers = forms.BooleanField(label="Đủ tất cả giấy tờ dưới đây", required=False)
    other_papers = forms.CharField(
        label="Giấy tờ khác người nộp tự gửi kèm", required=False, max_length=2000,
        widget=forms.Textarea({"rows": 2}), help_text="Mỗi dòng một giấy. Không yêu cầu giấy tờ ngoài danh mục.",
    )
    missing_ok = forms.BooleanField(label="Vẫn nhận dù còn thiếu giấy tờ chưa đánh dấu", required=False)
    identity = forms.CharField(
        label="Số căn cước", required=False, max_length=24, help_text="hoặc CMND, hộ chiếu, mã số doanh nghiệp",
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "text", "spellcheck": "false"}),
    )
    phone = forms.CharField(
        label="Điện thoại", required=False, max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "tel"}),
    )
    applicant = forms.CharField(
        label="Họ và tên, hoặc tên tổ chức", max_length=200, widget=forms.TextInput({"autocomplete": "off"}),
        validators=[check_letters], error_messages={"required": "Chưa có họ tên người nộp."},
    )
    address = forms.CharField(
        label="Địa chỉ", max_length=300, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    submitted_by = forms.CharField(
        label="Người nộp thay", max_length=200, required=False, widget=forms.TextInput({"autocomplete": "off"}),
        validators=[check_letters],
    )
    request = forms.CharField(
        label="Nội dung yêu cầu", required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    competent = AgencyField(
        label="Cơ quan giải quyết", queryset=Agency.objects.none(), empty_label="Chọn cơ quan",
        error_messages={"required": "Chưa rõ cơ quan nào giải quyết. Anh/chị chọn cơ quan."},
    )

    def __init__(self, chosen: Chosen, *args: Any, shared: Shared | None = None, **kwargs: Any) -> None:
        if shared is not None:
            self.__dict__["base_fields"] = shared  # what `Form` is about to copy
        super().__init__(*args, **kwargs)
        self.chosen = chosen
        if shared is None:
            self._make_fields(chosen)

    @classmethod
    def sent(cls, chosen: Chosen, data: QueryDict) -> Intake:
        """Return the form as it came back, to be checked and not to be drawn: its fields are shared by all requests."""
        key = (chosen.version.pk, *(way.key for way in chosen.ways), *(paper.pk for paper in chosen.papers))
        shared = _shared.get(key)
        if shared is None:
            if len(_shared) > MOST_SHARED:
                _shared.clear()
            shared = _shared[key] = Shared(cls(chosen).fields)
        return cls(chosen, data, shared=shared)

    def _make_fields(self, chosen: Chosen) -> None:
        way, competent = self.fields["way"], self.fields["competent"]
        assert isinstance(way, forms.ChoiceField) and isinstance(competent, forms.ModelChoiceField)
        # A form that was sent needs the keys alone; the words with their due dates are made when they are drawn.
        way.choices = [(one.key, _label(one)) for one in chosen.ways]
        way.initial = chosen.ways[0].key
        competent.queryset = Agency.objects.on(register_day()).order_by("name")
        competent.initial = chosen.competent.pk if chosen.competent else None
        for paper in chosen.papers:
            self._add_paper(paper)

    def _add_paper(self, paper: ProcedurePaper) -> None:
        name = f"p{paper.pk}"
        self.fields[name] = forms.BooleanField(label=paper.name, required=False)
        for suffix, label, count in (("o", "Bản chính", paper.originals), ("c", "Bản sao", paper.copies)):
            self.fields[f"{name}{suffix}"] = forms.IntegerField(
                label=f"{label}: {paper.name}", min_value=0, max_value=99, required=False, initial=count or 0,
                widget=forms.NumberInput({"inputmode": "numeric"}),
            )

    def _clean_fields(self) -> None:
        """Check each field as Django does; a form that is not drawn needs no field bound to it for that."""
        if not isinstance(self.fields, Shared):
            super()._clean_fields()  # type: ignore[misc]  # Django has it, its stubs have not
            return
        for name, field in self.fields.items():
            try:
                self.cleaned_data[name] = field.clean(field.widget.value_from_datadict(self.data, self.files, name))
                if name in _LOOKED_AT:
                    self.cleaned_data[name] = getattr(self, f"clean_{name}")()
            except forms.ValidationError as error:
                self.add_error(name, error)

    @cached_property
    def papers(self) -> list[PaperRow]:
        """The published papers with their fields."""
        return list(self._rows())

    def _rows(self) -> Iterator[PaperRow]:
        for paper in self.chosen.papers:
            name = f"p{paper.pk}"
            yield PaperRow(paper, self[name], self[f"{name}o"], self[f"{name}c"])

    def clean_identity(self) -> str:
        number = SEPARATORS.sub("", self.cleaned_data["identity"]).upper()
        if number and not _IDENTITY.fullmatch(number):
            raise forms.ValidationError(
                "Số này không giống số căn cước (12 chữ số), CMND (9), mã số doanh nghiệp (10 hoặc 13) hay hộ chiếu. "
                "Anh/chị xem lại; các ô khác vẫn giữ nguyên."
            )
        return number

    def clean_phone(self) -> str:
        number = SEPARATORS.sub("", self.cleaned_data["phone"])
        if number and not _PHONE.fullmatch(number):
            raise forms.ValidationError("Số điện thoại có từ 8 đến 15 chữ số. Anh/chị xem lại; các ô khác giữ nguyên.")
        return number

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        missing = self.missing()
        if missing and not answers.get("missing_ok"):
            names = "; ".join(paper.name for paper in missing)
            self.add_error(
                "missing_ok",
                f"Còn thiếu: {names}. Đánh dấu giấy đã có; nếu vẫn nhận khi thiếu, đánh dấu ô này và hướng dẫn "
                "người nộp bổ sung.",
            )
        return answers

    def missing(self) -> list[ProcedurePaper]:
        """Return the papers that must come and were not ticked."""
        answers = self.cleaned_data
        if answers.get("all_papers"):
            return []
        return [paper for paper in self.chosen.papers if paper.must_submit and not answers.get(f"p{paper.pk}")]

    def papers_in(self) -> list[PaperIn]:
        """Return what was handed in."""
        answers = self.cleaned_data
        listed = [
            PaperIn(
                name=paper.name, paper_id=paper.pk, originals=answers.get(f"p{paper.pk}o") or 0,
                copies=answers.get(f"p{paper.pk}c") or 0,
            )
            for paper in self.chosen.papers if answers["all_papers"] or answers.get(f"p{paper.pk}")
        ]
        others = [text.strip() for text in answers["other_papers"].splitlines() if text.strip()]
        return listed + [PaperIn(name=text, originals=1) for text in others]

    def applicant_in(self) -> Applicant:
        """Return whose matter it is."""
        answers = self.cleaned_data
        return Applicant(
            name=answers["applicant"], address=answers["address"], identity=answers["identity"], phone=answers["phone"],
            submitted_by=answers["submitted_by"],
        )
