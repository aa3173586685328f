"""How a format says that it cannot be read; `open_document` makes the sentence that a person sees."""

from __future__ import annotations

MOST_BYTES = 20 * 1024 * 1024
MOST_CHARACTERS = 5_000_000
MOST_BLOCKS = 150_000
AGAIN = "mở tệp gốc, lưu lại dạng .docx rồi gửi lại"


class Unreadable(Exception):
    """What the file is (after "Tệp … "), and what the person can do (after "Anh/chị …")."""

    def __init__(self, what: str, advice: str = AGAIN) -> None:
        super().__init__(what)
        self.what = what
        self.advice = advice


def too_many() -> Unreadable:
    """Return the refusal of a file that unfolds to far more than any decision holds."""
    return Unreadable(
        "bung ra quá lớn hoặc lồng nhau quá sâu so với một văn bản thật",
        "gửi riêng phần quyết định và phụ lục của nó, dạng .docx",
    )


def holds(blocks: int) -> None:
    """Raise when there are more blocks than any decision has."""
    if blocks > MOST_BLOCKS:
        raise too_many()
