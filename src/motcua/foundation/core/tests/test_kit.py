"""The kit: parts draw what they are given, name only icons that exist, and keep labels, hints and errors together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.loader import get_template
from django.test import RequestFactory, override_settings

from motcua.foundation.core import kit_samples, kit_views, looks
from motcua.foundation.core.actors import ANYONE
from motcua.foundation.core.templatetags import kit as tags

CORE = Path(tags.__file__).resolve().parents[1]
SPRITE = set(re.findall(r'<symbol id="([^"]+)"', (CORE / "static/core/icons.svg").read_text(encoding="utf-8")))


def draw(source: str, **context: object) -> str:
    return Template("{% load kit %}" + source).render(Context(context))


def living_page(shell: str = "desk") -> str:
    request = RequestFactory().get("/kit", {"shell": shell})
    request.actor = ANYONE  # type: ignore[attr-defined]
    return kit_views.kit(request).content.decode()  # type: ignore[arg-type]


@pytest.mark.django_db
@pytest.mark.parametrize("shell", ["desk", "public"])
def test_the_living_page_shows_every_part_in_either_shell(shell: str) -> None:
    page = living_page(shell)
    for part in (
        "strip",
        "board",
        "stepper",
        "path",
        "story",
        "facts",
        "filedrop",
        "dialog",
        "blank",
        "chart",
        "pager",
    ):
        assert f'class="{part}' in page, part
    for state in looks.TimeState:
        assert f"state-{state.value}" in page
        assert state.word in page


@pytest.mark.django_db
def test_the_living_page_has_no_english_and_no_inline_style() -> None:
    page = living_page()
    words = re.sub(r"<svg.*?</svg>|<[^>]+>|<script.*?</script>", " ", page, flags=re.DOTALL)
    assert not re.search(
        r"\b(the|this field|required|choose|submit|close|next|previous|loading|invalid)\b", words, re.I
    )
    assert not re.search(r"\sstyle=|<style|\son(click|load|submit)=", page)


@pytest.mark.django_db
def test_ids_are_unique_on_the_living_page() -> None:
    page = re.sub(r"<form[^>]*data-still.*?</form>", "", living_page(), flags=re.DOTALL)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids)), {one for one in ids if ids.count(one) > 1}


def test_every_icon_named_in_templates_and_looks_is_in_the_sprite() -> None:
    named = {icon for _, icon in looks.STATE_LOOKS.values()} | set(looks.TONE_ICONS.values())
    for path in CORE.parents[1].rglob("templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(r"""{%\s*icon\s+"([\w-]+)\"""", text)) | set(re.findall(r'\bicon="([\w-]+)"', text))
    assert named <= SPRITE, named - SPRITE


def test_every_template_compiles() -> None:
    """A tag that the kit does not have is found here, not by the officer who opens the screen."""
    for path in CORE.parents[1].rglob("templates/**/*.html"):
        get_template(path.as_posix().rpartition("/templates/")[2])


def test_a_field_ties_hint_and_error_to_its_input() -> None:
    page = draw("{% field form.born %}", form=kit_samples.refused_form())
    assert 'aria-describedby="id_born_helptext id_born_error"' in page
    assert 'id="id_born_helptext"' in page and 'id="id_born_error"' in page
    assert 'aria-invalid="true"' in page
    assert "(không bắt buộc)" in page
    assert 'for="id_born"' in page


def test_what_was_typed_stays_in_a_refused_form() -> None:
    assert 'value="31/2/1985"' in draw("{% field form.born %}", form=kit_samples.refused_form())


def test_choices_stand_in_a_fieldset_with_their_question() -> None:
    page = draw("{% field form.channel %}", form=kit_samples.SampleForm())
    assert page.count("<legend") == 1
    assert page.count('type="radio"') == 3


def test_the_summary_leads_to_each_fault() -> None:
    page = draw("{% error_summary form %}", form=kit_samples.refused_form())
    assert 'href="#id_born"' in page and 'href="#id_name"' in page
    assert draw("{% error_summary form %}", form=kit_samples.SampleForm()).strip() == ""


def test_text_from_outside_is_escaped() -> None:
    evil = "<script>alert(1)</script>"
    page = draw("{% badge text %}{% toast text %}{% button text %}{% panel text %}{{ text }}{% endpanel %}", text=evil)
    assert "<script>" not in page
    row = looks.QueueRow(evil, "/", evil, evil, evil, None, looks.TimeState.ON_TIME)
    assert "<script>" not in draw("{% queue_row row %}", row=row)


@override_settings(LANGUAGE_CODE="vi", USE_THOUSAND_SEPARATOR=True)
def test_svg_lengths_keep_their_point_in_vietnamese() -> None:
    page = draw("{% clock_strip strip %}", strip=kit_samples.strips()[0][1])
    assert not re.search(r'(?:x|width|x1)="\d+,\d', page)
    assert "url(#strip-hatch)" not in page
    assert "url(#strip-hatch)" in draw("{% clock_strip strip %}", strip=kit_samples.strips()[2][1])


def test_a_late_row_has_a_full_bar_and_a_stopped_one_says_so() -> None:
    late = looks.QueueRow("A", "/", "", "", "", None, looks.TimeState.LATE, -960, 1.4)
    stopped = looks.QueueRow("A", "/", "", "", "", None, looks.TimeState.SUSPENDED, 100, 0.5)
    assert (late.left, late.bar) == ("quá hạn 2 ngày", 1.0)
    assert (stopped.left, stopped.bar) == ("tạm dừng", 0.5)


def test_a_button_is_a_link_where_it_leads_somewhere() -> None:
    assert draw("{% button 'Xem' href='/x' %}").startswith('<a class="btn btn-plain" href="/x">')
    assert 'class="btn btn-primary" type="submit"' in draw("{% button 'Gửi' %}")
    assert 'type="button" data-dialog="d"' in draw("{% button 'Mở' dialog='d' %}")


def test_a_form_of_a_verb_carries_key_and_versions() -> None:
    class Row:
        ref, version = "dossier:abc", 7

    page = draw("{% call_fields one two %}", one=Row(), two=Row())
    assert 'name="seen" value="dossier:abc@7 dossier:abc@7"' in page
    assert re.search(r'name="request_key" value="[a-z2-9]{24}"', page)
    assert page != draw("{% call_fields one two %}", one=Row(), two=Row())


def test_a_message_of_django_finds_its_tone() -> None:
    assert tags.message_tone("error") is looks.Tone.BAD
    assert tags.message_tone("success extra") is looks.Tone.GOOD
    with pytest.raises(ValueError, match="purple"):
        tags.message_tone("purple")
