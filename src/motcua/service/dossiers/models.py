"""A dossier, the dated events of its clock, its hand-overs and its papers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from motcua.foundation.core.crypto import SealedField
from motcua.foundation.core.files.models import StoredFile
from motcua.foundation.core.models import Note, Subject
from motcua.foundation.identity.models import Account
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import carrier
from motcua.service.dossiers.types import LetterKind, State
from motcua.service.procedures.models import ProcedurePaper, ProcedureVersion, Process, Step

OPEN = Q(state__in=[State.RECEIVED, State.IN_PROCESS, State.SUSPENDED])
#: Another agency settles it than the one that received it: those are looked up by it besides.
SETTLED_ELSEWHERE = ~Q(competent=F("receiving"))


class Dossier(Subject):
    """One applicant's case. Columns of clock and holder are kept for lists; `rules` can work each out again.

    Every index is paid for at each reception, so a key has one of its own only where a list asks by it and no other
    index begins with it. `salt` goes into the digests by which the ledger vouches for people and papers.
    """

    kind = "dossier"

    code = models.CharField(max_length=60, unique=True)
    check_word = models.CharField(max_length=12)
    version_of = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="dossiers", db_index=False)
    process = models.ForeignKey(Process, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    case = models.TextField(blank=True)
    receiving = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    competent = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=10)
    rule_set = models.CharField(max_length=40)
    calendar = models.PositiveIntegerField(default=0)

    applicant = models.CharField(max_length=200)
    applicant_address = models.CharField(max_length=300, blank=True)
    applicant_identity = SealedField(blank=True)
    applicant_phone = SealedField(blank=True)
    identity_index = models.BinaryField(max_length=16, null=True)
    phone_index = models.BinaryField(max_length=16, null=True)
    submitted_by = models.CharField(max_length=200, blank=True)
    salt = models.CharField(max_length=32, blank=True, editable=False)
    request = models.TextField(blank=True)

    state = models.CharField(max_length=12)
    received_at = models.DateTimeField()
    limit_amount = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    limit_unit = models.CharField(max_length=20, blank=True)
    first_due_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    due_is_provisional = models.BooleanField(default=False)
    ran_out = models.BooleanField(default=False)
    finished_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=12, blank=True)

    holder = models.CharField(max_length=14)
    at_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    at_step = models.ForeignKey(Step, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    at_account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    held_since = models.DateTimeField()
    is_awaited = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["at_agency", "due_at", "id"], name="dossiers_queue", condition=OPEN),
            models.Index(fields=["at_account", "due_at", "id"], name="dossiers_mine", condition=OPEN),
            models.Index(fields=["receiving", "-received_at", "-id"], name="dossiers_received"),
            models.Index(
                fields=["identity_index"], name="dossiers_identity", condition=Q(identity_index__isnull=False)
            ),
            models.Index(
                fields=["receiving", "due_at", "id"], name="dossiers_ready", condition=Q(state=State.FINISHED)
            ),
            models.Index(fields=["phone_index"], name="dossiers_phone", condition=Q(phone_index__isnull=False)),
            # The head's numbers: one index for whoever received and one for whoever settles, so that neither question
            # reads an archive.
            models.Index(fields=["receiving", "due_at", "id"], name="dossiers_open_received", condition=OPEN),
            models.Index(fields=["competent", "due_at", "id"], name="dossiers_open_settled", condition=OPEN),
            models.Index(fields=["receiving", "competent"], name="dossiers_ran_out", condition=OPEN & Q(ran_out=True)),
            models.Index(
                fields=["competent", "-received_at", "-id"], name="dossiers_settled", condition=SETTLED_ELSEWHERE
            ),
            models.Index(
                fields=["receiving", "finished_at"], name="dossiers_done_received",
                condition=Q(finished_at__isnull=False),
            ),
            models.Index(
                fields=["competent", "finished_at"], name="dossiers_done_settled",
                condition=Q(finished_at__isnull=False) & SETTLED_ELSEWHERE,
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @cached_property
    def counter(self) -> Agency:
        """Return whose counter stands for this dossier today: who received it, or its heir (1 query if it ended).

        Kept with the row, because a page asks it of every verb; a verb reads its rows anew.
        """
        return carrier(self.receiving)


class ClockEvent(models.Model):
    """A dated event of a dossier's clock. Appended, never changed. Its `note` says why; the ledger has its digest."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="clock", db_index=False)
    sequence = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=10)
    at = models.DateTimeField()
    holder = models.CharField(max_length=14)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    step = models.ForeignKey(Step, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    policy = models.CharField(max_length=10, blank=True)
    ground = models.CharField(max_length=20, blank=True)
    note = models.ForeignKey(Note, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        ordering = ["sequence"]
        constraints = [models.UniqueConstraint(fields=["dossier", "sequence"], name="dossiers_clock_sequence")]


class HandOver(models.Model):
    """A row of the control slip: who gave to whom, until when, and when it was accepted.

    `note` is the giver's word; `reason` is why the other side gave it back.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="hand_overs")
    from_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    from_step = models.ForeignKey(Step, models.PROTECT, null=True, blank=True, related_name="+")
    giver = models.ForeignKey(Account, models.PROTECT, related_name="+")
    to_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    to_step = models.ForeignKey(Step, models.PROTECT, null=True, blank=True, related_name="+")
    receiver = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    step_due_at = models.DateTimeField(null=True)
    note = models.ForeignKey(Note, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    reason = models.ForeignKey(Note, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["giver", "id"], name="dossiers_given",
                condition=Q(accepted_at__isnull=True, declined_at__isnull=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], name="dossiers_one_open_hand_over",
                condition=Q(accepted_at__isnull=True, declined_at__isnull=True),
            )
        ]


class StepTime(models.Model):
    """How a step kept its own time (ADR 10): written when it is left, and anew when it came back and is left again.

    `hand_over` is what began it, None for the step that received. `promised_at` is the date without pauses.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="step_times")
    hand_over = models.OneToOneField(HandOver, models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    step = models.ForeignKey(Step, models.PROTECT, related_name="+", db_index=False)
    began_at = models.DateTimeField()
    promised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], name="dossiers_one_first_step", condition=Q(hand_over__isnull=True)
            )
        ]


class DossierPaper(models.Model):
    """A paper that was handed in."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="papers")
    of = models.ForeignKey(ProcedurePaper, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    name = models.TextField()
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)


class Attachment(Subject):
    """A file that belongs to a dossier: to a paper that came, to one that is asked for, or a further one with a title.

    Its bytes and its row stay for ever; taken back means `detached_at`, with who and why.
    """

    kind = "attachment"

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="attachments")
    paper = models.ForeignKey(DossierPaper, models.PROTECT, null=True, blank=True, related_name="+")
    asked = models.ForeignKey(ProcedurePaper, models.PROTECT, null=True, blank=True, related_name="+")
    title = SealedField(blank=True)
    # By its public id, as issued papers do: both rows go into the store in one breath.
    file = models.OneToOneField(StoredFile, models.PROTECT, to_field="public_id", related_name="attachment")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    detached_at = models.DateTimeField(null=True)
    detached_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    detach_reason = models.ForeignKey(Note, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(paper__isnull=True) | Q(asked__isnull=True), name="dossiers_attachment_one_place"
            ),
            models.CheckConstraint(
                condition=Q(detached_at__isnull=True) | Q(detached_by__isnull=False), name="dossiers_detached_by"
            ),
        ]


class Letter(Subject):
    """A numbered letter to an applicant. It says what was decided; no letter changes a due date.

    `number` runs per agency, symbol and calendar year. A refusal at the counter has no dossier but a person; `new_day`
    is the day an apology announces; `is_late` says that it was written after the day the rules set for it.
    """

    kind = "letter"

    what = models.CharField(max_length=12)
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, blank=True, related_name="letters")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    symbol = models.CharField(max_length=20, blank=True)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    # Its own reason, or the event of the clock that it tells of and whose note is the reason.
    reason = models.ForeignKey(Note, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    event = models.ForeignKey(ClockEvent, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    new_day = models.DateField(null=True)
    is_late = models.BooleanField(default=False)
    version_of = models.ForeignKey(ProcedureVersion, models.PROTECT, null=True, blank=True, related_name="+")
    person = SealedField(blank=True)
    person_address = SealedField(blank=True)
    person_phone = SealedField(blank=True)
    wish = SealedField(blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["agency", "-id"], name="dossiers_refused_at_counter", condition=Q(dossier__isnull=True)
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "what", "symbol", "year", "number"], name="dossiers_letter_number"
            ),
            models.CheckConstraint(
                condition=Q(what="refusal") | Q(dossier__isnull=False), name="dossiers_letter_of_a_dossier"
            ),
            models.CheckConstraint(
                condition=Q(reason__isnull=False) | Q(event__isnull=False), name="dossiers_letter_has_a_reason"
            ),
        ]

    @property
    def full_number(self) -> str:
        """Return "05/HDHS", or the bare number where no symbol is set."""
        return f"{self.number:02d}/{self.symbol}" if self.symbol else f"{self.number:02d}"

    @property
    def label(self) -> str:
        return LetterKind(self.what).label

    @property
    def why(self) -> str:
        """Return the reason in words, its own or that of the event it tells of."""
        note = self.reason or (self.event.note if self.event else None)
        return note.words if note else ""


class LetterItem(models.Model):
    """A paper that a supplement asks for. One that is not on the published list has its legal basis."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="items")
    of = models.ForeignKey(ProcedurePaper, models.PROTECT, null=True, blank=True, related_name="+")
    name = SealedField()
    basis = SealedField(blank=True)

    class Meta:
        ordering = ["id"]


class WrongWord(models.Model):
    """How often tracking was tried with a wrong word, by address and by code, in a short while.

    `source` is a keyed digest: no address of a citizen's machine is kept. Rows older than the while are dropped.
    """

    source = models.BinaryField(max_length=16, primary_key=True)
    since = models.DateTimeField(db_index=True)
    count = models.PositiveSmallIntegerField()


class FormerDue(models.Model):
    """A due date that held until another took its place: what a past day was late against. Appended by `counting`."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="former_dues")
    until = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    ran_out = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]


class DelayShare(models.Model):
    """Working minutes of a settled dossier's delay, by who held it then: written with the verdict, kept as it was."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="delay_shares")
    holder = models.CharField(max_length=14)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    minutes = models.PositiveIntegerField()

    class Meta:
        ordering = ["id"]
