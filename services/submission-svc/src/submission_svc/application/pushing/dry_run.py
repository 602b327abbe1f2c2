"""What a dry run shows: what would be, the values of KPIs, and what the rules would say; nothing of it is kept."""

from typing import Any

from submission_svc.application.pushing.answering import Result
from submission_svc.application.pushing.kpi_values import kpi_values
from submission_svc.application.pushing.projecting import Projection
from submission_svc.application.pushing.steps import Push


def dry_run_answer(push: Push, result: Result) -> tuple[dict[str, Any], Projection | None]:
    """The answer but for projected scores, and what to have scored."""
    said = result.answer(push.command.language)
    counts = {name: said.pop(name) for name in ("received", "created", "updated", "removed", "unchanged")}
    answer = {"would": counts, **said}
    if push.command.administration is None:
        return answer, None
    submission = result.present[push.command.administration]
    content = result.foreseen[push.command.administration]
    answer |= push.judged(content, submission)
    answer["kpis"] = kpi_values(push.framework(), push.cycle.reporting_year, content)
    return answer, Projection(push.cycle.code, push.command.administration, content)
