"""Which keys belong to a store: the store remembers their fingerprints, so that wrong keys are noticed before use.

A fresh folder beside an old database would otherwise be given new keys, and write under them what the old ones can
never read again.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from motcua.foundation.core import keys, settings_rows

ROW = "keys"


class WrongKeys(keys.KeyMissing):
    """The keys in the folder are not those of this store."""

    def __init__(self, names: list[str], folder: Path) -> None:
        Exception.__init__(
            self,
            f"Khóa {', '.join(names)} trong thư mục {folder} không phải khóa của dữ liệu này, hoặc không còn. Chưa ghi "
            "gì. Chép lại thư mục khóa từ bản lưu riêng rồi chạy lại."
        )


def check() -> None:
    """Compare the keys with what the store remembers; remember new versions. Raises WrongKeys."""
    folder: Path = settings.HOME.keys
    remembered: dict[str, str] = settings_rows.read(ROW) or {}
    wrong = keys.lacking(remembered, folder)
    if wrong:
        raise WrongKeys(wrong, folder)
    if remembered != (here := keys.fingerprints(folder)):
        settings_rows.write(ROW, here)
