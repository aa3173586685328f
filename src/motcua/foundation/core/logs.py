"""Structured logs on stderr. They hold references and codes, never personal data: `scrub` is the last gate."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, cast

import structlog

_LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z.\-])\+?\d{9,}(?![0-9A-Za-z])")
_KNOWN = {"event", "level", "timestamp", "logger"}


def scrub(_logger: object, _name: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blank what looks like an identity or telephone number in any field."""
    for key, value in fields.items():
        if isinstance(value, str) and key not in _KNOWN:
            fields[key] = _LONG_NUMBER.sub("[số đã che]", value)
    return fields


def get_logger(name: str) -> Any:
    """Return the logger of a module. Pass facts as keywords: `log.info("dossier received", ref=...)`."""
    return structlog.get_logger(name)


def configure(level: str = "INFO", *, as_json: bool = True) -> None:
    """Set the logs up once, at the start of a process."""
    renderer: Any = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            scrub,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.WriteLoggerFactory(file=cast(Any, Stderr())),
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()  # noqa: TID251 - the one place that speaks with the libraries' own
    root.handlers = [known for known in root.handlers if not isinstance(known, Libraries)] + [Libraries()]


class Stderr:
    """Standard error as it is when something is said: a logger outlives what it was first bound to."""

    def write(self, text: str) -> None:
        sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


class Libraries(logging.Handler):
    """What libraries have to say, without their words: those may hold what a person typed, or a whole row.

    Left are the logger, the place, the unfilled message, the status, and of an error its kind and its lines.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record as one of ours."""
        said = {"logger": record.name, "at": f"{record.module}:{record.lineno}"}
        if record.args and isinstance(record.msg, str):
            said["message"] = record.msg
        if status := getattr(record, "status_code", None):
            said["status"] = str(status)
        if record.exc_info and record.exc_info[0]:
            said["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])[-12:]
            said["lines"] = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
        get_logger(__name__).log(_weight(record), "a library speaks", **said)


def _weight(record: logging.LogRecord) -> int:
    """Return how much a record matters: a page that is not there or not allowed is an answer, no news of the server."""
    status = getattr(record, "status_code", None)
    is_answer = record.name == "django.request" and isinstance(status, int) and status < 500
    return logging.DEBUG if is_answer else record.levelno
