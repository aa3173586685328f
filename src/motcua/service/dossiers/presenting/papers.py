"""The papers of a dossier beside the published list: what came, and what did not."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.service.dossiers import selectors
from motcua.service.dossiers.models import Dossier


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper. `count` says originals and copies in words."""

    name: str
    count: str = ""
    is_missing: bool = False


def count_words(originals: int, copies: int) -> str:
    """Return "1 bản chính, 2 bản sao"."""
    parts = [f"{number} {kind}" for number, kind in ((originals, "bản chính"), (copies, "bản sao")) if number]
    return ", ".join(parts)


def paper_lines(dossier: Dossier) -> list[PaperLine]:
    """Return what was handed in, then what the published list asks for and did not come."""
    lines = [PaperLine(paper.name, count_words(paper.originals, paper.copies)) for paper in dossier.papers.all()]
    return lines + [PaperLine(paper.name, is_missing=True) for paper in selectors.missing_papers(dossier)]
