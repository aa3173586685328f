"""Doing a verb for a form: what the verb refuses is shown at its field, with what was typed still there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.forms import BaseForm

from motcua.foundation.core.errors import Invalid


@contextmanager
def tried(form: BaseForm) -> Iterator[None]:
    """Turn an Invalid of the code inside into an error of the form."""
    try:
        yield
    except Invalid as error:
        # The forms ask for the last day, the verbs for the day after it.
        field = {"valid_to": "last"}.get(error.field or "", error.field)
        form.add_error(field if field in form.fields else None, error.message)
