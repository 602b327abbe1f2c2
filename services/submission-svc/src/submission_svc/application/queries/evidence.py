"""Reads evidence: all of it for those who may read the submission, to others as its answer is disclosed.

Others see the evidence of the content in force only, and of nothing in a rehearsal. To them "there is nothing",
"you may not see it" and "there is no such submission" are the same answer, word for word.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from access_policy import MOST_CLOSED, Level, Viewer, level_of, within
from submission_svc.application.queries.cycles import visible_cycle
from submission_svc.application.queries.evidence_rows import one_evidence, present_evidence
from submission_svc.application.queries.frameworks import read_framework
from submission_svc.application.queries.rights import foreign
from submission_svc.application.queries.submissions import read_submission_state
from submission_svc.domain.disclosure import Disclosure
from submission_svc.domain.evidence import Evidence, evidence_not_found
from submission_svc.domain.evidence_levels import KnownCodes

_REGION = text("select region from administration where population = :population and code = :administration")
_IN_FORCE = text(
    "select id, disclosure, in_force_at from submission"
    " where cycle = :cycle and administration = :administration and in_force_at is not null"
)
NOBODY: tuple[UUID, dict[str, Any], datetime | None] = (UUID(int=0), Disclosure().as_dict(), None)


def list_evidence(
    connection: Connection,
    codes: KnownCodes,
    viewer: Viewer,
    cycle: str,
    administration: str,
    as_of: datetime | None = None,
) -> list[Evidence]:
    """What the viewer may see, by code and name; `as_of` is for those who may read the submission.

    Raises:
        ProblemError: `cycle.not_found` (404); to those who may read submissions `submission.not_found` and
            `administration.not_found` (404); `submission.foreign` (403) to others who ask for the past.
    """
    found = visible_cycle(connection, viewer, cycle)
    reach = _reach(connection, viewer, found, administration)
    if reach is MOST_CLOSED:
        state = read_submission_state(connection, viewer, cycle, administration)
        return present_evidence(connection, state["id"], as_of)
    if as_of is not None:
        raise foreign()
    return _disclosed(connection, codes, found, administration, reach)


def find_evidence(
    connection: Connection,
    codes: KnownCodes,
    viewer: Viewer,
    cycle: str,
    administration: str,
    number: UUID,
) -> Evidence:
    """One that the viewer may see; to those who may read the submission also what was taken away.

    Raises:
        ProblemError: `evidence.not_found` (404), and like `list_evidence`.
    """
    found = visible_cycle(connection, viewer, cycle)
    reach = _reach(connection, viewer, found, administration)
    if reach is MOST_CLOSED:
        state = read_submission_state(connection, viewer, cycle, administration)
        one = one_evidence(connection, state["id"], number)
        seen = [] if one is None else [one]
    else:
        seen = _disclosed(connection, codes, found, administration, reach)
    for each in seen:
        if each.id == number:
            return each
    raise evidence_not_found(number)


def _reach(connection: Connection, viewer: Viewer, cycle: dict[str, Any], administration: str) -> Level:
    wanted = {"population": cycle["population"], "administration": administration}
    region = connection.execute(_REGION, wanted).scalar_one_or_none()
    return level_of(within(viewer, cycle["population"]), administration, region)


def _disclosed(
    connection: Connection,
    codes: KnownCodes,
    cycle: dict[str, Any],
    administration: str,
    reach: Level,
) -> list[Evidence]:
    wanted = {"cycle": cycle["code"], "administration": administration}
    row = connection.execute(_IN_FORCE, wanted).one_or_none()
    # Where nothing is in force the same is done: how long the answer takes must not tell who takes part.
    submission, disclosure, at = NOBODY if row is None else (row.id, row.disclosure, row.in_force_at)
    digest = cycle["framework_digest"]
    levels = codes.get(digest, lambda: read_framework(connection, digest)).levels(Disclosure.from_dict(disclosure))
    seen = [each for each in present_evidence(connection, submission, at) if reach.covers(levels[each.about])]
    return [] if cycle["is_rehearsal"] else seen
