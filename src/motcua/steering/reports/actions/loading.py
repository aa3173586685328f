"""A province's own regimes and forms."""

from __future__ import annotations

import hashlib

from motcua.foundation.core.errors import Invalid
from motcua.foundation.core.policies import SYSTEM_ONLY
from motcua.foundation.core.verbs import Act, verb
from motcua.steering.reports import regimes
from motcua.steering.reports.errors import BadBook
from motcua.steering.reports.models import RegimeFile


@verb("report_regimes.load", policy=SYSTEM_ONLY)
def load_regimes(act: Act, *, text: str) -> RegimeFile:
    """Keep the text of a file; periods opened from now on follow it, those that are open keep their form and days.

    Raises Invalid where the file cannot be right; then nothing changes.
    """
    try:
        book = regimes.read(text)
    except BadBook as bad:
        raise Invalid(
            f"Tệp chế độ báo cáo chưa dùng được ({str(bad)[:200]}). Chưa ghi gì; chế độ cũ vẫn giữ nguyên. "
            "Anh/chị sửa tệp rồi nạp lại."
        ) from bad
    row = RegimeFile(text=text, loaded_at=act.entered_at)
    row.save()
    act.record(
        row, first=True, sha256=hashlib.sha256(text.encode()).hexdigest(), regimes=[*sorted(book.regimes)],
        forms=[*sorted(book.forms)],
    )
    return row
