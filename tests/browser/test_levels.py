"""From one level of government to another with the printed accounts alone, as the loading command says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import NewWalker, people_of
from tests.browser.place import Place, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
GUEST = re.compile(r"^  (\S+) +.+ – (.+)$", re.MULTILINE)
WALK = re.compile(r"^Thử đường đi liên thông: (\S+) nhận “(.+)” \((\S+)\) → (.+) → (\S+) trả kết quả\.$", re.MULTILINE)
NAME = "Bế Thị Liên Thông"


@pytest.fixture(scope="module")
def two_tier(tmp_path_factory: pytest.TempPathFactory, place: Place, begun: Path) -> Iterator[Place]:
    with opened(tmp_path_factory.mktemp("two-tier") / "home", begun, "2025") as made:
        yield made


def test_from_the_commune_to_its_district(place: Place, somebody: NewWalker, tmp_path: Path) -> None:
    walk(place, somebody, tmp_path, ["UBND xã Cẩm Giàng", "UBND huyện Bạch Thông"])


def test_from_the_commune_to_departments_of_the_two_tier_province(
    browser: Browser, two_tier: Place, tmp_path: Path
) -> None:
    with people_of(browser, two_tier) as somebody:
        walk(two_tier, somebody, tmp_path, ["UBND xã Cẩm Giàng", "Sở Tư pháp", "Văn phòng UBND tỉnh"])


def walk(place: Place, somebody: NewWalker, folder: Path, through: list[str]) -> None:
    """Walk what the command printed, and find the agencies on the control slip."""
    printed = place.run("demo", "load", "--if-empty")
    home_of = dict(GUEST.findall(printed))
    ((first, procedure, code, between, last),) = WALK.findall(printed)
    assert first == last
    others = between.split(" → ")
    agencies = list(dict.fromkeys(home_of[name] for name in (first, *others)))
    assert agencies[: len(through)] == through

    counter = somebody(first)
    counter.start_intake(code, procedure)
    counter.page.check("#tn_all_papers")
    counter.page.fill("#tn_applicant", NAME)
    counter.page.select_option("#tn_competent", label=agencies[1])
    dossier = counter.receive()
    counter.link("Mở hồ sơ").click()
    counter.send(counter.ask("Chuyển bước"))
    for name in others:
        person = somebody(name)
        person.open(dossier)
        assert home_of[name] in person.answer
        person.press("Nhận hồ sơ")
        person.send(person.ask("Kết thúc xử lý" if name == others[-1] else "Chuyển bước"))
        person.look(f"levels-{name}")
    counter.open(dossier)
    counter.send(counter.ask("Trả kết quả"))
    counter.look("levels-returned")
    story = counter.page.inner_text("main")
    assert "đúng hạn" in story or "trước hạn" in story
    for agency in agencies:
        assert agency in story
    here = counter.page.url.removeprefix(place.address)
    slip = counter.read_pdf(f"{here}phieu-kiem-soat.pdf", folder / "control.pdf")
    assert slip.count("Trước hạn") + slip.count("trước hạn") > len(others)
