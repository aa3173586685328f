"""The papers of a dossier beside the published list: what came, what did not, and the files of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.foundation.core import words
from motcua.foundation.core.files.types import Scan
from motcua.foundation.core.policies import Actor
from motcua.service.dossiers import selectors
from motcua.service.dossiers.models import Attachment, Dossier
from motcua.service.dossiers.policies import DOSSIERS

SHORT = 12
"""Signs of a digest that a page shows: enough to compare two by eye."""


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file: what it is, who attached it when, and whether it was taken back."""

    public_id: str
    title: str
    name: str
    size: str
    who: str
    at: datetime
    digest: str
    scan: str
    opens: bool
    detaches: bool
    taken_back: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper. `count` says originals and copies in words."""

    name: str
    count: str = ""
    is_missing: bool = False
    files: Sequence[FileLine] = ()


def count_words(originals: int, copies: int) -> str:
    """Return "1 bản chính, 2 bản sao"."""
    parts = [f"{number} {kind}" for number, kind in ((originals, "bản chính"), (copies, "bản sao")) if number]
    return ", ".join(parts)


def paper_lines(actor: Actor, dossier: Dossier) -> list[PaperLine]:
    """Return what was handed in, what came as a file only, then what the list asks for and did not come."""
    files = list(dossier.attachments.all())
    published = selectors.asked_papers(dossier)
    missing = {paper.pk for paper in selectors.missing_papers(dossier, published)}
    came = {paper.of_id for paper in dossier.papers.all()}
    asked = [paper for paper in published if paper.pk not in came]

    def of(**place: int) -> list[FileLine]:
        return [line(actor, file) for file in files if all(getattr(file, key) == pk for key, pk in place.items())]

    lines = [
        PaperLine(paper.name, count_words(paper.originals, paper.copies), files=of(paper_id=paper.pk))
        for paper in dossier.papers.all()
    ]
    rest = [
        PaperLine(
            paper.name, "" if paper.pk in missing else "bản điện tử", is_missing=paper.pk in missing,
            files=of(asked_id=paper.pk),
        )
        for paper in asked
    ]
    return lines + sorted(rest, key=lambda one: one.is_missing)


def other_files(actor: Actor, dossier: Dossier) -> list[FileLine]:
    """Return the further documents: files that hang on no paper of the dossier."""
    return [
        line(actor, file) for file in dossier.attachments.all() if file.paper_id is None and file.asked_id is None
    ]


def line(actor: Actor, file: Attachment) -> FileLine:
    """Return one file as the page shows it (no query where its rows are loaded)."""
    stored, back = file.file, file.detached_at
    return FileLine(
        public_id=file.public_id, title=file.title, name=stored.name, size=words.size(stored.size),
        who=file.account.full_name, at=stored.at, digest=bytes(stored.sha256).hex()[:SHORT],
        scan="" if stored.scan == Scan.CLEAN else Scan(stored.scan).label, opens=DOSSIERS.opens(actor, file),
        detaches=back is None and DOSSIERS.may(actor, "dossier.detach", file),
        taken_back=f"{file.detached_by.full_name} rút {words.short(back)}" if back and file.detached_by else "",
        reason=file.detach_reason.words if file.detach_reason else "",
    )
