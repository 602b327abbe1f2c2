"""What a push is answered with: counts, what is wrong with rows that were left out, and what the rules say now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from answer_intake.report import Report
from answer_intake.rulebook import Rulebook
from answer_intake.taken import Taken
from answer_intake.violations import document, violations
from framework_spec.rules import Answers
from submission_svc.application.intake_refusals import MOST_LISTED
from submission_svc.domain.content import Content, Written
from submission_svc.domain.submission import Submission


@dataclass(frozen=True)
class Result:
    """What a push has done to whom, or would do: `foreseen` are the contents after a dry run."""

    report: Report
    taken: Taken
    present: Mapping[str, Submission]
    written: Mapping[str, Written]
    foreseen: Mapping[str, Content] = field(default_factory=dict)

    def answer(self, language: str) -> dict[str, Any]:
        """Counts and notes; with errors where good rows were taken beside bad ones."""
        total = sum(self.written.values(), Written())
        said: dict[str, Any] = {
            "received": self.report.received,
            "created": total.created,
            "updated": total.updated,
            "removed": total.removed,
            "unchanged": self.taken.count - total.changed,
            "notes": [self.report.entry(note, language) for note in self.report.notes[:MOST_LISTED]],
        }
        if self.report.findings:
            listed = self.report.document(language, MOST_LISTED)
            said |= {name: listed[name] for name in ("errors_found", "errors", "groups")}
        return said

    def states(self) -> list[dict[str, Any]]:
        """How far each submission is."""
        return [
            {"administration": name, "status": each.status, "revision": each.revision}
            for name, each in sorted(self.present.items())
        ]


def rules_on(
    content: Content, evidence: frozenset[str], rulebook: Rulebook, on: date, language: str
) -> list[dict[str, Any]]:
    """What a whole content breaks of the framework's rules."""
    figures = {(each.input, each.year): each.value for each in content.answers}
    claims = {claim.kpi: claim.state for claim in content.standing_claims}
    given = Answers(rulebook.reporting_year, figures, claims, evidence)
    return [dict(document(each)) for each in violations(rulebook.pack, given, on, language)]


def unanswered(content: Content, rulebook: Rulebook) -> int:
    """How many figures are asked for and neither given nor said to be missing, nor claimed away with all their KPIs."""
    claimed = {claim.kpi for claim in content.standing_claims}
    by_input = rulebook.pack.kpis_by_input
    spared = {code for code, kpis in by_input.items() if claimed.issuperset(kpis)}
    given = {(each.input, each.year) for each in content.answers}
    return sum(key not in given and key[0] not in spared and key[0] in by_input for key in rulebook.rules)
