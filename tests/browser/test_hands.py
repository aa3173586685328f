"""What hands do to a screen: keys alone, an impatient double click, Vietnamese typing, a colleague who takes over."""

from __future__ import annotations

import pytest

from motcua.testing import await_page
from tests.browser.conftest import NewWalker
from tests.browser.walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
NAME = "Triệu Văn Đạt"
PROCEDURE = "Cấp phiếu lý lịch tư pháp"
FOCUS = "document.activeElement.id || document.activeElement.textContent.trim().replace(/\\s+/g, ' ')"
PIN = "7391"
TELEX = """([field, key]) => {
  const at = field ? document.querySelector(field) : document.body;
  const composing = (kind, data) => at.dispatchEvent(new CompositionEvent(kind, {data, bubbles: true}));
  const press = (how) => at.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true, ...how}));
  composing('compositionstart', '');
  const kept = [press({isComposing: true}), press({keyCode: 229})];
  composing('compositionend', key);
  return kept.every(Boolean);
}"""


def fill_by_keys(person: Walker) -> None:
    """Fill the open intake form without touching the mouse: Space ticks, Enter goes on."""
    keys = person.page.keyboard
    person.page.focus("#tn_all_papers")
    keys.press("Space")
    for _ in range(40):
        if person.page.evaluate(FOCUS) == "tn_applicant":
            break
        keys.press("Tab")
    keys.type(NAME)
    keys.press("Enter")
    keys.type("Thôn Nà Cà")


def test_a_counter_receives_by_keys_alone(somebody: NewWalker) -> None:
    person = somebody("so.motcua")
    keys = person.page.keyboard
    person.go("/ho-so/tiep-nhan")
    assert person.page.evaluate(FOCUS) == "tim-thu-tuc"
    keys.type("ly lich")
    person.link(PROCEDURE).wait_for()
    while PROCEDURE not in person.page.evaluate(FOCUS):
        keys.press("Tab")
    keys.press("Enter")
    person.page.wait_for_url("**thu-tuc=*")
    fill_by_keys(person)
    for _ in range(40):
        if person.page.evaluate(FOCUS) == "Tiếp nhận và in giấy hẹn":
            break
        keys.press("Tab")
    keys.press("Enter")
    person.page.wait_for_url("**/da-nhan")
    assert NAME in person.page.inner_text("main")
    assert "Người tiếp theo" in person.page.evaluate(FOCUS)
    keys.press("Enter")
    person.page.wait_for_url("**/tiep-nhan")


def test_all_papers_are_seen_at_each_and_taken_back(somebody: NewWalker) -> None:
    person = somebody("so.motcua")
    person.start_intake("ly lich", PROCEDURE)
    boxes = person.page.locator(".checklist-row input[type=checkbox]")
    boxes.first.check()
    person.page.check("#tn_all_papers")
    assert all(box.is_checked() and box.is_disabled() for box in boxes.all())
    person.look("all-papers")
    person.page.uncheck("#tn_all_papers")
    assert [box.is_checked() for box in boxes.all()] == [True, *[False] * (boxes.count() - 1)]
    assert all(box.is_enabled() for box in boxes.all())


def test_the_next_citizen_finds_nothing_of_the_one_before(somebody: NewWalker) -> None:
    person = somebody("so.motcua")
    person.start_intake("ly lich", PROCEDURE)
    count = person.page.locator(".checklist-row input[type=number]").first
    before = count.input_value()
    person.page.fill("#tn_applicant", NAME)
    person.page.check("#tn_all_papers")
    count.fill("7")
    person.start_intake("ly lich", PROCEDURE)
    assert person.page.input_value("#tn_applicant") == NAME and person.page.locator("[data-kept-note]").is_visible()
    person.look("kept")
    person.page.focus("[data-start-anew]")
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")
    for _ in range(2):
        assert person.page.input_value("#tn_applicant") == "" and not person.page.is_checked("#tn_all_papers")
        assert count.input_value() == before and not person.page.locator("[data-kept-note]").is_visible()
        person.start_intake("ly lich", PROCEDURE)


def test_the_same_citizen_s_next_matter_keeps_who_he_is_and_nothing_of_the_first_one(somebody: NewWalker) -> None:
    person = somebody("so.motcua")
    page = person.page
    person.start_intake("ly lich", PROCEDURE)
    page.check("#tn_all_papers")
    page.fill("#tn_applicant", NAME)
    page.locator("summary", has_text="Người khác nộp thay").click()
    page.fill("#tn_submitted_by", "Triệu Thị Thay")
    page.locator("summary", has_text="Ghi nội dung yêu cầu").click()
    page.fill("#tn_request", "Xin hai bản")
    person.go("/ho-so/tiep-nhan?tim=a")
    page.locator("ul.picks a", has_not_text=PROCEDURE).first.click()
    page.wait_for_url("**thu-tuc=*")
    if not page.locator("form.counter").count():
        page.locator("ul.picks a").first.click()
    assert (page.input_value("#tn_applicant"), page.input_value("#tn_submitted_by")) == (NAME, "Triệu Thị Thay")
    assert page.locator("#tn_submitted_by").is_visible(), "what is filled in is seen"
    assert not page.is_checked("#tn_all_papers") and page.input_value("#tn_request") == ""
    assert page.locator("[data-kept-note-across]").is_visible() and not page.locator("[data-kept-note]").is_visible()
    person.look("kept-across")
    page.locator("[data-kept-note-across] [data-start-anew]").click()
    assert await_page(page, "document.querySelector('#tn_applicant').value === ''")
    assert not page.locator("[data-kept-note-across]").is_visible()
    person.start_intake("ly lich", PROCEDURE)
    assert page.input_value("#tn_applicant") == "" and not page.is_checked("#tn_all_papers")


def test_a_double_click_gives_one_dossier(somebody: NewWalker) -> None:
    person = somebody("so.motcua")
    person.start_intake("ly lich", PROCEDURE)
    person.page.check("#tn_all_papers")
    person.page.fill("#tn_applicant", "Bế Thị Nhấp Đúp")
    person.button("Tiếp nhận và in giấy hẹn").dblclick()
    person.page.wait_for_url("**/da-nhan")
    person.go("/ho-so/")
    assert person.page.get_by_text("Bế Thị Nhấp Đúp").count() == 1


def test_the_same_form_sent_twice_without_script_gives_one_dossier(somebody: NewWalker) -> None:
    """The button's guard is a courtesy; the request key is the law."""
    person = somebody("so.motcua", script=False)
    person.start_intake("ly lich", PROCEDURE)
    person.page.check("#tn_all_papers")
    person.page.fill("#tn_applicant", "Sằm Văn Gửi Lại")
    form: dict[str, str | float | bool] = {
        field.get_attribute("name") or "": field.input_value()
        for field in person.page.locator("form.counter [name]:not([type=checkbox]):not([type=radio]):not(button)").all()
    }
    form |= {"way": person.page.locator("[name=way]").first.input_value(), "all_papers": "on", "do": "nhan"}
    answers = [person.page.request.post(person.page.url, form=form).url for _ in range(2)]
    assert answers[0].endswith("/da-nhan")
    assert answers[0] == answers[1]


@pytest.mark.parametrize("key", ["j", "k", "Enter"])
def test_vietnamese_typing_sets_off_no_shortcut(somebody: NewWalker, key: str) -> None:
    person = somebody("so.motcua")
    person.receive_from(NAME, "ly lich", PROCEDURE)
    here = "[document.querySelectorAll('.is-here').length, location.href, document.activeElement.id]"
    person.go("/ho-so/?xem=co-quan")
    before = person.page.evaluate(here)
    assert person.page.evaluate(TELEX, [None, key])
    assert person.page.evaluate(TELEX, ["input[name=q]", key])
    assert person.page.evaluate(here) == before
    person.start_intake("ly lich", PROCEDURE)
    person.page.focus("#tn_applicant")
    before = person.page.evaluate(here)
    assert person.page.evaluate(TELEX, ["#tn_applicant", key])
    assert person.page.evaluate(here) == before


def test_letters_in_a_field_stay_letters(somebody: NewWalker) -> None:
    person = somebody("so.motcua")
    person.receive_from(NAME, "ly lich", PROCEDURE)
    person.go("/ho-so/?xem=co-quan")
    person.page.locator("input[name=q]").first.click()
    person.page.keyboard.type("jk nongj")
    assert person.page.locator("input[name=q]").first.input_value() == "jk nongj"
    assert person.page.locator(".is-here").count() == 0
    person.page.evaluate("document.activeElement.blur()")
    person.page.keyboard.press("j")
    assert person.page.locator(".is-here").count() == 1


def test_a_colleague_takes_over_by_pin_and_finds_nothing_of_the_other(somebody: NewWalker) -> None:
    desk = somebody()
    for username in ("so.motcua", "so.chuyenvien"):
        desk.sign_in(username)
        desk.go("/tai-khoan/ma-pin")
        desk.page.fill("#id_pin", PIN)
        desk.page.fill("#id_current", "trai-nghiem-mot-cua")
        desk.page.keyboard.press("Enter")
        desk.page.wait_for_url("**/tai-khoan")
        if username == "so.motcua":
            desk.sign_out()
    desk.link("Đổi người").click()
    desk.look("switch-officer")
    desk.page.get_by_text("Ma Thu Trang").click()
    desk.page.fill("#id_pin", PIN)
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url(lambda url: "doi-nguoi" not in url)
    assert "Ma Thu Trang" in desk.page.inner_text(".who")
    assert "Lý Hồng Nhung" not in desk.page.content()
    for _ in range(3):
        desk.page.go_back()
        assert desk.page.locator(".who", has_text="Lý Hồng Nhung").count() == 0
