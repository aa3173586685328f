"""Procedures for tests: one in force, three papers, two working days, a process over two agencies."""

from __future__ import annotations

from decimal import Decimal

import factory

from motcua.foundation.identity.types import Role
from motcua.service.procedures.models import ChannelLimit, Procedure, ProcedurePaper, ProcedureVersion, Process, Step
from motcua.service.procedures.places import Place

STEPS = (
    ("Tiếp nhận", Place.RECEIVING, Role.RECEPTION, "0.5"),
    ("Thẩm định", Place.COMPETENT, Role.SPECIALIST, "1"),
    ("Ký duyệt", Place.COMPETENT, Role.HEAD, "0.5"),
)


class ProcedureFactory(factory.django.DjangoModelFactory[Procedure]):
    """A catalogue entry without versions."""

    class Meta:
        model = Procedure

    code = factory.Sequence(lambda n: f"1.{n:06d}")
    name = factory.Sequence(lambda n: f"Đăng ký việc số {n}")
    field = "Hộ tịch"


class ProcedureVersionFactory(factory.django.DjangoModelFactory[ProcedureVersion]):
    """A version in force."""

    class Meta:
        model = ProcedureVersion
        skip_postgeneration_save = True

    procedure = factory.SubFactory(ProcedureFactory)
    number = 1
    state = "in-force"
    name = factory.SelfAttribute("procedure.name")

    @factory.post_generation
    def papers(obj: ProcedureVersion, create: bool, extracted: object, **_: object) -> None:  # noqa: N805
        for position, name in enumerate(("Tờ khai", "Giấy tờ tùy thân", "Giấy chứng sinh"), 1):
            ProcedurePaper.objects.create(of=obj, position=position, name=name, originals=1)

    @factory.post_generation
    def limit(obj: ProcedureVersion, create: bool, extracted: str | None, **_: object) -> None:  # noqa: N805
        amount, unit = Decimal(extracted or "2"), "working-day"
        ChannelLimit.objects.create(of=obj, channel="direct", amount=amount, unit=unit)


class ProcessFactory(factory.django.DjangoModelFactory[Process]):
    """A published process of three steps."""

    class Meta:
        model = Process
        skip_postgeneration_save = True

    procedure = factory.SubFactory(ProcedureFactory)
    number = 1
    state = "in-force"

    @factory.post_generation
    def steps(obj: Process, create: bool, extracted: object, **_: object) -> None:  # noqa: N805
        for position, (name, place, role, amount) in enumerate(STEPS, 1):
            Step.objects.create(
                process=obj,
                position=position,
                name=name,
                place=place,
                role=role,
                amount=Decimal(amount),
                unit="working-day",
            )
