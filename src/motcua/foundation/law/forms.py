"""Which day the page of law shows."""

from __future__ import annotations

from django import forms

from motcua.foundation.core.days import DayField


class AsOfForm(forms.Form):
    """A day; empty means today."""

    ngay = DayField(label="Ở ngày", required=False)
