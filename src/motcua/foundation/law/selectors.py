"""Reads of law: the rule set of a day, a value of a day, a value within a dossier's own set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from motcua.foundation.core.prepared import Prepared
from motcua.foundation.core.registers import Kept
from motcua.foundation.law import rules
from motcua.foundation.law.errors import NoSuchRule
from motcua.foundation.law.models import LegalDocument, RuleSet, RuleValue
from motcua.foundation.law.types import Rule, Rules, Standing, Trust, Value

ONE_STOP = "one-stop"
_NEVER = object()


_ON_DAY = Prepared(lambda day, subject: RuleSet.objects.on(day).filter(subject=subject), date(2016, 6, 15), "")

_KEPT = Kept(_ON_DAY.first)


def rule_set_at(day: date, subject: str = ONE_STOP) -> RuleSet:
    """Return the rule set of a subject on a day (1 query, or kept). Raises NoSuchRule."""
    found = _KEPT(day, subject)
    if found is None:
        raise NoSuchRule(f"no rule set for {subject} on {day}")
    return found


def _in_force(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def rule(key: str, at: date) -> RuleValue:
    """Return a value with its trust and basis (1 query). Raises NoSuchRule."""
    found = RuleValue.objects.filter(_in_force(at), key=key).select_related("rule_set").first()
    if found is None:
        raise NoSuchRule(f"nothing sets {key} on {at}")
    return found


def value(key: str, at: date, default: object = _NEVER) -> Value:
    """Return what a key is set to on a day (1 query). Without default, a key that nothing sets raises NoSuchRule."""
    try:
        found: Value = rule(key, at).value
    except NoSuchRule:
        if default is _NEVER:
            raise
        return default  # type: ignore[return-value]
    return found


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value and the days on which it holds; `valid_to` is the first on which it does not."""

    key: str
    value: Value
    valid_from: date
    valid_to: date | None


def dated_values(subject: str) -> list[DatedValue]:
    """Return every value that the rule sets of a subject ever give (1 query)."""
    rows = RuleValue.objects.filter(rule_set__subject=subject).order_by("key", "valid_from")
    return [DatedValue(*row) for row in rows.values_list("key", "value", "valid_from", "valid_to")]


def value_in(rule_set: RuleSet, key: str, at: date | None = None) -> Value:
    """Return a value of a dossier's own rule set, whatever is in force now (1 query). Raises NoSuchRule.

    `at` chooses among values that changed within the set; without it the last one counts.
    """
    among = rule_set.values.filter(key=key)
    found = (among.filter(_in_force(at)) if at else among).order_by("-valid_from").first()
    if found is None:
        raise NoSuchRule(f"{rule_set.code} does not set {key}")
    held: Value = found.value
    return held


def sets_on(day: date) -> Sequence[RuleSet]:
    """Return all rule sets in force on a day with their values of that day in `in_force` (2 queries)."""
    values = Prefetch("values", RuleValue.objects.filter(_in_force(day)), to_attr="in_force")
    return list(RuleSet.objects.on(day).select_related("document").prefetch_related(values))


def all_sets() -> list[RuleSet]:
    """Return every rule set, by subject and day (1 query)."""
    return list(RuleSet.objects.all())


def as_rules(row: RuleSet) -> Rules:
    """Return a rule set as a value; dates that a value shares with its set are left out (1 query)."""
    values = tuple(
        Rule(
            key=one.key, title=one.title, value=one.value, trust=Trust(one.trust), basis=one.basis,
            valid_from=one.valid_from if one.valid_from != row.valid_from else None,
            valid_to=one.valid_to if one.valid_to != row.valid_to else None,
        )
        for one in row.values.order_by("pk")
    )
    return Rules(
        code=row.code, subject=row.subject, name=row.name, valid_from=row.valid_from, valid_to=row.valid_to,
        trust=Trust(row.trust), basis=row.basis, rules=values,
    )


def days_of_change() -> list[date]:
    """Return the days on which a rule set begins, oldest first (1 query)."""
    return list(RuleSet.objects.order_by("valid_from").values_list("valid_from", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class Standings:
    """A document and where it stands on a day."""

    document: LegalDocument
    standing: Standing
    trust: Trust


def documents_on(day: date) -> Sequence[Standings]:
    """Return all documents with their standing on a day, newest first (1 query)."""
    return [
        Standings(row, rules.standing(day, row.effective_on, row.expired_on), Trust(row.trust))
        for row in LegalDocument.objects.all()
    ]


def document(number: str) -> LegalDocument | None:
    """Return the document of this number; an article after a comma is passed over (1 query)."""
    return LegalDocument.objects.filter(number=number.partition(",")[0].strip()).first()
