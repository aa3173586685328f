"""The commands: a first administrator on an empty store, and a code for him when he forgot his password."""

from __future__ import annotations

import re
from argparse import Namespace

import pytest

from motcua.foundation.core import time
from motcua.foundation.core.cli import CommandError
from motcua.foundation.identity import cli, selectors
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.secrets import fits, plain_code
from motcua.foundation.identity.types import Role
from motcua.foundation.organisations.models import AgencyCode
from motcua.foundation.organisations.tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db
RUN = {command.words: command.run for command in cli.COMMANDS}


def asked(**given: str) -> Namespace:
    return Namespace(**({"username": "quan.tri", "name": "Hà Văn Cường", "agency": "H03.99"} | given))


@pytest.fixture(autouse=True)
def agency() -> None:
    AgencyCode.objects.create(agency=AgencyFactory(), scheme="d20", code="H03.99", valid_from="2015-01-01")


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    code = re.search(r": ([a-z0-9]{5}-[a-z0-9]{5})", capsys.readouterr().out)
    assert code is not None
    return plain_code(code[1])


def test_the_first_administrator_gets_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert RUN["account", "administrator"](asked()) == 0
    account = Account.objects.get(username="quan.tri")
    assert fits(printed(capsys), account.reset_code)
    assert selectors.officer(account, time.today()).has(Role.ADMIN)
    RUN["account", "reset"](asked())
    account.refresh_from_db()
    assert fits(printed(capsys), account.reset_code)


@pytest.mark.parametrize("wrong", [{"agency": "H99.1"}, {"username": "Hà"}, {"name": " "}])
def test_bad_input_opens_nothing(wrong: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        RUN["account", "administrator"](asked(**wrong))
    assert not Account.objects.exists()


def test_a_name_already_taken_and_one_unknown() -> None:
    with pytest.raises(CommandError, match="không có tên"):
        RUN["account", "reset"](asked())
    RUN["account", "administrator"](asked())
    with pytest.raises(CommandError, match="đã có người dùng"):
        RUN["account", "administrator"](asked(username="QUAN.TRI"))
