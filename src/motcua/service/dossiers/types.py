"""What crosses the border of this room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from motcua.foundation.calendar.types import Pause, PausePolicy


class State(StrEnum):
    """Where a dossier stands. National status codes (one-stop.md 2.17) are derived from it."""

    RECEIVED = "received"
    IN_PROCESS = "in-process"
    SUSPENDED = "suspended"
    FINISHED = "finished"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        return STATE_LABELS[self]

    @property
    def is_open(self) -> bool:
        """True while an office still owes a result."""
        return self in OPEN_STATES


STATE_LABELS = {
    State.RECEIVED: "Mới tiếp nhận",
    State.IN_PROCESS: "Đang giải quyết",
    State.SUSPENDED: "Tạm dừng",
    State.FINISHED: "Đã có kết quả, chờ trả",
    State.RETURNED: "Đã trả kết quả",
    State.WITHDRAWN: "Công dân rút hồ sơ",
    State.STOPPED: "Dừng giải quyết",
}
OPEN_STATES = frozenset({State.RECEIVED, State.IN_PROCESS, State.SUSPENDED})


class Channel(StrEnum):
    """How a dossier came in."""

    DIRECT = "direct"
    ONLINE = "online"
    POST = "post"

    @property
    def label(self) -> str:
        return {"direct": "Trực tiếp", "online": "Trực tuyến", "post": "Bưu chính công ích"}[self.value]


class Holder(StrEnum):
    """Who holds a dossier: the clock has no moment without an answer."""

    COUNTER = "counter"
    STEP = "step"
    CITIZEN = "citizen"
    OTHER_AGENCY = "other-agency"
    PAYMENT = "payment"
    NOBODY = "nobody"

    @property
    def label(self) -> str:
        return {
            "counter": "Bộ phận Một cửa", "step": "Đang xử lý", "citizen": "Công dân",
            "other-agency": "Cơ quan khác", "payment": "Chờ nộp phí", "nobody": "Đã xong",
        }[self.value]


class Happening(StrEnum):
    """The kinds of clock event."""

    RECEIVE = "receive"
    HOLD = "hold"
    SUSPEND = "suspend"
    RESUME = "resume"
    FINISH = "finish"
    RETURN = "return"
    WITHDRAW = "withdraw"
    STOP = "stop"
    SUCCEED = "succeed"


@dataclass(frozen=True, slots=True)
class Moment:
    """A clock event as the rules see it. `at` is the time of happening, not of entry."""

    what: Happening
    at: datetime
    holder: Holder
    holder_key: str = ""
    policy: PausePolicy | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time with one holder. `until` is None while it lasts; `counts` is False where the clock stands."""

    holder: Holder
    holder_key: str
    began: datetime
    until: datetime | None
    counts: bool


@dataclass(frozen=True, slots=True)
class Given:
    """A hand-over as the rules see it. `answered` is None while nobody has accepted or declined it."""

    at: datetime
    answered: datetime | None
    is_declined: bool


@dataclass(frozen=True, slots=True)
class Stay:
    """The time of one step (ADR 10). `number` is the hand-over that began it, 0 the receipt.

    `left` is None while it lasts; `away` are the times in which the other side had it and then declined it.
    """

    number: int
    began: datetime
    left: datetime | None = None
    away: tuple[Pause, ...] = ()
    is_declined: bool = False


class LetterKind(StrEnum):
    """The letters that tell an applicant something in writing (forms 02 to 05, as the set of the day numbers them)."""

    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    APOLOGY = "apology"
    STOP = "stop"

    @property
    def label(self) -> str:
        return {
            "supplement": "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "refusal": "Phiếu từ chối giải quyết hồ sơ",
            "apology": "Phiếu xin lỗi và hẹn lại ngày trả kết quả", "stop": "Thông báo dừng giải quyết hồ sơ",
        }[self.value]

    @property
    def form_key(self) -> str:
        """The key under which law keeps the form's number; `letter.…` keeps the symbol of its numbers."""
        return f"form.{self.value}"


@dataclass(frozen=True, slots=True)
class Missing:
    """A paper asked for in a supplement: a published one, or another with its legal basis."""

    name: str
    paper_id: int | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the counter who is told no, and what he came for."""

    name: str
    address: str = ""
    phone: str = ""
    wish: str = ""


class Ground(StrEnum):
    """The legal grounds on which the clock may stand still, as the national status list names them."""

    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    VERIFICATION = "verification"

    @property
    def label(self) -> str:
        return {
            "supplement": "Chờ công dân bổ sung hồ sơ",
            "payment": "Chờ công dân thực hiện nghĩa vụ tài chính",
            "verification": "Chờ cơ quan khác xác minh, trả lời",
        }[self.value]

    @property
    def holder(self) -> Holder:
        """Who holds the dossier meanwhile."""
        return {
            "supplement": Holder.CITIZEN, "payment": Holder.PAYMENT, "verification": Holder.OTHER_AGENCY,
        }[self.value]
