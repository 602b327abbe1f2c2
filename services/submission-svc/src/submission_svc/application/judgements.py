"""Judgements as they are read, and the refusal of a submission that is not complete."""

from dataclasses import asdict
from typing import Any

from answer_intake.violations import document
from service_kit.errors import Kind, ProblemError
from service_kit.languages import french_number
from submission_svc.domain.warnings.judging import Judgement
from submission_svc.domain.warnings.reasons import Explained, Reason


def require_complete(judgement: Judgement, *, asks_reasons: bool) -> None:
    """Refuse what breaks rules that are in force, and (if asked for) warnings without a reason; all of it at once.

    Raises:
        ProblemError: `submission.incomplete` (409).
    """
    unexplained = judgement.unexplained if asks_reasons else ()
    if not judgement.blocking and not unexplained:
        return
    said = judgement_document(judgement)
    raise ProblemError(
        "submission.incomplete",
        Kind.CONFLICT,
        _what_is_left(len(judgement.blocking), len(unexplained)),
        french=_what_is_left_in_french(len(judgement.blocking), len(unexplained)),
        blocking=said["blocking"],
        warnings=[warning_document(each) for each in unexplained],
        shadow=judgement.shadow,
    )


def _what_is_left(broken: int, unexplained: int) -> str:
    """What holds a submission up and what to do about it; what is zero is not mentioned."""
    found = []
    if broken:
        found.append("1 rule is broken" if broken == 1 else f"{broken:,} rules are broken")
    if unexplained:
        found.append("1 warning has no reason" if unexplained == 1 else f"{unexplained:,} warnings have no reason")
    explain = ", or say why warnings are all right (PUT .../warnings)" if unexplained else ""
    return f"{', '.join(found)}. Mend the figures{explain}; then submit again."


def _what_is_left_in_french(broken: int, unexplained: int) -> str:
    found = []
    if broken:
        many = f"{french_number(broken)} règles ne sont pas respectées"
        found.append("1 règle n'est pas respectée" if broken == 1 else many)
    if unexplained:
        many = f"{french_number(unexplained)} avertissements n'ont pas de motif"
        found.append("1 avertissement n'a pas de motif" if unexplained == 1 else many)
    explain = ", ou dites pourquoi les avertissements sont sans objet (PUT .../warnings)" if unexplained else ""
    return f"{', '.join(found)}. Corrigez les chiffres{explain} ; puis soumettez à nouveau."


def judgement_document(judgement: Judgement) -> dict[str, Any]:
    """A judgement as it is read."""
    return {
        "open": len(judgement.unexplained),
        "shadow": judgement.shadow,
        "blocking": [dict(document(each)) for each in judgement.blocking],
        "items": [warning_document(each) for each in judgement.warnings],
    }


def warning_document(item: Explained) -> dict[str, Any]:
    """A warning as it is read."""
    warning = item.warning
    bounds = None if warning.low is None else {"low": warning.low, "high": warning.high}
    return {
        "id": warning.id,
        "kind": warning.kind,
        "text": warning.text,
        "inputs": list(warning.inputs),
        "kpis": list(warning.kpis),
        "figures": [asdict(each) for each in warning.figures],
        "compared": [
            {"input": each.input, "year": each.year, "value": each.value, "cycle": each.cycle}
            for each in warning.compared
        ],
        "bounds": bounds,
        "reason": _reason(item.reason),
        "earlier_reason": _reason(item.earlier),
    }


def _reason(reason: Reason | None) -> dict[str, Any] | None:
    if reason is None:
        return None
    return {"code": reason.code, "text": reason.text, "at": None if reason.at is None else reason.at.isoformat()}
