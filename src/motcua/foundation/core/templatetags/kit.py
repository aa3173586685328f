"""The UI kit: every part of a screen is one tag, loaded in all templates. docs/kit.md lists them, /kit shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, FileInput, Select, Textarea
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from motcua.foundation.core import menu, words
from motcua.foundation.core.looks import (
    Fact,
    QueueGroup,
    QueueRow,
    Step,
    StoryItem,
    TimeState,
    Tone,
)
from motcua.foundation.core.models import Subject
from motcua.foundation.core.refs import new_public_id
from motcua.foundation.core.strip import Strip

register = template.Library()

register.filter("day", words.day)
register.filter("weekday", words.weekday)
register.filter("clock", words.clock)
register.filter("moment", words.moment)
register.filter("shortly", words.short)
register.filter("number", words.number)
register.filter("money", words.money)
register.filter("share", words.percent)
register.filter("filesize", words.size)
register.filter("duration", words.duration)
register.filter("remaining", words.remaining)


@register.filter
def pct(fraction: float, extra: float = 0.0) -> str:
    """Return a fraction as an SVG length, "12.5%": with a point, whatever the language says."""
    return f"{(fraction + extra) * 100:.3f}%"


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """Draw an icon of the sprite; without `label` it is decoration and silent. `size`: sm, lg, xl."""
    said = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    kind = f"icon icon-{size}" if size else "icon"
    href = f"{static('core/icons.svg')}#{name}"
    return format_html('<svg class="{}" {} focusable="false"><use href="{}"/></svg>', kind, said, href)


@register.inclusion_tag("core/kit/button.html")
def button(
    text: str,
    icon: str = "",
    kind: str = "",
    href: str = "",
    *,
    type: str = "submit",
    name: str = "",
    value: str = "",
    form: str = "",
    size: str = "",
    dialog: str = "",
    hint: str = "",
    disabled: bool = False,
) -> dict[str, Any]:
    """Draw a button, or a link that looks like one. `kind`: primary, danger, quiet, plain.

    Without a kind, what sends a form is primary and all else is plain. `dialog` is the id of a dialog to open;
    `hint` is a small second line.
    """
    kind = kind or ("plain" if href or dialog or type != "submit" else "primary")
    return {
        "text": text,
        "icon": icon,
        "classes": " ".join(["btn", f"btn-{kind}", *([f"btn-{size}"] if size else [])]),
        "href": href,
        "type": "button" if dialog else type,
        "name": name,
        "value": value,
        "form": form,
        "dialog": dialog,
        "hint": hint,
        "disabled": disabled,
    }


@register.simple_tag
def call_fields(*subjects: Subject) -> SafeString:
    """Write what a verb's form must carry: the key against a double click, and the versions it was drawn from.

    `views.call_from` reads both. Give it every row that the verb will change.
    """
    seen = " ".join(f"{subject.ref}@{subject.version}" for subject in subjects)
    return format_html(
        '<input type="hidden" name="request_key" value="{}"><input type="hidden" name="seen" value="{}">',
        new_public_id(24),
        seen,
    )


@register.simple_tag
def place(name: str) -> str:
    """Return the address of a place that a higher room declared (`menu.declare_place`), or nothing."""
    return menu.place(name)


def _widget_class(field: BoundField) -> str:
    widget = field.field.widget
    if field.use_fieldset:
        return "form-check-input"
    kinds: list[tuple[type, str]] = [
        (CheckboxInput, "form-check-input"),
        (Select, "form-select"),
        (Textarea, "form-control"),
    ]
    base = next((name for kind, name in kinds if isinstance(widget, kind)), "form-control")
    invalid = " is-invalid" if field.errors else ""
    return f"{base}{invalid} {widget.attrs.get('class', '')}".strip()


@register.inclusion_tag("core/kit/field.html")
def field(field: BoundField, *, hint: str = "", label: str = "", prefix: str = "", suffix: str = "") -> dict[str, Any]:
    """Draw a form field with its label, hint and errors, tied together for screen readers.

    Optional fields say so; required ones carry no mark, since nearly all are.
    """
    widget = field.field.widget
    is_file = isinstance(widget, FileInput)
    if hint:
        field.help_text = hint
    return {
        "field": field,
        "label": label or field.label,
        "prefix": prefix,
        "suffix": suffix,
        "is_check": isinstance(widget, CheckboxInput),
        "is_file": is_file,
        "widget": _drop(field) if is_file else field.as_widget(attrs={"class": _widget_class(field)}),
    }


def _drop(field: BoundField, url: str = "") -> SafeString:
    """Draw the input of a file: the browser's own, whose words follow the browser's language, lies hidden under it."""
    return field.as_widget(attrs={"class": "filedrop-input", "data-upload": url})


@register.inclusion_tag("core/kit/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """Draw the error summary and all fields of a form, hidden ones too."""
    return {"form": form}


@register.inclusion_tag("core/kit/errors.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """Draw the error summary: what is wrong in a list, each line leading to its field."""
    listed = [(bound.id_for_label, bound.label, bound.errors) for bound in form if bound.errors]
    return {"form": form, "listed": listed}


@register.inclusion_tag("core/kit/state.html")
def state(state: TimeState | str, text: str = "") -> dict[str, Any]:
    """Draw how a dossier stands against its due date: word (or `text`), icon and pattern."""
    return {"state": TimeState(state), "text": text}


@register.inclusion_tag("core/kit/badge.html")
def badge(text: object, tone: Tone | str = Tone.PLAIN, icon: str = "") -> dict[str, Any]:
    """Draw a small label: a level, a channel, a flag."""
    return {"text": text, "tone": Tone(tone), "icon": icon}


@register.inclusion_tag("core/kit/clock_strip.html")
def clock_strip(strip: Strip, id: str = "strip") -> dict[str, Any]:
    """Draw the clock strip, with the same as a table behind a switch. `id` must be unique on the page."""
    return {"strip": strip, "id": id}


@register.inclusion_tag("core/kit/queue.html")
def queue(groups: Iterable[QueueGroup], caption: str = "Hồ sơ", *, tick: str = "") -> dict[str, Any]:
    """Draw the departure board. `tick` is the name of the tick boxes, or nothing for none."""
    return {"groups": list(groups), "caption": caption, "tick": tick}


@register.inclusion_tag("core/kit/queue_row.html")
def queue_row(row: QueueRow, *, tick: str = "") -> dict[str, Any]:
    """Draw one line of the board, a `<tr>`."""
    return {"row": row, "tick": tick}


@register.inclusion_tag("core/kit/left_bar.html")
def left_bar(row: QueueRow) -> dict[str, Any]:
    """Draw what is left of the limit: words and a short bar."""
    return {"row": row}


@register.inclusion_tag("core/kit/figure.html")
def figure(
    label: str, value: object, *, href: str = "", trend: str = "", tone: Tone | str = Tone.PLAIN
) -> dict[str, Any]:
    """Draw one number that opens to its rows; put a few into `<div class="figures">`. `trend` is said in words."""
    return {"label": label, "value": value, "href": href, "trend": trend, "tone": Tone(tone)}


@register.inclusion_tag("core/kit/pager.html")
def pager(next_url: str = "", previous_url: str = "", text: str = "") -> dict[str, Any]:
    """Draw the keyset pager: no page numbers and no exact total, only on and back."""
    return {"next_url": next_url, "previous_url": previous_url, "text": text}


@register.inclusion_tag("core/kit/empty.html")
def empty_state(title: str, text: str = "", *, icon: str = "inbox", href: str = "", action: str = "") -> dict[str, Any]:
    """Draw an empty state: what it means that nothing is here, and the next step."""
    return {"title": title, "text": text, "icon": icon, "href": href, "action": action}


@register.inclusion_tag("core/kit/toast.html")
def toast(text: str, tone: Tone | str = Tone.GOOD) -> dict[str, Any]:
    """Draw a passing message; errors stay until they are closed."""
    return {"text": text, "tone": message_tone(tone)}


@register.filter
def message_tone(tags: Tone | str) -> Tone:
    """Return the tone of a Django message's level tag, or of a tone's own name."""
    levels = {"success": Tone.GOOD, "warning": Tone.CARE, "error": Tone.BAD, "info": Tone.INK, "debug": Tone.PLAIN}
    return levels.get(str(tags).split(" ", maxsplit=1)[0]) or Tone(tags)


@register.inclusion_tag("core/kit/stepper.html")
def stepper(steps: Sequence[Step], label: str = "Các bước") -> dict[str, Any]:
    """Draw the steps of a piece of work: done, now, ahead."""
    return {"steps": steps, "label": label}


@register.inclusion_tag("core/kit/path.html")
def path(stops: Sequence[Step], label: str = "Đường đi của hồ sơ") -> dict[str, Any]:
    """Draw the agencies that a dossier passes, the present one marked."""
    return {"steps": stops, "label": label}


@register.inclusion_tag("core/kit/story.html")
def story(items: Sequence[StoryItem]) -> dict[str, Any]:
    """Draw what happened, in the order given (newest first)."""
    return {"items": items}


@register.inclusion_tag("core/kit/facts.html")
def facts(items: Sequence[Fact]) -> dict[str, Any]:
    """Draw a definition list."""
    return {"items": items}


@register.inclusion_tag("core/kit/file_drop.html")
def file_drop(field: BoundField, *, hint: str = "", url: str = "") -> dict[str, Any]:
    """Draw a place to drop files on, which is a plain file field without JavaScript.

    With `url`, each file is sent there at once and its progress shown; else the files go with the form.
    """
    if hint:
        field.help_text = hint
    return {"field": field, "label": field.label, "widget": _drop(field, url)}


@register.inclusion_tag("core/kit/print_slip.html")
def print_slip(url: str, text: str = "In phiếu", *, auto: bool = False) -> dict[str, Any]:
    """Draw a button that prints the PDF at `url` without leaving the page; `auto` prints it once by itself."""
    return {"url": url, "text": text, "auto": auto}


@register.simple_block_tag(end_name="endtrimmed")
def trimmed(content: str) -> str:
    """Show what stands within without white space around it: nothing stays nothing, and its frame may hide."""
    return SafeString(content.strip())


@register.simple_block_tag(end_name="enddialog")
def dialog(content: str, id: str, title: str) -> SafeString:
    """Draw a dialog that `{% button … dialog="id" %}` opens; it closes by Esc, by ✕ and by the quiet button in it."""
    return render_to_string("core/kit/dialog.html", {"content": content, "id": id, "title": title})


@register.simple_block_tag(end_name="endpanel")
def panel(content: str, title: str, icon: str = "", id: str = "", hint: str = "") -> SafeString:
    """Draw a titled part of a page."""
    context = {"content": content, "title": title, "icon": icon, "id": id, "hint": hint}
    return render_to_string("core/kit/panel.html", context)


@register.simple_block_tag(end_name="endnotice")
def notice(content: str, tone: Tone | str = Tone.INK, title: str = "") -> SafeString:
    """Draw a notice inside a page."""
    return render_to_string("core/kit/notice.html", {"content": content, "tone": Tone(tone), "title": title})


@register.simple_block_tag(end_name="endchart")
def chart(content: str, id: str, title: str, source: str = "") -> SafeString:
    """Draw a place for a chart whose table is the content: the table stands behind a switch and is all there is
    without JavaScript. `source` is the address of the chart's data."""
    context = {"content": content, "id": id, "title": title, "source": source}
    return render_to_string("core/kit/chart.html", context)
