"""Procedures through time, what each version says part by part, and the internal process that settles one."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from motcua.foundation.calendar.types import Limit, Unit
from motcua.foundation.core.models import Subject
from motcua.foundation.organisations.models import Agency
from motcua.service.procedures.reading.outcome import Outcome
from motcua.service.procedures.reading.reasons import EXPLANATIONS, Reason, ReasonCode
from motcua.service.procedures.serving import ProcedureService  # noqa: F401 - a table of this room
from motcua.service.procedures.types import (
    Change,
    Channel,
    CopyKind,
    Duty,
    FeeKind,
    FeeRole,
    FeeSource,
    FeeState,
    LimitGap,
    Origin,
    RunState,
    State,
)


class Procedure(Subject):
    """A catalogue entry. What it says is in its versions; `current` is the one in force, for lists.

    `folded` holds code, name and field without marks, for searching; `issuing` who publishes it, by the official list.
    """

    kind = "procedure"

    code = models.CharField(max_length=40, unique=True)
    name = models.TextField()
    field = models.TextField(blank=True)
    current = models.ForeignKey("ProcedureVersion", models.PROTECT, null=True, blank=True, related_name="+")
    levels = models.CharField(max_length=80, blank=True)
    folded = models.TextField(blank=True, editable=False)
    issuing = models.JSONField(default=list, blank=True)
    listed = models.JSONField(default=list, blank=True)
    list_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["field", "code"], name="procedures_field")]

    def __str__(self) -> str:
        return self.name

    @property
    def flag_count(self) -> int:
        """Return how many different things are open in what is in force (after `selectors.catalogue`)."""
        return len({flag.code for flag in getattr(self.current, "open_flags", ())})


class VersionQuerySet(models.QuerySet["ProcedureVersion"]):
    def on(self, day: date) -> Self:
        """Return the versions in force on a day. One without a first day holds since before the store began."""
        started = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        running = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
        return self.filter(started & running).exclude(state=State.DRAFT)


class ProcedureVersion(Subject):
    """What a procedure says from one day until before another. A published version never changes.

    The one exception is a limit that the source left open: the controller adds it with its basis (`set_limit`).
    `source` keeps the imported text key by key; `sets` is empty where the source names no number of sets.
    """

    kind = "procedure-version"

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20)
    origin = models.CharField(max_length=20, default=Origin.PROVINCE)
    name = models.TextField()
    decision = models.CharField(max_length=120, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    requested_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    shown_on = models.DateField(null=True, blank=True)
    imported_at = models.DateTimeField(null=True, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    levels = models.JSONField(default=list, blank=True)
    subjects = models.JSONField(default=list, blank=True)
    performing = models.JSONField(default=list, blank=True)
    competent = models.JSONField(default=list, blank=True)
    authorised = models.JSONField(default=list, blank=True)
    coordinating = models.JSONField(default=list, blank=True)
    category = models.TextField(blank=True)
    address = models.TextField(blank=True)
    steps = models.TextField(blank=True)
    requirements = models.TextField(blank=True)
    related = models.TextField(blank=True)
    description = models.TextField(blank=True)
    sets = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.JSONField(default=dict, blank=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["procedure", "number"], name="procedures_version_number")]

    @property
    def state_words(self) -> str:
        return State(self.state).words

    @property
    def origin_words(self) -> str:
        return Origin(self.origin).words


class ProcedurePaper(models.Model):
    """A paper that a dossier of this version holds. A count is empty where the source prints none."""

    of = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="papers")
    position = models.PositiveSmallIntegerField()
    group = models.TextField(blank=True)
    case = models.TextField(blank=True)
    name = models.TextField()
    originals = models.PositiveSmallIntegerField(default=0, null=True, blank=True)
    copies = models.PositiveSmallIntegerField(default=0, null=True, blank=True)
    copy_kind = models.CharField(max_length=20, default=CopyKind.UNSTATED)
    must_submit = models.BooleanField(default=True)
    duty = models.CharField(max_length=20, default=Duty.SUBMIT)
    forms = models.JSONField(default=list, blank=True)
    verbatim = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]

    @property
    def is_note(self) -> bool:
        """Tell whether the row asks for nothing: the source prints no copy at all, or calls it a note."""
        return self.duty == Duty.NOTE or (self.originals == 0 and not self.copies)

    @property
    def plain_name(self) -> str:
        """Return the name without the dash or star that the source begins lines with."""
        return self.name.lstrip("-+*• ") or self.name

    @property
    def copy_words(self) -> str:
        """Return how many of what, as on a slip: "1 bản chính, 2 bản sao"."""
        counted = ((self.originals, "bản chính"), (self.copies, CopyKind(self.copy_kind).words))
        parts = [f"{number} {words}" for number, words in counted if number]
        if self.originals is None and not parts:
            return "nguồn không ghi số lượng"
        return ", ".join(parts)


class ChannelLimit(models.Model):
    """One row of "cách thức thực hiện": channel, case, time limit and what the money comes to.

    No amount means that no limit is known, and `unknown` says why. What the controller adds later carries its `basis`
    and the day; `verbatim` stays what the source printed.
    """

    of = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="limits")
    position = models.PositiveSmallIntegerField(default=1)
    case = models.TextField(blank=True)
    channel = models.CharField(max_length=10)
    amount = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    unknown = models.CharField(max_length=40, blank=True)
    printed = models.CharField(max_length=200, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    added_on = models.DateField(null=True, blank=True)
    fee_state = models.CharField(max_length=20, default=FeeState.UNKNOWN)
    note = models.TextField(blank=True)
    description = models.TextField(blank=True)
    verbatim = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]

    @property
    def channel_words(self) -> str:
        return Channel(self.channel).words

    @property
    def limit(self) -> Limit | None:
        """Return the limit a clock can run on, or None."""
        return None if self.amount is None else Limit(self.amount, Unit(self.unit))

    @property
    def words(self) -> str:
        """Return the limit for people, or that it is not determined."""
        return str(self.limit) if self.limit else "chưa xác định thời hạn"

    @property
    def gap_words(self) -> str:
        """Return why the source gave no limit."""
        return LimitGap(self.unknown).words if self.unknown else ""

    @property
    def fee_words(self) -> str:
        return FeeState(self.fee_state).words


class ProcedureFee(models.Model):
    """One sum as one place of the source names it; the dates are half-open."""

    of = models.ForeignKey(ChannelLimit, models.CASCADE, related_name="fees")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, default=FeeKind.UNSTATED)
    state = models.CharField(max_length=20)
    role = models.CharField(max_length=20, default=FeeRole.ORDINARY)
    found_in = models.CharField(max_length=20, default=FeeSource.COLUMN)
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="VND")
    per = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    verbatim = models.TextField(blank=True)
    basis = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]

    @property
    def kind_words(self) -> str:
        return FeeKind(self.kind).words

    @property
    def role_words(self) -> str:
        return FeeRole(self.role).words

    @property
    def source_words(self) -> str:
        return FeeSource(self.found_in).words

    @property
    def state_words(self) -> str:
        return FeeState(self.state).words


class ProcedureBasis(models.Model):
    """A legal document that a version stands on; `number` is empty where it could not be told apart."""

    of = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="bases")
    position = models.PositiveSmallIntegerField()
    title = models.TextField()
    number = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["position"]


class ProcedureResult(models.Model):
    """What the applicant receives; `code` only where it is a national result code."""

    of = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="results")
    position = models.PositiveSmallIntegerField()
    name = models.TextField()
    code = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["position"]


class VersionFlag(models.Model):
    """Something in an imported version that a person has to look at. `settled_on`: somebody did."""

    of = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="flags")
    code = models.CharField(max_length=40)
    place = models.CharField(max_length=120, blank=True)
    detail = models.TextField(blank=True)
    limit = models.ForeignKey(ChannelLimit, models.CASCADE, null=True, blank=True, related_name="flags")
    settled_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["code"], name="procedures_flag_open", condition=Q(settled_on__isnull=True))]

    @property
    def what(self) -> str:
        return EXPLANATIONS[ReasonCode(self.code)].what

    @property
    def todo(self) -> str:
        return EXPLANATIONS[ReasonCode(self.code)].todo


class Process(Subject):
    """A published internal process (quy trình nội bộ) of a procedure. Once published its steps are frozen."""

    kind = "process"

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="processes")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20)
    decision = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["procedure", "number"], name="procedures_process_number")]

    @property
    def state_words(self) -> str:
        return State(self.state).words


class Step(models.Model):
    """One step: where it stands (`place`), whose role does it, in what time, with what output."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    place = models.CharField(max_length=20)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=20)
    amount = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    output = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["process", "position"], name="procedures_step_position")]


class ImportRun(Subject):
    """One hand-in of a file: whose, what it was, how far it is, what came of it."""

    kind = "procedure-import"

    state = models.CharField(max_length=20)
    name = models.CharField(max_length=300)
    files = models.JSONField(default=list, blank=True, editable=False)
    is_trial = models.BooleanField(default=False)
    started_by = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)

    @property
    def state_words(self) -> str:
        return RunState(self.state).words

    @property
    def is_over(self) -> bool:
        return self.state in (RunState.DONE, RunState.FAILED)


class ImportLine(models.Model):
    """What came of one record of a run. `change`: new, changed, unchanged, or nothing for what was rejected."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=80, blank=True)
    name = models.TextField(blank=True)
    outcome = models.CharField(max_length=20)
    change = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=300, blank=True)
    reasons = models.JSONField(default=list)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["run", "position"], name="procedures_import_line")]
        indexes = [models.Index(fields=["run", "outcome", "position"], name="procedures_import_outcome")]

    @property
    def said(self) -> list[Reason]:
        """Return the reasons with their words, alike ones of several places together."""
        places: dict[tuple[str, str], list[str]] = {}
        for code, where, detail in self.reasons:
            places.setdefault((code, detail), []).append(where)
        return [
            Reason(ReasonCode(code), ", ".join(dict.fromkeys(filter(None, where))), detail)
            for (code, detail), where in places.items()
        ]

    @property
    def outcome_words(self) -> str:
        return Outcome(self.outcome).words

    @property
    def change_words(self) -> str:
        return Change(self.change).words if self.change else ""
