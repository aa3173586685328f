"""From template and data to PDF/A-2b. One warm compiler a process: starting one costs as much as several pages."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from motcua.foundation.core import time
from motcua.foundation.core.papers.glyphs import FONTS, printable

#: Templates are named by their path in the package and may import each other by it.
ROOT = Path(__file__).resolve().parents[3]
STANDARD: Final = "a-2b"
# The compiler is not made for two callers at once; a page takes milliseconds.
_lock = threading.Lock()


class PaperFault(Exception):
    """A template and its data do not make a clean page. That is a fault of ours, never of a person's input."""


@cache
def compiler() -> typst.Compiler:
    """Return this process's compiler: it knows the shipped fonts and no others."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    return typst.Compiler(root=str(ROOT), font_paths=fonts, ignore_system_fonts=True)


def render(template: str, data: Mapping[str, Any], at: datetime) -> bytes:
    """Return the PDF of a template with its data; `at` is the time of the event and the only time in the file.

    The data reach the template as JSON in `sys.inputs.data` and are text, never markup. Raises PaperFault.
    """
    return compile_text(template, as_text(data), at)


def _stamp(at: datetime) -> datetime:
    """Return the instant in local time with a fixed offset, which is all that a PDF can say."""
    when = time.local(at).replace(microsecond=0)
    return when.replace(tzinfo=timezone(when.utcoffset() or timedelta()))


def as_text(data: Mapping[str, Any]) -> str:
    """Return the data as the JSON text that a template reads, with nothing in it that cannot be printed."""
    return json.dumps(_printable(data), ensure_ascii=False)


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {name: _printable(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(inner) for inner in value]
    return value


def compile_text(template: str, data: str, at: datetime) -> bytes:
    """Return the PDF of a template and its data as JSON text. Raises PaperFault."""
    with _lock:
        try:
            made, warnings = compiler().compile_with_warnings(
                input=str(ROOT / template), format="pdf", sys_inputs={"data": data}, pdf_standards=STANDARD,
                timestamp=_stamp(at),
            )
        except typst.TypstError as error:
            raise PaperFault(f"{template}: {error.message}") from error
    if warnings:
        raise PaperFault(f"{template}: {'; '.join(warning.message for warning in warnings)}")
    assert isinstance(made, bytes)
    return made
