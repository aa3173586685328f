"""Which day the page of law shows."""

from __future__ import annotations

from django import forms


class AsOfForm(forms.Form):
    """A day; empty means today."""

    ngay = forms.DateField(
        label="Ở ngày", required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
