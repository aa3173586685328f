"""Text PDF, read in a process of its own: a hostile file ends that process, and neither a worker nor the server."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from motcua.steering.programme.reading.blocks import Block, Paragraph, Table

from .settling import settled
from .unreadable import Unreadable

SECONDS = 40
MEMORY = 1024 * 1024 * 1024
TOO_HARD = "đòi nhiều bộ nhớ hoặc thời gian hơn mọi văn bản thật"
PRINTED = "mở tệp, in lại ra PDF mới (bỏ ảnh), hoặc gửi tệp gốc .docx"


def blocks_of(content: bytes) -> tuple[Block, ...]:
    """Return the paragraphs and ruled tables of a PDF; raise Unreadable for a scan, a lock or a broken file."""
    answer = _asked(content)
    if "what" in answer:
        raise Unreadable(answer["what"], answer["advice"])
    blocks = (Paragraph(one) if isinstance(one, str) else Table(tuple(map(tuple, one))) for one in answer["blocks"])
    return settled(blocks)


def _asked(content: bytes) -> Any:
    """Return what the process says of the file."""
    try:
        done = subprocess.run(  # noqa: S603 -- our own module, no words of the user's in the command
            [sys.executable, "-m", f"{__package__}.portable_worker", str(MEMORY), str(SECONDS)],
            input=content,
            capture_output=True,
            timeout=2 * SECONDS,
            check=True,
        )
        return json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as reason:
        raise Unreadable(TOO_HARD, PRINTED) from reason
