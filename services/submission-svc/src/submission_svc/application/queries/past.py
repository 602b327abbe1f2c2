"""Reads the past of submissions: their steps, what they held at a moment, and what has changed since."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.types import DateTime

from access_policy import Viewer
from service_kit.errors import Kind, ProblemError
from submission_svc.application.queries.contents import NOW, content_document, item_document, read_content
from submission_svc.application.queries.evidence_rows import present_evidence
from submission_svc.application.queries.submissions import read_submission_state, require_reader
from submission_svc.application.refusals import administration_not_found
from submission_svc.domain.difference import Changes, Difference, Held
from submission_svc.domain.disclosure import Disclosure

_STEPS = text(
    "select status, at, in_force_at, reason, disclosure from submission_step"
    " where submission = :submission order by changes"
)
# For each submission of the administration the last step by then says what was in force; of two cycles that know a
# figure the later one wins.
_KNOWN = text(
    """
    select distinct on (a.input collate "C") a.input as code, a.year, a.state, a.value, a.status, a.comment, a.period,
           c.code as cycle, step.in_force_at as accepted_at
      from cycle c join submission s on s.cycle = c.code and s.administration = :administration
      join lateral (
           select in_force_at from submission_step where submission = s.id and at <= :at order by changes desc limit 1
      ) step on step.in_force_at is not null
      join answer a on a.submission = s.id and a.year = :year and a.since <= step.in_force_at
       and a.until > step.in_force_at
     where c.population = :population and not c.is_rehearsal
     order by a.input collate "C", c.reporting_year desc, c.opens_on desc, c.code desc
    """
).bindparams(bindparam("at", type_=DateTime(timezone=True)))


def read_steps(connection: Connection, viewer: Viewer, cycle: str, administration: str) -> list[dict[str, Any]]:
    """How far the submission has come, when, and why it was returned; refuses like `read_submission`."""
    found = read_submission_state(connection, viewer, cycle, administration)
    return _steps(connection, found["id"])


def read_submission_as_of(
    connection: Connection, viewer: Viewer, cycle: str, administration: str, at: datetime
) -> dict[str, Any]:
    """What the submission held at a moment, and how far it was then.

    Raises:
        ProblemError: `submission.not_begun_then` (404), and as `read_submission`.
    """
    found = read_submission_state(connection, viewer, cycle, administration)
    if at < found["started_at"]:
        raise ProblemError(
            "submission.not_begun_then",
            Kind.NOT_FOUND,
            f"{administration} had no submission in this cycle then; it was begun on {found['started_at']:%Y-%m-%d}.",
            french=f"{administration} n'avait alors pas de soumission dans ce cycle ; elle a été commencée le "
            f"{found['started_at']:%Y-%m-%d}.",
        )
    before = [step for step in _steps(connection, found["id"]) if step["at"] <= at]
    last = before[-1] if before else {"status": "draft", "in_force_at": None}
    content = read_content(connection, found["id"], at)
    return {
        "cycle": cycle,
        "administration": administration,
        "as_of": at,
        "status": last["status"],
        "in_force_at": last["in_force_at"],
        **content_document(content),
    }


def read_history(
    connection: Connection, viewer: Viewer, cycle: str, administration: str, year: int, at: datetime | None
) -> list[dict[str, Any]]:
    """What was known at a moment, or is now, about a calendar year: accepted answers of all cycles of the population.

    The cycle says which population is meant. Refuses like `read_submission`; rehearsals are never part of it.
    """
    asked = require_reader(connection, viewer, cycle, administration)
    wanted = {"population": asked.population, "administration": administration, "year": year, "at": at or NOW}
    known = [dict(row) for row in connection.execute(_KNOWN, wanted).mappings()]
    if not known and not asked.is_member:
        raise administration_not_found(asked.population, administration)
    return known


def read_difference(connection: Connection, viewer: Viewer, cycle: str, administration: str) -> dict[str, Any]:
    """What has changed since what was last accepted, and since the last return; None where there was none.

    Refuses like `read_submission`.
    """
    found = read_submission_state(connection, viewer, cycle, administration)
    steps = {step["status"]: step for step in _steps(connection, found["id"])}
    now = _held(connection, found["id"], None, found["disclosure"])

    def since(step: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        then = _held(connection, found["id"], at, step["disclosure"])
        return {"since": at, **_difference_document(Difference.between(then, now))}

    accepted, returned = steps.get("accepted"), steps.get("returned")
    return {
        "accepted": accepted and since(accepted, accepted["in_force_at"]),
        "returned": returned and since(returned, returned["at"]),
    }


def _held(connection: Connection, submission: UUID, at: datetime | None, disclosure: Mapping[str, Any]) -> Held:
    content, evidence = read_content(connection, submission, at), present_evidence(connection, submission, at)
    return Held(content, evidence, Disclosure.from_dict(disclosure))


def _steps(connection: Connection, submission: UUID) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(_STEPS, {"submission": submission}).mappings()]


def _difference_document(difference: Difference) -> dict[str, Any]:
    return {
        "nothing_changed": difference.is_empty,
        "answers": _changes_document(difference.answers),
        "claims": _changes_document(difference.claims),
        "evidence": {"added": difference.evidence.added, "removed": difference.evidence.removed},
        "disclosure": difference.disclosure,
    }


def _changes_document(changes: Changes[Any]) -> dict[str, Any]:
    return {
        "added": [item_document(each) for each in changes.added],
        "changed": [{"before": item_document(old), "after": item_document(new)} for old, new in changes.changed],
        "removed": [item_document(each) for each in changes.removed],
    }
