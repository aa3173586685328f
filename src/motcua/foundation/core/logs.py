"""Structured logs on stderr. They hold references and codes, never personal data: `scrub` is the last gate."""

from __future__ import annotations

import logging
import re
from collections.abc import MutableMapping
from typing import Any

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
        logger_factory=structlog.WriteLoggerFactory(),
        cache_logger_on_first_use=True,
    )
