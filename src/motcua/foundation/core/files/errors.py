"""Why a file was not taken, or cannot be given out. Each says what was kept and what to do."""

from __future__ import annotations

from motcua.foundation.core.errors import Invalid, Refusal

KEPT = "Các tệp và phần đã nhập trước đó vẫn còn."


class BadFile(Invalid):
    """The file cannot be taken as it is."""

    code = "bad-file"


class Infected(BadFile):
    """The scanner found something in it."""

    code = "infected"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Tệp “{name}” có vi-rút nên không được nhận và không lưu lại. {KEPT} "
            "Anh/chị xin bản khác hoặc quét lại máy đã tạo tệp này.",
            field="file",
        )


class NoRoom(Refusal):
    """The storage could not take the file; nothing of it is left behind."""

    status = 507
    code = "no-room"

    def __init__(self) -> None:
        super().__init__(
            f"Kho tệp không ghi được (có thể đĩa đã đầy) nên tệp này chưa được lưu. {KEPT} "
            "Anh/chị báo quản trị hệ thống rồi làm lại việc vừa rồi.",
        )


class NotKept(Refusal):
    """What was read back from the storage is not what was sent; nothing of it is kept."""

    status = 507
    code = "not-kept"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Tệp “{name}” ghi vào kho không khớp với tệp gửi lên nên không được nhận và không lưu lại. {KEPT} "
            "Anh/chị gửi lại; nếu vẫn vậy thì báo quản trị hệ thống kiểm tra ổ đĩa.",
        )


class Damaged(Refusal):
    """What lies in the storage is not what was put there."""

    status = 500
    code = "damaged"

    def __init__(self) -> None:
        super().__init__(
            "Tệp này trong kho bị thiếu hoặc không còn nguyên vẹn nên không mở được. Hồ sơ vẫn còn nguyên; "
            "anh/chị báo quản trị hệ thống để khôi phục tệp từ bản lưu."
        )
