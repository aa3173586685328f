"""What a verb may refuse with. Each error speaks to a person: what happened, what was kept, what to do."""

from __future__ import annotations


class Refusal(Exception):
    """A verb or a door says no. `message` is shown as it stands; `field` names the form field it belongs to."""

    status = 422
    code = "refused"

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Invalid(Refusal):
    """What was entered cannot be right."""

    code = "invalid"


class Denied(Refusal):
    """The policy says no. `reason` goes to the denials, the message to the person."""

    status = 403
    code = "denied"


class NotFound(Refusal):
    """There is no such row, or none this actor may know of: the two look alike from outside."""

    status = 404
    code = "not-found"


class Conflict(Refusal):
    """Somebody else acted between the drawing of the screen and the pressing of the button."""

    status = 409
    code = "conflict"


class Busy(Refusal):
    """The store did not answer in time; nothing was written."""

    status = 503
    code = "busy"

    def __init__(self) -> None:
        super().__init__("Hệ thống đang bận, việc vừa rồi chưa được ghi. Anh/chị chờ vài giây rồi bấm lại.")


class StoreFull(Refusal):
    """The disk is full; nothing was written."""

    status = 507
    code = "store-full"

    def __init__(self) -> None:
        super().__init__(
            "Máy chủ hết chỗ lưu, việc vừa rồi chưa được ghi; các việc trước đó vẫn còn nguyên. "
            "Đề nghị báo quản trị dọn ổ đĩa rồi làm lại."
        )


class StoreAway(Refusal):
    """The database does not answer at all; whoever shows this must not ask it anything."""

    status = 503
    code = "store-away"

    def __init__(self) -> None:
        super().__init__(
            "Kho dữ liệu đang tạm ngừng. Việc vừa rồi có thể chưa được ghi; các việc trước đó vẫn còn nguyên. "
            "Chờ vài phút, tải lại và xem lại trước khi làm tiếp; nếu vẫn vậy, đề nghị báo quản trị hệ thống."
        )
