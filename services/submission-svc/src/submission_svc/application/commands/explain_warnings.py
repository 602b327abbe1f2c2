"""Explain warnings: a member says why figures that look wrong are right."""

from collections.abc import Mapping
from dataclasses import dataclass

from answer_intake.rulebook import Rulebooks
from service_kit.clock import Clock
from service_kit.errors import Finding, Kind, ProblemError
from submission_svc.application.commands.finding import require_cycle, require_submission
from submission_svc.application.commands.judging import judged, rulebook_of
from submission_svc.application.ports.work import UnitOfWork
from submission_svc.domain.warnings.found import WarningFound
from submission_svc.domain.warnings.reasons import ReasonCode


@dataclass(frozen=True)
class ExplainWarnings:
    """Give these reasons (code and text, by id of the warning) for warnings about this submission."""

    cycle: str
    administration: str
    actor: str
    reasons: Mapping[str, tuple[ReasonCode, str | None]]
    language: str = "en"
    expected: frozenset[str] | None = None


def explain_warnings(command: ExplainWarnings, uow: UnitOfWork, rulebooks: Rulebooks, clock: Clock) -> None:
    """Keep them all, or none; a reason that holds already is not kept twice.

    Raises:
        ProblemError: `cycle.not_found`, `submission.not_found` (404), `submission.changed` (412), `submission.locked`
            (409), `warnings.unknown` (422) with all ids that are not of a warning about the present figures.
    """
    with uow:
        cycle = require_cycle(uow, command.cycle)
        submission = require_submission(uow, cycle, command.administration)
        submission.require_unchanged(command.expected)
        submission.require_editable()
        rulebook, now = rulebook_of(uow, rulebooks, cycle), clock()
        content = uow.submissions.content(submission.id)
        judgement = judged(uow, rulebook, cycle, submission, content, now, command.language)
        present = {each.warning.id: each for each in judgement.warnings}
        _refuse_unknown(command, {name: each.warning for name, each in present.items()})
        new = [
            (present[name].warning, code, text)
            for name, (code, text) in command.reasons.items()
            if (reason := present[name].reason) is None or (reason.code, reason.text) != (code, text)
        ]
        if not new:
            return
        at = submission.next_moment(now)
        uow.warnings.explain(submission.id, new, command.actor, at)
        uow.submissions.touch([submission.id], at)
        detail = {"reasons": {warning.id: code for warning, code, _ in new}}
        uow.audit.record(command.actor, "warnings.explained", f"{cycle.code}/{command.administration}", detail)
        uow.commit()


def _refuse_unknown(command: ExplainWarnings, present: Mapping[str, WarningFound]) -> None:
    unknown = [name for name in command.reasons if name not in present]
    if unknown:
        findings = tuple(
            Finding(
                "warnings.unknown_id",
                f"There is no warning {name} about the present figures.",
                french=f"Il n'y a pas d'avertissement {name} sur les chiffres actuels.",
            )
            for name in unknown
        )
        detail = f"{len(unknown)} of the reasons are for warnings that there are not; none was kept. Read them again."
        french = (
            f"Motifs donnés pour des avertissements qui n'existent pas : {len(unknown)} ; aucun motif n'a été "
            "enregistré. Relisez les avertissements."
        )
        raise ProblemError("warnings.unknown", Kind.INVALID, detail, french=french, findings=findings)
