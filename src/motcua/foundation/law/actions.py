"""Verbs of law: loading documents and rule sets. What is unchanged is left alone, so a file may be loaded again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q

from motcua.foundation.core.verbs import Act, Call, verb
from motcua.foundation.law import datafile, registry
from motcua.foundation.law.errors import BadRules
from motcua.foundation.law.models import LegalDocument, RuleSet, RuleValue
from motcua.foundation.law.policies import LAW
from motcua.foundation.law.registry import Follower
from motcua.foundation.law.types import Document, Rules

Row = TypeVar("Row", LegalDocument, RuleSet)


@verb("document.enter", policy=LAW)
def enter_document(act: Act, *, document: Document) -> LegalDocument:
    """Enter a legal document, or correct the one of this number and issuer."""
    row, is_new = _upsert(
        LegalDocument, {"number": document.number, "issuer": document.issuer}, _document_fields(document)
    )
    dates = {name: getattr(document, name) for name in ("issued", "effective", "expired")}
    said = {name: day.isoformat() if day else None for name, day in dates.items()}
    act.record(row, first=is_new, trust=document.trust, text=_digest(document), **said)
    return row


@verb("rule_set.enter", policy=LAW)
def enter_rule_set(act: Act, *, rules: Rules, is_own: bool = False) -> RuleSet:
    """Enter a rule set with its values, or bring the one of this code to them. `is_own`: the province's, not ours."""
    fields = {
        "subject": rules.subject, "name": rules.name, "valid_from": rules.valid_from, "valid_to": rules.valid_to,
        "trust": rules.trust, "basis": rules.basis, "is_own": is_own,
        "document": LegalDocument.objects.filter(number=rules.basis.partition(",")[0]).first(),
    }
    follower = _check(rules)
    row, is_new = _upsert(RuleSet, {"code": rules.code}, fields)
    row.values.all().delete()
    RuleValue.objects.bulk_create(
        RuleValue(
            rule_set=row, key=rule.key, title=rule.title, value=rule.value, trust=rule.trust, basis=rule.basis,
            valid_from=rule.valid_from or rules.valid_from, valid_to=rule.valid_to or rules.valid_to,
        )
        for rule in rules.rules
    )
    act.record(
        row, first=is_new, code=rules.code, since=rules.valid_from.isoformat(), trust=rules.trust, own=is_own,
        until=rules.valid_to.isoformat() if rules.valid_to else None, values=_digest(rules),
    )
    if follower is not None:
        follower.entered(act)
    return row


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many documents and rule sets were new or changed."""

    documents: int
    rule_sets: int


def load(by: Call | Act, documents: Sequence[Document], rule_sets: Sequence[Rules]) -> Loaded:
    """Enter what differs from the store. Documents come first: rule sets refer to them."""
    changed = [document for document in documents if not _is_known(document)]
    for document in changed:
        enter_document(by, document=document)
    own = set(RuleSet.objects.filter(is_own=True).values_list("code", flat=True))
    differing = _differing([rules for rules in rule_sets if rules.code not in own])
    for rules in differing:
        enter_rule_set(by, rules=rules)
    return Loaded(len(changed), len(differing))


def load_own(by: Call | Act, rule_sets: Sequence[Rules]) -> int:
    """Enter the province's own rule sets where they differ from the store. Returns how many were.

    All are looked at before the first is written. Raises BadRules.
    """
    differing = _differing(rule_sets)
    for rules in differing:
        _check(rules)
    for rules in differing:
        enter_rule_set(by, rules=rules, is_own=True)
    return len(differing)


def _check(rules: Rules) -> Follower | None:
    """Refuse what does not fit beside the others, or what nobody can follow. Returns who follows."""
    _check_alone(rules)
    follower = registry.follower_of(rules)
    if follower is not None:
        follower.check(rules)
    return follower


def _differing(rule_sets: Sequence[Rules]) -> list[Rules]:
    """Return what is to be entered. A set that ends makes room for the next one, so the ended ones go first."""
    return sorted((rules for rules in rule_sets if not _is_held(rules)), key=lambda rules: rules.valid_to is None)


def load_shipped(by: Call | Act) -> Loaded:
    """Load the documents and rule sets that come with the product."""
    return load(
        by,
        datafile.read_documents(datafile.shipped("documents.toml")),
        datafile.read_rule_sets(datafile.shipped("rule_sets.toml")),
    )


def _check_alone(rules: Rules) -> None:
    """Refuse a set beside another of its subject, or a value that another set gives on the same day."""
    until = rules.valid_to or date.max
    meets = Q(valid_from__lt=until) & (Q(valid_to__isnull=True) | Q(valid_to__gt=rules.valid_from))
    beside = RuleSet.objects.exclude(code=rules.code).filter(meets, subject=rules.subject).first()
    if beside is not None:
        raise BadRules(f"Bộ quy tắc “{beside.name}” đang có hiệu lực cùng thời gian. Anh/chị kết thúc bộ đó trước.")
    for rule in rules.rules:
        start, end = rule.valid_from or rules.valid_from, rule.valid_to or until
        same = RuleValue.objects.exclude(rule_set__code=rules.code).filter(key=rule.key, valid_from__lt=end)
        if same.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=start)).exists():
            raise BadRules(f"{rule.key} đã có giá trị ở bộ quy tắc khác trong cùng thời gian.")


def _document_fields(document: Document) -> dict[str, Any]:
    return {
        "type": document.type, "title": document.title, "issued_on": document.issued,
        "effective_on": document.effective, "expired_on": document.expired, "replaced_by": document.replaced_by,
        "amends": list(document.amends), "trust": document.trust, "note": document.note,
    }


def _upsert(
    model: type[Row], lookup: dict[str, Any], fields: dict[str, Any]
) -> tuple[Row, bool]:
    row = model._default_manager.filter(**lookup).first()
    is_new = row is None
    row = row or model(**lookup)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return row, is_new


def _is_known(document: Document) -> bool:
    lookup = {"number": document.number, "issuer": document.issuer}
    row = LegalDocument.objects.filter(**lookup).first()
    return row is not None and all(getattr(row, name) == value for name, value in _document_fields(document).items())


def _is_held(rules: Rules) -> bool:
    row = RuleSet.objects.filter(code=rules.code).first()
    if row is None:
        return False
    mine = (rules.subject, rules.name, rules.valid_from, rules.valid_to, rules.trust, rules.basis)
    if (row.subject, row.name, row.valid_from, row.valid_to, row.trust, row.basis) != mine:
        return False
    wanted = [
        (rule.key, rule.title, rule.value, str(rule.trust), rule.basis, rule.valid_from or rules.valid_from,
         rule.valid_to or rules.valid_to)
        for rule in rules.rules
    ]  # fmt: skip
    names = ("key", "title", "value", "trust", "basis", "valid_from", "valid_to")
    return sorted(wanted, key=repr) == sorted(row.values.values_list(*names), key=repr)


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()
