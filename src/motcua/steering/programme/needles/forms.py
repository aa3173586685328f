"""Forms of needles: a value or a counted share with its source and file; which reading holds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from motcua.foundation.core.days import DayField
from motcua.steering.programme.forms import EntryForm
from motcua.steering.programme.models import Measure
from motcua.steering.programme.needles.models import Formula


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
