"""Nobody meets a sentence of a library in English: not on a page, not in a form's answer, not in a refusal."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from decimal import Decimal
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import axes
import django
import polib
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from django.urls import reverse

from motcua.demonstration.guests import WANTED
from motcua.demonstration.load import make
from motcua.foundation.calendar.types import Limit, Unit
from motcua.foundation.core import time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.files import store
from motcua.foundation.core.files.types import Limits
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity import actions as identity
from motcua.foundation.identity import selectors
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.types import Lending, Role
from motcua.foundation.organisations import actions as register
from motcua.foundation.organisations.doing import DOINGS as CHANGES
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import register_day
from motcua.foundation.organisations.tests.registers import found
from motcua.foundation.organisations.types import Close
from motcua.service.dossiers import actions as dossiers
from motcua.service.dossiers.models import Dossier, Letter
from motcua.service.dossiers.types import Person
from motcua.service.procedures import actions as procedures
from motcua.service.procedures.models import ProcedureVersion, Process
from motcua.service.procedures.places import Place
from motcua.service.procedures.reading import read_record
from motcua.service.procedures.reading.tests.samples import channels, record
from motcua.service.procedures.rules import StepPlan
from motcua.service.procedures.tests.test_publishing import WHOLE as DRAFT
from motcua.steering.programme import actions as programme
from motcua.steering.programme import importing
from motcua.steering.programme.models import Occurrence, Programme, Task
from motcua.steering.programme.tests.test_review import ROWS, plan
from motcua.steering.programme.today import day as programme_day
from motcua.steering.reports import actions as reports
from motcua.steering.reports.content import content_of, draft
from motcua.steering.reports.models import Report
from motcua.steering.reports.types import PeriodKind, Rank, Window
from motcua.testing import CHECKOUT
from tests.crawling import Crawl, Said, heard
from tests.test_architecture import patterns

OURS = CHECKOUT / "src" / "motcua" / "locale" / "vi" / "LC_MESSAGES" / "django.po"
LIBRARIES = [Path(django.__file__).parent / part for part in ("conf", "contrib/auth", "contrib/sessions")]
PLACEHOLDER = re.compile(r"%(?:\([a-z_0-9]+\))?[srd]|\{[a-z_]*\}")
# Small English words that no Vietnamese syllable and no name of ours is spelled like.
SMALL = re.compile(
    r"\b(please|must|should|this|that|with|from|your|you|was|were|cannot|not found|is not|are not|invalid|required|"
    r"error|failed|forbidden|unknown|warning|default|submit|none|true|false|null|undefined)\b", re.IGNORECASE,
)
# /kit is the living page for who writes screens: it names our own tags. The others answer with no page of their own.
SKIPPED = frozenset({"kit", "sign-out", "lock", "end-sessions", "calendar-load"})


def library_sentences() -> list[tuple[str, re.Pattern[str]]]:
    """Return what Django and axes can say in English: sentences, and words too long to be a Vietnamese syllable.

    Each with its longest fixed part, without which it does not stand in a text: most texts are told by that alone.
    """
    found = set()
    catalogues = [folder / "locale/en/LC_MESSAGES/django.po" for folder in LIBRARIES]
    catalogues += list(Path(axes.__file__).parent.glob("locale/de/LC_MESSAGES/django.po"))
    for path in catalogues:
        for entry in polib.pofile(str(path)):
            for text in (entry.msgid, entry.msgid_plural):
                words = PLACEHOLDER.sub("", text).split()
                if len(words) > 1 or (words and len(words[0]) > 5 and words[0].isalpha()):
                    found.add(text)
    parted = [PLACEHOLDER.split(text) for text in sorted(found)]
    patterns = (".{1,80}?".join(re.escape(part) for part in parts) for parts in parted)
    compiled = (re.compile(rf"(?<!\w){text}(?!\w)") for text in patterns)
    return list(zip((max(parts, key=len) for parts in parted), compiled, strict=True))


BORROWER = "so.chuyenvien"
ENGLISH = library_sentences()


def faults(said: Said) -> list[str]:
    """Return what is not Vietnamese in an answer."""
    found = [SMALL.search(said.text), *(pattern.search(said.text) for part, pattern in ENGLISH if part in said.text)]
    wrong = [said.text[max(0, one.start() - 40) : one.end() + 40] for one in found if one]
    if said.lang != "vi":
        wrong.append(f"lang={said.lang!r}")
    return [f"{said.who}: {said.how} ({said.status}): …{text}…" for text in wrong]


def received_by(account: Account) -> Dossier:
    """Return a dossier with a file, received at the account's own counter."""
    counter, agency = selectors.officer(account, time.today()), account.home_agency
    version = ProcedureVersion.objects.get(procedure__code="9.000401")
    process = Process.objects.get(procedure=version.procedure)
    dossier = dossiers.receive(
        Call(counter), agency=agency, competent=agency, version=version, limit=version.limits.first(), process=process,
        first_step=process.steps.first(), applicant=dossiers.Applicant(name="Nông Văn Minh"),
        papers=[dossiers.PaperIn(name="Tờ khai", originals=1)],
    )
    with store.arriving(SimpleUploadedFile("don.pdf", b"%PDF-1.7\n%%EOF\n"), limits=Limits()) as put:
        dossiers.attach(Call(counter), dossier=dossier, put=put)
    dossiers.refuse(Call(counter), agency=agency, person=Person("Lý A Páo", wish="Hộ chiếu"), reason="Nhầm nơi")
    return dossier


def waiting_dossier() -> Dossier:
    """Return a dossier that a counter has just handed to the borrower's desk."""
    account = Account.objects.get(username="so.motcua")
    counter = selectors.officer(account, time.today())
    return dossiers.hand_over(Call(counter), dossier=received_by(account))


def ended_agency() -> Agency:
    """Return an agency that a data file has ended, naming nobody who goes on with its dossier and its people."""
    system, day = Call(SYSTEM_ACTOR), register_day()
    agency = register.load(system, events=[found("cu", "province", None, day - timedelta(days=60), name="Tỉnh cũ")])
    account = identity.open_account(system, username="cu.motcua", full_name="Bế Văn Páo", agency=agency)
    identity.give_role(system, account=account, agency=agency, role=Role.RECEPTION, valid_from=day)
    received_by(account)
    return register.load(system, events=[Close(day=day, basis="1/NQ", key=agency.key)])


def row_handed_in() -> Task:
    """Return a row of the programme that serves a target, handed in with a file."""
    occurrence = Occurrence.objects.get(task__uid="2.2", year=2017)
    with store.arriving(SimpleUploadedFile("to-trinh.pdf", b"%PDF-1.7\n%%EOF\n"), limits=Limits()) as put:
        programme.submit(Call(SYSTEM_ACTOR), occurrence=occurrence, number="15/TTr", on=programme_day(), puts=[put])
    return occurrence.task


def decisions_handed_in() -> list[str]:
    """Return addresses of a decision that waits for its review, of a file that is none, and of an amendment's page."""
    system = Call(SYSTEM_ACTOR)
    draft = importing.import_file(system, "kh.html", plan(*ROWS)).programme
    assert draft is not None
    refused = programme.hand_in(system, file=SimpleUploadedFile("thu.txt", "Xin chào".encode()))
    at_work = Programme.objects.exclude(pk=draft.pk).get()
    return [
        *(reverse(name, args=[draft.public_id]) for name in ("programme-review", "programme-approve")),
        reverse("programme-recut", args=[draft.public_id, "1"]),
        reverse("programme-handed-in", args=[refused.public_id]),
        reverse("programme-amendment", args=[at_work.public_id]),
    ]


def reports_under_way() -> list[str]:
    """Return addresses of a report with a contested figure, and of one that was sent."""
    last = time.today() - timedelta(days=1)
    window = Window(last - timedelta(days=9), last, dict.fromkeys(Rank, last + timedelta(days=5)))
    plan = reports.Plan("cchc", last.year, PeriodKind.AD_HOC, window=window, name="Báo cáo thử")
    period = reports.open_period(Call(SYSTEM_ACTOR), plan=plan, drafter=Agency.objects.get(key="bk-snv"))
    heads = [Account.objects.get(username=name) for name in ("xa.chutich", "so.giamdoc")]
    contested, sent = (Report.objects.get(period=period, unit=head.home_agency) for head in heads)
    by, other = (Call(selectors.officer(head, time.today())) for head in heads)
    reports.contest(by, report=contested, cell="A2", value=Decimal(99), reason="Sổ giấy ghi nhiều hơn")
    content = content_of(sent)
    texts = {cell.code: draft(content, cell) or "Không có" for cell in content.form.texts}
    sent = reports.write(other, report=sent, texts=texts, values={"M2": Decimal(1)})
    reports.send(other, report=sent)
    return [
        reverse("report", args=[contested.public_id]), reverse("report-cell", args=[contested.public_id, "A2"]),
        reverse("report", args=[sent.public_id]),
    ]


def furnish() -> list[str]:
    """Make a small exercise and what it has none of: a draft, an open limit, an import, a role lent, a person at two,
    a file, an agency that ended without an heir.

    Returns addresses that no link leads to on such a day, or only after a press.
    """
    make(shape="2016", seed=7, dossiers=6, days=12)
    system, today = Call(SYSTEM_ACTOR), time.today()
    version = procedures.draft(system, code="9.009999", content=DRAFT)
    steps = [StepPlan("Cấp thẻ", Place.RECEIVING, Role.RECEPTION, Limit(Decimal(2), Unit.WORKING_DAY))]
    process = procedures.draft_process(system, procedure=version.procedure, steps=steps)
    procedures.take_in(system, read_record(record(cach_thuc_thuc_hien=channels("Trực tiếp1Miễn phí"))))
    unclear = ProcedureVersion.objects.get(procedure__code="1.900001")
    content = json.dumps([record(), {"ma_thu_tuc": ""}]).encode()
    run = procedures.start_import(system, files=[SimpleUploadedFile("mau.json", content)], is_trial=True)
    lender, borrower = (Account.objects.get(username=name) for name in ("so.giamdoc", BORROWER))
    identity.lend(
        system, grant=lender.grants.get(), to=borrower, how=Lending.DELEGATION, ground="Giấy ủy quyền số 1",
        valid_from=today, valid_to=today + timedelta(days=3),
    )
    elsewhere = Account.objects.get(username="xa.motcua").home_agency
    identity.give_role(system, account=borrower, agency=elsewhere, role=Role.SPECIALIST, valid_from=today)
    waiting = waiting_dossier()
    return [
        reverse("procedures-import", args=[run.public_id]),
        reverse("agency", args=[ended_agency().public_id]),
        reverse("dossier", args=[waiting.public_id]),
        reverse("dossier-received", args=[waiting.public_id]),
        reverse("letter", args=[Letter.objects.latest("pk").public_id]),
        *(reverse("agency-do", args=[elsewhere.public_id, slug]) for slug in CHANGES),
        reverse("programme-task", args=[row_handed_in().public_id]),
        *decisions_handed_in(),
        *reports_under_way(),
        reverse("procedures-edit", args=[version.public_id]),
        reverse("procedures-publish", args=[version.public_id]),
        reverse("procedures-process-edit", args=[process.public_id]),
        reverse("procedures-fee", args=[unclear.public_id, 1]),
        f"{reverse('calendar-year')}?nam=2027",
    ]


@pytest.mark.slow
class EveryPage(TestCase):
    """All pages of a small exercise, as its people and its citizens see them."""

    more: list[str]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.more = furnish()

    def setUp(self) -> None:
        cache.clear()

    def test_pages_of_officers_and_citizens_speak_vietnamese(self) -> None:
        dossier = Dossier.objects.latest("pk")
        follow = f"/tra-cuu/{dossier.code}/{dossier.check_word}"
        citizen = Crawl(Client(), "citizen", SKIPPED)
        said = list(citizen.run("/", "/dang-nhap", follow, "/tra-cuu/x/y", "/khong-co"))
        seen = citizen.seen
        one_of_each = {role: name for name, role, _ in reversed(WANTED)}
        for username in (*one_of_each.values(), BORROWER):
            client = Client()
            client.force_login(Account.objects.get(username=username))
            person = Crawl(client, username, SKIPPED)
            said += person.run("/ho-so/", "/don-vi", "/ho-so/khong-co/", *self.more)
            seen |= person.seen
        wrong = sorted({fault for one in said for fault in faults(one)})
        assert wrong == [], "\n".join(wrong[:40])
        assert [one.how for one in said if one.status >= 500] == []
        missed = {pattern.name for pattern in patterns() if pattern.name} - seen - SKIPPED
        assert missed == set(), f"no page leads to {sorted(missed)}"


def test_the_detector_finds_english() -> None:
    def said(text: str) -> Said:
        return Said("x", "GET /", "", 200, "vi", text)

    assert faults(said("Ensure this value has at most 5 characters (it has 9)."))
    assert faults(said("Enter a valid date."))
    assert faults(said("Thứ Hai ¶ Monday"))
    assert not faults(said("Ngày này không đọc được; ví dụ 24/04/2025."))


@pytest.mark.django_db
def test_a_form_from_elsewhere_is_refused_in_vietnamese() -> None:
    answer = Client(enforce_csrf_checks=True).post("/tra-cuu", {"code": "x"})
    assert answer.status_code == 403
    assert not faults(heard("citizen", "POST /tra-cuu", "track", answer))


def test_our_translations_are_of_sentences_that_django_says() -> None:
    known = {
        entry.msgid for folder in LIBRARIES for entry in polib.pofile(str(folder / "locale/en/LC_MESSAGES/django.po"))
    }
    for entry in polib.pofile(str(OURS)):
        assert entry.msgid in known, entry.msgid
        for text in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            assert text
            needed = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
            assert set(PLACEHOLDER.findall(text)) <= needed, entry.msgid


def test_the_compiled_catalogue_is_what_its_source_says() -> None:
    spec = spec_from_file_location("compile_messages", CHECKOUT / "tools" / "compile_messages.py")
    assert spec and spec.loader
    tool = module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert OURS.with_suffix(".mo").read_bytes() == tool.compiled(OURS), "run: make messages"
