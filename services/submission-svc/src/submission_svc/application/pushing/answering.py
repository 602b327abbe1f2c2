"""What a push is answered with: counts, what is wrong with rows that were left out, and what the rules say now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from answer_intake.report import Report
from answer_intake.rulebook import Rulebook
from answer_intake.taken import Taken
from submission_svc.application.intake_refusals import MOST_LISTED
from submission_svc.domain.content import Content, Written
from submission_svc.domain.submission import Submission, state_tag


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

    def tag(self, administration: str) -> str:
        """What names the state that the push has made of a submission, or has found."""
        submission = self.present[administration]
        is_changed = self.written.get(administration, Written()).changed > 0
        return state_tag(submission.revision, submission.changes + is_changed)

    def states(self) -> list[dict[str, Any]]:
        """How far each submission is."""
        return [
            {"administration": name, "status": each.status, "revision": each.revision}
            for name, each in sorted(self.present.items())
        ]


def unanswered(content: Content, rulebook: Rulebook) -> int:
    """How many figures are asked for and neither given nor said to be missing, nor claimed away with all their KPIs."""
    claimed = {claim.kpi for claim in content.standing_claims}
    by_input = rulebook.pack.kpis_by_input
    spared = {code for code, kpis in by_input.items() if claimed.issuperset(kpis)}
    given = {(each.input, each.year) for each in content.answers}
    return sum(key not in given and key[0] not in spared and key[0] in by_input for key in rulebook.rules)
