"""The verbs of a dossier, one a file; this is the room's face for doors and other rooms."""

from motcua.service.dossiers.actions.accept import accept, decline
from motcua.service.dossiers.actions.apologise import apologise
from motcua.service.dossiers.actions.files import attach, detach
from motcua.service.dossiers.actions.finish import finish, return_result
from motcua.service.dossiers.actions.hand_over import hand_over
from motcua.service.dossiers.actions.receive import Applicant, PaperIn, receive
from motcua.service.dossiers.actions.recompute import keep_dates, recompute
from motcua.service.dossiers.actions.refuse import refuse
from motcua.service.dossiers.actions.stop import stop, withdraw
from motcua.service.dossiers.actions.succeed import succeed
from motcua.service.dossiers.actions.suspend import resume, suspend

__all__ = [
    "Applicant", "PaperIn", "accept", "apologise", "attach", "decline", "detach", "finish", "hand_over", "keep_dates",
    "receive", "recompute", "refuse", "resume", "return_result", "stop", "succeed", "suspend", "withdraw",
]
