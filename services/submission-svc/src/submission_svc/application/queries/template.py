"""Makes the workbook that a contact point fills in, with what is known already: the draft, and what was accepted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from access_policy import Viewer
from answer_intake.rulebook import Rulebook
from answer_intake.workbook.given import Known, Prefilled, TemplateCycle
from answer_intake.workbook.template import make_template
from framework_spec.rules import rule_pack
from framework_spec.texts import text as text_in
from submission_svc.application.queries.contents import read_content
from submission_svc.application.queries.cycles import visible_cycle
from submission_svc.application.queries.frameworks import read_framework
from submission_svc.application.queries.past import read_history
from submission_svc.domain.content import Content

_MEMBER = text("select name from administration where population = :population and code = :code")
_DRAFT = text("select id from submission where cycle = :cycle and administration = :administration")
_DEADLINE = text("select until from extension where cycle = :cycle and administration = :administration")
Key = tuple[str, int]


@dataclass(frozen=True)
class Asked:
    """Whose template of which cycle, and in which language."""

    cycle: str
    administration: str
    language: str


def template(connection: Connection, viewer: Viewer, asked: Asked) -> bytes:
    """The template as XLSX, for those who may read the submission; refuses like `read_history`.

    What the draft says stands in it; else what was accepted before for the very same calendar year.
    """
    cycle = visible_cycle(connection, viewer, asked.cycle)
    framework = read_framework(connection, cycle["framework_digest"])
    years = {year for _, year in Rulebook.of(rule_pack(framework), cycle["reporting_year"]).rules}
    accepted = [
        row
        for year in sorted(years | {min(years, default=cycle["reporting_year"]) - 1})
        for row in read_history(connection, viewer, asked.cycle, asked.administration, year, None)
    ]
    member = {"population": cycle["population"], "code": asked.administration}
    return make_template(
        framework,
        _facts(connection, cycle, asked),
        asked.administration,
        asked.language,
        administration_name=connection.execute(_MEMBER, member).scalar_one_or_none(),
        known=_known(_draft(connection, asked), accepted, asked.cycle),
    )


def _facts(connection: Connection, cycle: Mapping[str, Any], asked: Asked) -> TemplateCycle:
    wanted = {"cycle": asked.cycle, "administration": asked.administration}
    extended: date | None = connection.execute(_DEADLINE, wanted).scalar_one_or_none()
    deadline = max(filter(None, (cycle["closes_on"], extended)))
    name = text_in(cycle["name"], asked.language) or asked.cycle
    return TemplateCycle(asked.cycle, name, cycle["reporting_year"], deadline)


def _draft(connection: Connection, asked: Asked) -> Content:
    wanted = {"cycle": asked.cycle, "administration": asked.administration}
    found = connection.execute(_DRAFT, wanted).scalar_one_or_none()
    return Content() if found is None else read_content(connection, found)


def _known(draft: Content, accepted: Sequence[Mapping[str, Any]], cycle: str) -> Known:
    """What stands in the template. What a revision has deleted of this very submission does not come back with it."""
    answers: dict[Key, Prefilled] = {
        (row["code"], row["year"]): _prefilled(row["value"], row["status"], None, row["comment"], row["period"])
        for row in accepted
        if row["cycle"] != cycle
    }
    for each in draft.answers:
        answers[each.input, each.year] = _prefilled(each.value, each.status, each.reason, each.comment, each.period)
    earlier = {(row["code"], row["year"]): row["value"] for row in accepted if row["value"] is not None}
    return Known(answers, earlier, {claim.kpi: (claim.state, claim.reason) for claim in draft.claims})


def _prefilled(
    value: float | None, status: str | None, reason: str | None, comment: str | None, period: str | None
) -> Prefilled:
    return Prefilled(value, "missing" if value is None else None, status, reason, comment, period)
