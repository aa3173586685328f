"""`motcua doctor`: looks the store over and says in one line each what is well, what may go wrong, and what is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from motcua.foundation.core.home import Home
from motcua.foundation.core.keeping import ground
from motcua.foundation.core.keeping.types import Finding, State, fault


def examine(home: Home) -> list[Finding]:
    """Return all findings. Without its keys a store is not opened, and nothing is made that was not there."""
    has_database = home.database.exists() or bool(os.environ.get("DATABASE_URL"))
    if not has_database and home.is_fresh:
        text = f"Trong {home.root} chưa có kho dữ liệu. Đặt lại MOTCUA_HOME, hoặc chạy “motcua serve” để tạo kho mới."
        return [fault("store", text)]
    missing = list(ground.missing_keys(home))
    if missing:
        return missing
    if not has_database:
        return [fault("database", f"Không còn tệp {home.database}. Phục hồi từ bản sao lưu: “motcua restore TỆP”.")]
    return [*ground.key_files(home), *ground.disk(home), *ground.fonts(), *ground.scanner(os.environ), *_inside()]


def _inside() -> Iterator[Finding]:
    try:
        import django

        django.setup()
        from motcua.foundation.core.keeping import inside
    except Exception as error:  # whatever keeps the settings from loading is what the doctor is here to tell
        yield fault("settings", f"Không đọc được cấu hình: {error}")
        return
    for check in inside.CHECKS:
        found: list[Finding] = []
        try:
            found.extend(check())
        except Exception as error:  # a broken store must not break the one who examines it
            found.append(fault(check.__name__, f"Không kiểm tra được: {str(error)[:200]}"))
        yield from found
        if check in inside.FIRST and not is_well(found):
            return


def is_well(findings: Iterable[Finding]) -> bool:
    """Return whether there is no fault; warnings do not count."""
    return all(finding.state is not State.FAULT for finding in findings)
