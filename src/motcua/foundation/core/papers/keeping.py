"""Keeping what was issued: the same bytes for ever, one valid paper for each occasion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError

from motcua.foundation.core.files import store
from motcua.foundation.core.files.types import FileKind, Put
from motcua.foundation.core.models import LedgerHead
from motcua.foundation.core.papers.models import Paper
from motcua.foundation.core.refs import Ref
from motcua.foundation.core.verbs import Act


@dataclass(frozen=True, slots=True)
class Issue:
    """What is to be kept of a paper beside its bytes. `name` is the file name a person sees."""

    of: Ref
    what: str
    name: str
    happened_at: datetime
    occasion: str = ""
    form: str = ""
    rule_set: str = ""
    head: str = ""


def find(of: Ref, what: str, occasion: str = "") -> Paper | None:
    """Return the valid paper of an occasion, or None (1 query)."""
    return next(iter(Paper.objects.filter(of=of, what=what, occasion=occasion, is_void=False)), None)


def keep(act: Act, issue: Issue, put: Put) -> Paper:
    """Put the rows of a paper whose bytes are put beside the event of a verb.

    The verb ends in IntegrityError where the paper was there before. The returned row has no key yet.
    """
    file = store.row_of(put, owner=issue.of, by=act.actor.ref)
    paper = Paper(
        of=issue.of, what=issue.what, occasion=issue.occasion, form=issue.form, rule_set=issue.rule_set,
        head=issue.head, file=file, happened_at=issue.happened_at,
    )
    act.put(file)
    act.put(paper)
    act.record(
        paper, first=True, of=issue.of, what=issue.what, form=issue.form, rule_set=issue.rule_set,
        sha256=put.sha256.hex(),
    )
    return paper


def once(issue: Issue, content: bytes, keep_in_verb: Callable[[Put], Paper]) -> Paper:
    """Store the bytes and let a verb keep them; where somebody else was first, his paper is the one.

    `keep_in_verb` calls the room's verb, which calls `keep`. Whatever fails, no bytes are left without a row.
    """
    put = store.put_bytes(content, issue.name, FileKind.PDF)
    try:
        return keep_in_verb(put)
    except IntegrityError:
        store.drop(put)
        first = find(issue.of, issue.what, issue.occasion)
        if first is None:
            raise
        return first
    except BaseException:
        store.drop(put)
        raise


def void(act: Act, paper: Paper, reason: str) -> Paper:
    """Make a paper void, inside a verb that locked it. Its bytes and its row stay; another may be issued now."""
    paper.is_void, paper.void_reason = True, reason
    paper.save(update_fields=["is_void", "void_reason"])
    act.record(paper, what="void")
    return paper


def read(paper: Paper) -> bytes:
    """Return the bytes as they were issued. Raises Damaged."""
    return store.read_all(paper.file)


def short_head(subject: Ref) -> str:
    """Return where a subject's chain stands, as it is printed: sequence and the hash's first six bytes (1 query)."""
    for sequence, digest in LedgerHead.objects.filter(subject=subject).values_list("sequence", "hash"):
        return f"{sequence}.{bytes(digest)[:6].hex()}"
    return ""
