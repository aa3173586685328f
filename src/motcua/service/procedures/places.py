"""Where a step of an internal process stands, relative to the dossier."""

from enum import StrEnum


class Place(StrEnum):
    """A process is written once for all agencies, so its steps name places, not agencies."""

    RECEIVING = "receiving"
    COMPETENT = "competent"
    FIXED = "fixed"

    @property
    def label(self) -> str:
        return {"receiving": "Nơi tiếp nhận", "competent": "Cơ quan có thẩm quyền", "fixed": "Cơ quan nêu tên"}[
            self.value
        ]
