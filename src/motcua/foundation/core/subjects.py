"""From references to rows: loading a subject by its reference, and locking several in one order for all."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from motcua.foundation.core.models import Subject
from motcua.foundation.core.refs import Ref, split


def model_of(kind: str) -> type[Subject]:
    """Return the model whose rows are of this kind. Raises KeyError."""
    for model in apps.get_models():
        if issubclass(model, Subject) and getattr(model, "kind", None) == kind:
            return model
    raise KeyError(kind)


def resolve(reference: Ref) -> Subject:
    """Return the row a reference names. Raises its model's DoesNotExist."""
    kind, public_id = split(reference)
    found: Subject = model_of(kind)._base_manager.get(public_id=public_id)
    return found


def locked(arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the same arguments, freshly read and locked, taken in the order of table and key.

    One order for every verb is what keeps two of them from waiting for each other for ever.
    """
    rows = {name: row for name, row in arguments.items() if row is not None}
    ordered = sorted(rows, key=lambda name: (rows[name]._meta.db_table, rows[name].pk))
    fresh = {}
    for name in ordered:
        row = rows[name]
        fresh[name] = type(row)._base_manager.select_for_update(of=("self",)).get(pk=row.pk)
    return fresh
