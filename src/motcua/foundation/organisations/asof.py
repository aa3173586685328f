"""The day that a page of the register looks at: the one asked for, else the register's own."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from motcua.foundation.core.days import DayField
from motcua.foundation.organisations import presenting, selectors, store


class DayForm(forms.Form):
    """Which day to look at."""

    ngay = DayField(label="Ở ngày", required=False)


class AsOfForm(DayForm):
    """Which day, which kind."""

    loai = forms.ChoiceField(label="Loại cơ quan", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = store.catalogue().kinds
        self.fields["loai"].choices = [("", "Tất cả"), *((code, kind.name) for code, kind in kinds.items())]  # type: ignore[attr-defined]


def asked(said: QueryDict, kind: type[DayForm]) -> tuple[DayForm, dict[str, Any], date]:
    """Return the form to draw, what was asked for, and the day to look at: the register's where none was chosen."""
    form = kind(said or None)
    found = form.cleaned_data if form.is_bound and form.is_valid() else {}
    day = found.get("ngay") or selectors.register_day()
    return (form if form.errors else kind(initial={**found, "ngay": day})), found, day


def standing(day: date) -> dict[str, Any]:
    """Return what the pages say of their day: links keep a chosen one, and an exercise tells where it stands still."""
    present, still = selectors.register_day(), selectors.still_day()
    return {
        "day": day, "present": present, "keeps": f"?ngay={day.isoformat()}" if day != present else "",
        "stands": presenting.stands_still(still) if still else "",
    }
