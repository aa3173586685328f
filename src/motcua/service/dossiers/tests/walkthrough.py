"""Every verb and door of dossiers, done once with marked personal data: names, numbers, addresses, reasons."""

from __future__ import annotations

import contextlib
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.foundation.calendar.types import PausePolicy
from motcua.foundation.core import time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.errors import Refusal
from motcua.foundation.core.verbs import Call
from motcua.foundation.organisations.tests.factories import AgencyFactory
from motcua.service.dossiers import actions
from motcua.service.dossiers.actions.recompute import keep_dates, recompute
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.tests.factories import Office, office, received
from motcua.service.dossiers.tests.screens import at, signed_in
from motcua.service.dossiers.types import Ground, Missing, Person

#: Where the applicant stands in clear: dossier, papers, the words to find it by.
HOMES = frozenset({"dossiers_dossier", "dossiers_dossierpaper", "core_searchword"})
IDENTITY, PHONE = "095188007731", "0912677345"
#: These stand nowhere in clear.
SEALED = (IDENTITY, PHONE)


def walk(mark: str) -> None:
    """Do it all: one dossier to its end through the verbs, others stopped, withdrawn and refused; then the doors."""
    with time.travelling(at("2025-04-24T09:00")):
        place = office()
        _life(place, mark)
        _ends(place, mark)
        _files(place, mark)
        _letters(place, mark)
        _doors(place, mark)


def _one(place: Office, mark: str) -> Dossier:
    person = actions.Applicant(
        name=f"Nông Thị {mark}", address=f"Thôn {mark}", identity=IDENTITY, phone=PHONE, submitted_by=f"Con bà {mark}"
    )
    return received(
        place, applicant=person, request=f"Xin cho bà {mark}", papers=[actions.PaperIn(name=f"Giấy của bà {mark}")]
    )


def _life(place: Office, mark: str) -> None:
    dossier, work = _one(place, mark), Call(place.specialist)
    dossier = actions.hand_over(Call(place.counter), dossier=dossier, note=f"Bà {mark} cần gấp")
    dossier = actions.decline(work, dossier=dossier, reason=f"Thiếu giấy của bà {mark}")
    dossier = actions.hand_over(Call(place.counter), dossier=dossier, note=f"Đã đủ giấy của bà {mark}")
    dossier = actions.accept(work, dossier=dossier)
    dossier = actions.suspend(
        work, dossier=dossier, ground=Ground.SUPPLEMENT, policy=PausePolicy.RESUME, reason=f"Chờ bà {mark}"
    )
    dossier = actions.resume(work, dossier=dossier)
    dossier = recompute(Call(SYSTEM_ACTOR), dossier=dossier)
    keep_dates(Call(SYSTEM_ACTOR), agency=place.commune, calendar=1, dossiers={dossier.pk: dossier.version})
    _succession(place, mark)
    dossier = actions.finish(work, dossier=dossier)
    actions.return_result(Call(place.counter), dossier=dossier)


def _succession(place: Office, mark: str) -> None:
    """The department is taken over while it waits for the applicant of one dossier."""
    dossier = actions.hand_over(Call(place.counter), dossier=_one(place, mark))
    dossier = actions.accept(Call(place.specialist), dossier=dossier)
    dossier = actions.suspend(
        Call(place.specialist), dossier=dossier, ground=Ground.PAYMENT, policy=PausePolicy.RESUME, reason=f"Bà {mark}"
    )
    heir = AgencyFactory(name="Sở Nội vụ")
    actions.succeed(Call(SYSTEM_ACTOR), dossier=dossier, predecessor=place.department, heir=heir)


def _ends(place: Office, mark: str) -> None:
    actions.withdraw(Call(place.counter), dossier=_one(place, mark), reason=f"Bà {mark} đổi ý")
    stopped = actions.hand_over(Call(place.counter), dossier=_one(place, mark))
    stopped = actions.accept(Call(place.specialist), dossier=stopped)
    actions.stop(Call(place.head), dossier=stopped, reason=f"Bà {mark} nhờ dừng")
    with contextlib.suppress(Refusal):
        actions.withdraw(Call(place.stranger), dossier=_one(place, mark), reason=f"Người lạ viết {mark}")


def _files(place: Office, mark: str) -> None:
    client, dossier = signed_in(place.counter), _one(place, mark)
    sent = {
        "place": "", "title": f"Biên bản của bà {mark}", "whole": "1",
        "file": SimpleUploadedFile(f"{mark}.pdf", b"%PDF-1.7 " + mark.encode() + b" %%EOF"),
    }
    client.post(reverse("dossier-attach", args=[dossier.public_id]), sent)
    file = dossier.attachments.get()
    client.get(reverse("dossier-file", args=[dossier.public_id, file.public_id]))
    client.post(reverse("dossier-detach", args=[dossier.public_id, file.public_id]), {"reason": f"Của bà {mark} khác"})


def _letters(place: Office, mark: str) -> None:
    """A refusal at the counter, an apology, a request for a paper that is not on the list; each is printed."""
    refused = actions.refuse(
        Call(place.counter), agency=place.commune, reason=f"Bà {mark} đến nhầm nơi",
        person=Person(f"Nông Thị {mark}", f"Thôn {mark}", PHONE, f"Xin cho bà {mark}"),
    )
    work, dossier = Call(place.specialist), actions.hand_over(Call(place.counter), dossier=_one(place, mark))
    dossier = actions.accept(work, dossier=dossier)
    sorry = actions.apologise(work, dossier=dossier, reason=f"Chưa gặp bà {mark}", new_day=date(2025, 5, 6))
    actions.suspend(
        work, dossier=dossier, ground=Ground.SUPPLEMENT, policy=PausePolicy.RESUME, reason=f"Chờ giấy của bà {mark}",
        missing=[Missing(f"Giấy của bà {mark}", basis=f"Đơn của bà {mark}")],
    )
    client = signed_in(place.counter)
    for letter in (refused, sorry, dossier.letters.latest("pk")):
        client.get(reverse("letter", args=[letter.public_id]))
    client.get(reverse("refuse"))
    for way in ("", "pdf", "xlsx"):
        client.get(reverse("register"), {"tu": "2025-04-01", "den": "2025-04-30", "dang": way})


def _doors(place: Office, mark: str) -> None:
    client, dossier = signed_in(place.counter), _one(place, mark)
    for name in ("dossier", "dossier-slip", "dossier-control-slip", "dossier-received"):
        client.get(reverse(name, args=[dossier.public_id]))
    intake = f"{reverse('intake')}?thu-tuc={place.version.public_id}"
    filled = {"applicant": f"Nông Thị {mark}", "identity": IDENTITY, "phone": PHONE, "address": mark, "do": "nhan"}
    client.post(intake, filled)
    whole = {"way": str(place.version.limits.get().pk), "all_papers": "on", "competent": str(place.department.pk)}
    client.post(intake, filled | whole)
    for words in (mark, IDENTITY, PHONE):
        client.get(reverse("dossier-search"), {"q": words, "tim": words})
        client.get(reverse("queue"), {"q": words, "tim": words})
    client.post(reverse("dossier-do", args=[dossier.public_id, "rut"]), {"reason": f"Bà {mark}"})
    public = Client(headers={"User-Agent": f"Firefox/115 {mark}"})
    public.get(reverse("track-dossier", args=[dossier.code, dossier.check_word]))
    public.get(reverse("track-dossier", args=[dossier.code, mark]))
    public.post(reverse("track"), {"code": IDENTITY, "word": mark, "q": PHONE})
