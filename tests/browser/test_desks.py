"""The desks beside the dossier's way: people, calendar, agencies, procedures, law and seals can be read too."""

from __future__ import annotations

import pytest

from tests.browser.conftest import NewWalker

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
DESKS = {
    "quantri": (
        "/can-bo", "/can-bo/mo-tai-khoan", "/co-quan/", "/co-quan/moi", "/lich/?nam=2027", "/lich/tuan", "/tai-khoan",
    ),
    "kiemsoat": ("/thu-tuc/kiem-soat/", "/thu-tuc/kiem-soat/nhap", "/thu-tuc/kiem-soat/soan", "/phap-luat/", "/don-vi"),
    "kiemtra": ("/niem-phong", "/ho-so/?xem=co-quan"),
}


@pytest.mark.parametrize("username", DESKS)
def test_pages_of_a_desk_can_be_read(somebody: NewWalker, username: str) -> None:
    person = somebody(username)
    for address in DESKS[username]:
        person.go(address)
        assert person.page.locator(".refusal").count() == 0, address
        person.look(f"desk-{username}{address.partition('?')[0].replace('/', '-')}")
