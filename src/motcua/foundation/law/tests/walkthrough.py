"""Every verb of law, done once with marked words."""

from __future__ import annotations

from datetime import date

from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.verbs import Call
from motcua.foundation.law import actions
from motcua.foundation.law.types import Document, Rule, Rules, Trust

#: Legal documents are public, and stand in the tables of law alone.
HOMES = frozenset({"law_legaldocument", "law_ruleset", "law_rulevalue"})


def walk(mark: str) -> None:
    """Enter a document and a rule set."""
    by, day = Call(SYSTEM_ACTOR), date(2016, 1, 1)
    document = Document(
        number=f"1/{mark}", type="Quyết định", issuer=f"Bà {mark}", title=f"Việc của bà {mark}", issued=day, note=mark
    )
    actions.enter_document(by, document=document)
    rule = Rule(key="walkthrough.key", title=f"Ý kiến {mark}", value=f"bà {mark}", trust=Trust.EXAMPLE, basis=mark)
    rules = Rules(
        code="walkthrough", subject=f"walkthrough {mark}", name=f"Bộ quy tắc {mark}", valid_from=day, valid_to=None,
        trust=Trust.EXAMPLE, basis=f"1/{mark}, điều 1", rules=(rule,),
    )
    actions.enter_rule_set(by, rules=rules)
