"""Agencies for tests."""

from __future__ import annotations

from datetime import date

import factory

from motcua.foundation.organisations.models import Agency, AgencyState

FOUNDED = date(2015, 1, 1)


class AgencyFactory(factory.django.DjangoModelFactory[Agency]):
    """An agency with one state since 2015."""

    class Meta:
        model = Agency
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"H03.{n // 90 + 10}.{n % 90 + 10}")
    name = factory.Sequence(lambda n: f"Ủy ban nhân dân xã số {n}")
    valid_from = FOUNDED

    @factory.post_generation
    def state(obj: Agency, create: bool, extracted: object, **fields: object) -> None:  # noqa: N805
        values = {"name": obj.name, "kind": "commune", "level": "commune", "valid_from": FOUNDED, **fields}
        AgencyState.objects.create(agency=obj, **values)
