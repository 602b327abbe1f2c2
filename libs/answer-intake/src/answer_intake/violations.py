"""Checks a whole content by the framework's validation rules, beside the checks of single rows."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from answer_intake.taken import NONE, Taken
from framework_spec.parts import ClaimName
from framework_spec.rules import Answers, RulePack, Violation, evaluate_pack


def violations(pack: RulePack, content: Answers, on: date, language: str) -> list[Violation]:
    """The rules that a content does not keep on a day, in the order of the rules, each with its text."""
    return evaluate_pack(pack, content, on, language)


def content_of(taken: Taken, administration: str, reporting_year: int) -> Answers:
    """What an administration says in a file."""
    figures = {
        (code, year): entry.value for (member, code, year), entry in taken.answers.items() if member == administration
    }
    claims: dict[str, ClaimName] = {}
    for (member, kpi), (_, state, _) in taken.claims.items():
        if member == administration and state != NONE:
            claims[kpi] = state
    return Answers(reporting_year, figures, claims)


def document(violation: Violation) -> Mapping[str, Any]:
    """The JSON-ready violation, with what follows from it: whether it blocks, whether it asks for a reason."""
    return {
        **violation.document(),
        "blocks": violation.blocks,
        "asks_for_reason": violation.asks_for_reason,
    }
