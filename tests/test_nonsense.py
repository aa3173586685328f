"""Nonsense in addresses and hidden fields: every route answers with a page of its own, never with a fault, and writes
nothing. What people can type into forms is tried by `test_language`; here speaks whoever writes requests by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.types import Officer, Role
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.tests.factories import Office, office, received
from motcua.service.procedures.tests.factories import ProcedureVersionFactory, ProcessFactory
from motcua.testing import CHECKOUT
from tests.test_architecture import patterns

pytestmark = pytest.mark.django_db
PLACES = [
    "x", "0", "-1", "²", "٣", "9" * 400, "a" * 3000, "\x00", "%", "'\"<>", "Đường", "..", "2025-02-30", "2" * 14,
]
VALUES = [
    "", "²", "٣٤", "-1", "0", "9" * 30, "9" * 5000, "\x00", "a~b", "2025-01-01T00:00~1", "0001-01-01", "9999-12-31",
    "99999", "null", "[]", "'; --", "x" * 5000, "\xe9",
]
NAMED = re.compile(r"""GET\.get(?:list)?\(\s*"([a-z\-]+)\"""")


def browser(who: Officer) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=who.account_id))
    return client


def parameters() -> list[str]:
    """Return the names that views ask an address for."""
    found: set[str] = set()
    for path in Path(CHECKOUT / "src").rglob("*.py"):
        if "tests" not in path.parts:
            found.update(NAMED.findall(path.read_text()))
    assert {"sau", "thu-tuc", "xem"} <= found
    return sorted(found)


def addresses(pattern: URLPattern, known: str) -> Iterator[str]:
    """Yield the address of a route with a row that is there, and with each piece of nonsense."""
    text = str(pattern.pattern)
    parts = re.findall(r"<[^>]+>", text)
    for value in [known, *(PLACES if parts else [])]:
        yield "/" + re.sub(r"<[^>]+>", quote(value, safe=""), text)


def prefixed() -> list[tuple[str, URLPattern]]:
    """Return every route with the address it is mounted under."""
    def walk(prefix: str, resolver: URLResolver) -> Iterator[tuple[str, URLPattern]]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                yield from walk(prefix + str(entry.pattern), entry)
            else:
                yield prefix, entry

    found = list(walk("", get_resolver()))
    assert len(found) == len(list(patterns()))
    return found


def everybody(place: Office) -> list[Client]:
    """Return the browsers of somebody with every right, of an officer, and of nobody."""
    mighty = officer(*Role, home_agency=place.commune)
    return [browser(mighty), browser(place.counter), Client()]


def test_nonsense_in_an_address_is_no_fault() -> None:
    place = office()
    dossier = received(place)
    clients, before = everybody(place), LedgerEvent.objects.count()
    for prefix, pattern in prefixed():
        for address in addresses(pattern, dossier.public_id):
            for client in clients[: 1 if address.count("%") > 20 else 3]:
                answer = client.get(f"/{prefix}{address.removeprefix('/')}")
                assert answer.status_code < 500, f"{address[:200]}: {answer.status_code}"
    assert LedgerEvent.objects.count() - before <= 8, "reading issues the slips of one dossier and nothing else"


def test_nonsense_after_the_question_mark_is_no_fault() -> None:
    place = office()
    dossier = received(place)
    client, names = everybody(place)[0], parameters()
    for prefix, pattern in prefixed():
        address = "/" + prefix + re.sub(r"<[^>]+>", dossier.public_id, str(pattern.pattern))
        if address.endswith(".pdf"):
            continue
        for value in VALUES:
            answer = client.get(address, dict.fromkeys(names, value))
            assert answer.status_code < 500, f"{address} {value[:40]!r}: {answer.status_code}"


@pytest.mark.parametrize(
    "seen", ["{ref}@²", "{ref}@" + "9" * 5000, "{ref}@-1", "@@@", "{ref}", "account:x@1", "x" * 9000]
)
def test_a_hidden_version_of_nonsense_is_no_fault(seen: str) -> None:
    place = office()
    dossier = received(place)
    data = {"seen": seen.format(ref=dossier.ref), "note": "", "reason": "x"}
    answer = browser(place.counter).post(f"/ho-so/{dossier.public_id}/chuyen", data)
    assert answer.status_code < 500
    assert Dossier.objects.get().version in {1, 2}


@pytest.mark.parametrize(
    "key", ["", "ngắn", "x" * 64, "x" * 65, "y" * 5000, "có dấu cách và dấu", "\x00" * 10, "²" * 20]
)
def test_a_request_key_of_nonsense_is_no_fault_and_never_doubles(key: str) -> None:
    place = office()
    dossier = received(place)
    client = browser(place.counter)
    for _ in range(2):
        answer = client.post(f"/ho-so/{dossier.public_id}/chuyen", {"request_key": key, "note": ""})
        assert answer.status_code < 500
    assert Dossier.objects.get().version == 2
    answer = browser(place.specialist).post(
        "/ho-so/nhan-nhieu", {"request_key": key, "ho-so": f"{dossier.public_id}@2"}, follow=True
    )
    assert answer.status_code == 200
    assert Dossier.objects.get().at_account_id == place.specialist.account_id


def test_what_belongs_to_another_is_not_taken_from_a_form() -> None:
    """Another procedure's limit, papers and steps, and an agency that is none: refused at the form, nothing written."""
    place, other = office(), ProcedureVersionFactory()
    client, before = browser(place.counter), LedgerEvent.objects.count()
    form = {"all_papers": "on", "applicant": "Nông Văn Minh", "do": "nhan"}
    own, agency = str(place.version.limits.get().pk), str(place.department.pk)
    for bad in (
        {"way": str(other.limits.get().pk), "competent": agency}, {"way": own, "competent": "999999"},
        {"way": own, "competent": "x"}, {"way": "", "competent": agency}, {"way": own, "competent": "9" * 40},
    ):
        answer = client.post(f"/ho-so/tiep-nhan?thu-tuc={place.version.public_id}", form | bad)
        assert answer.status_code == 422
    assert not Dossier.objects.exists()
    assert LedgerEvent.objects.count() == before
    dossier = received(place)
    step = ProcessFactory(procedure=other.procedure).steps.all()[1]
    answer = client.post(f"/ho-so/{dossier.public_id}/chuyen", {"to_step": str(step.pk), "note": ""})
    assert answer.status_code == 422
    assert Dossier.objects.get().version == 1


def test_another_agencys_code_opens_nothing() -> None:
    """The code on a slip is no key: not in an address, not in tracking without its word, not in search."""
    place = office()
    dossier = received(place)
    stranger = browser(place.stranger)
    for name in (dossier.code, dossier.public_id):
        for part in ("", "giay-hen.pdf", "ket-thuc", "da-nhan"):
            assert stranger.get(f"/ho-so/{name}/{part}").status_code == 404
    found = stranger.post("/ho-so/tim", {"q": dossier.code})
    assert dossier.applicant not in found.content.decode()
    answer = Client().get(f"/tra-cuu/{dossier.code}/{'2' * 6}")
    assert answer.status_code in {404, 422} or dossier.applicant not in answer.content.decode()
    own = browser(place.counter).post("/ho-so/tim", {"q": dossier.code})
    assert dossier.applicant in own.content.decode()
