"""Forms of needles: a value or a counted share with its source and file; which reading holds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from motcua.foundation.core.days import DayField
from motcua.foundation.organisations.models import Agency, Kind, Level
from motcua.foundation.organisations.selectors import at_work
from motcua.steering.programme.forms import EntryForm, NumberField
from motcua.steering.programme.models import Measure
from motcua.steering.programme.needles import asking
from motcua.steering.programme.needles.actions import Offered
from motcua.steering.programme.needles.models import Formula
from motcua.steering.programme.needles.types import Counting


class CountField(forms.CharField):
    """A whole number, written with or without dots between the thousands."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, required=False, **kwargs)
        self.widget.attrs.update({"inputmode": "numeric", "autocomplete": "off"})

    def clean(self, value: Any) -> int | None:
        """Return the number, or None where nothing was written."""
        text = str(super().clean(value)).replace(".", "").replace(" ", "").replace("\u00a0", "")
        if not text:
            return None
        if not (text.isascii() and text.isdecimal()):
            raise ValidationError("Chỉ ghi số nguyên, ví dụ 1.211.")
        return int(text)


class NeedleEntryForm(EntryForm):
    """A value of a day, or both sides of the share; one of the two is enough."""

    numerator = CountField(label="Tử số", help_text="Có tử số và mẫu số thì hệ thống tự tính tỷ lệ.")
    denominator = CountField(label="Mẫu số")

    field_order = ["on", "numerator", "denominator", "value", "source", "file"]

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].required = False
        if measure.unit == "%":
            self.fields["value"].label = "hoặc tỷ lệ, %"
        else:
            self.fields["value"].label = f"Giá trị{f', {measure.unit}' if measure.unit else ''}"
            del self.fields["numerator"], self.fields["denominator"]

    @property
    def is_count(self) -> bool:
        """Tell whether both sides were given."""
        return self.cleaned_data.get("numerator") is not None and self.cleaned_data.get("denominator") is not None

    def clean(self) -> dict[str, Any]:
        """Want the value or both sides, never half of them."""
        said: dict[str, Any] = super().clean() or {}
        if self.errors:
            return said
        given = [said.get(name) is not None for name in ("numerator", "denominator")]
        if any(given) and not all(given):
            self.add_error("denominator" if given[0] else "numerator", "Ghi đủ cả tử số và mẫu số.")
        elif not any(given) and said.get("value") is None:
            self.add_error("value", "Ghi giá trị, hoặc tử số và mẫu số." if len(self.fields) > 4 else "Ghi giá trị.")
        elif all(given) and said.get("value") is not None:
            self.add_error("value", "Đã có tử số và mẫu số thì để trống ô này; tỷ lệ được tính từ hai số đó.")
        return said


class ChooseForm(forms.Form):
    """Which reading holds, from when, on what ground."""

    formula = forms.ModelChoiceField(
        label="Cách đọc", queryset=Formula.objects.none(), widget=forms.RadioSelect, to_field_name="code",
        empty_label=None,
    )
    on = DayField(label="Áp dụng từ ngày")
    basis = forms.CharField(
        label="Căn cứ", max_length=300, help_text="Văn bản, kết luận họp hoặc lý do; mọi người xem được."
    )

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        formula = self.fields["formula"]
        assert isinstance(formula, forms.ModelChoiceField)
        formula.queryset = Formula.objects.filter(measure=measure, ended_on__isnull=True)


class ReadingForm(forms.Form):
    """One more reading of a measure: which number of the platform, over whose records, counted how."""

    words = forms.CharField(label="Tên cách đọc", max_length=200, help_text="Ví dụ: Mức độ 3 gồm cả mức độ 4.")
    indicator = forms.ChoiceField(label="Số liệu của hệ thống")
    level = forms.MultipleChoiceField(label="Cấp", required=False, widget=forms.CheckboxSelectMultiple)
    kinds = forms.MultipleChoiceField(label="Loại cơ quan", required=False, widget=forms.CheckboxSelectMultiple)
    exempt = forms.ModelMultipleChoiceField(
        label="Cơ quan không tính", queryset=Agency.objects.none(), to_field_name="public_id", required=False,
        help_text="Cơ quan được miễn theo văn bản; bỏ ra khỏi cả tử số và mẫu số.",
    )
    counting = forms.ChoiceField(label="Cách đếm", choices=[(one.value, one.label.capitalize()) for one in Counting])
    threshold = NumberField(label="Ngưỡng, %", required=False, help_text="Chỉ dùng khi đếm cơ quan đạt ngưỡng.")
    why = forms.CharField(label="Vì sao đọc được như vậy", max_length=400, required=False)
    on = DayField(label="Áp dụng từ ngày")
    basis = forms.CharField(label="Căn cứ", max_length=300, help_text="Văn bản, kết luận họp hoặc lý do.")

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        self.choose("indicator", [("", "Chọn một số liệu"), *asking.codes_for_choice()])
        self.choose("level", list(Level.objects.order_by("order").values_list("code", "name")))
        self.choose("kinds", list(Kind.objects.values_list("code", "name")))
        exempt = self.fields["exempt"]
        assert isinstance(exempt, forms.ModelMultipleChoiceField)
        exempt.queryset = at_work()

    def choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Set the choices of a field."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def offered(self) -> list[Offered]:
        """Return the readings there are and the new one behind them."""
        rows = list(Formula.objects.filter(measure=self.measure).prefetch_related("exempt"))
        said, taken = self.cleaned_data, {row.code for row in rows}
        code = next(f"cach-{at}" for at in range(1, len(rows) + 2) if f"cach-{at}" not in taken)
        new = Offered(
            code=code, words=said["words"], indicator=said["indicator"], why=said["why"],
            level=",".join(said["level"]), kinds=tuple(said["kinds"]), exempt=tuple(said["exempt"]),
            counting=Counting(said["counting"]), threshold=said["threshold"],
        )
        return [*(offered_of(row) for row in rows if row.ended_on is None), new]


def offered_of(row: Formula) -> Offered:
    """Return a reading as it was offered."""
    return Offered(
        code=row.code, words=row.words, indicator=row.indicator, why=row.why, level=row.level,
        kinds=tuple(filter(None, row.kinds.split(","))), exempt=tuple(row.exempt.all()),
        counting=Counting(row.counting), threshold=row.threshold,
    )
