"""The verbs of this room."""

from motcua.service.procedures.actions.draft import (
    Content,
    PaperPlan,
    draft,
    edit_draft,
    expire,
    parts_of,
    publish,
    record_dates,
    take_effect,
)
from motcua.service.procedures.actions.import_record import change_of, import_record, take_in
from motcua.service.procedures.actions.imports import end_import, start_import
from motcua.service.procedures.actions.process import draft_process, edit_process, publish_process
from motcua.service.procedures.actions.set_limit import set_fee, set_limit
from motcua.service.procedures.actions.state_service import state_service

__all__ = [
    "Content",
    "PaperPlan",
    "change_of",
    "draft",
    "draft_process",
    "edit_draft",
    "edit_process",
    "end_import",
    "expire",
    "import_record",
    "parts_of",
    "publish",
    "publish_process",
    "record_dates",
    "set_fee",
    "set_limit",
    "start_import",
    "state_service",
    "take_effect",
    "take_in",
]
