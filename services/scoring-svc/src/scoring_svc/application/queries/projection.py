"""Projects what answers would score, by the very engine and rules that score submissions; nothing is kept or told.

The answers come from the caller. Where scores depend on the sample, they are scored among the accepted ones of the
cycle, like the preview of a submission, and only if these are enough: whoever may try any figure against a few others
could read theirs off his own score.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from sqlalchemy import Connection

from access_policy import MOST_CLOSED, Role, Thing, Viewer, may_see, redact_card, within
from framework_spec.document import Framework
from scoring_engine import ENGINE_VERSION
from scoring_engine.data import InputRefusedError
from scoring_svc.application.ports import Dependencies
from scoring_svc.application.queries.cycles import CycleRow
from scoring_svc.application.queries.rendering import View, summarised
from scoring_svc.domain.score_card import PREVIEW
from scoring_svc.domain.scoring import Regions, Scorer, Submissions
from scoring_svc.domain.submission import SUBMITTED, Submission, in_force
from service_kit.errors import Kind, ProblemError

LEAST_OTHERS = 5
FIND = (
    "select c.code, c.framework, c.framework_version, c.framework_digest, c.population, c.reporting_year,"
    " c.is_rehearsal, c.status, r.regions from cycle c left join register r on r.population = c.population"
    " where c.code = %(cycle)s"
)


@dataclass(frozen=True)
class Projection:
    """What would be submitted: `answers` are `{"input", "year", "value", "period"}`, `claims` `{"kpi", "state"}`."""

    cycle: str
    administration: str
    answers: list[dict[str, Any]]
    claims: list[dict[str, Any]]


def project(asked: Projection, viewer: Viewer, deps: Dependencies) -> dict[str, Any]:
    """What these answers would score.

    Raises:
        ProblemError: `token.missing` (401), `score.projection_not_allowed` (403), `score.cycle_not_found`,
            `administration.not_found` (404), `score.sample_too_small` (409), `score.inputs_refused` (422),
            `score.framework_not_here` (503).
    """
    _refuse_strangers(viewer, asked.administration)
    with deps.reader.connect() as connection:
        cycle, regions = _found(connection, asked, viewer)
        framework = deps.frameworks(connection).find(cycle.framework_digest)
        if framework is None:
            raise _not_yet(cycle)
        scorer = Scorer(framework, cycle.reporting_year, regions)
        others = _others(connection, asked, scorer, deps)
    return _shown(_scored(asked, scorer, others), asked, cycle, framework, regions)


def may_project(viewer: Viewer, administration: str) -> bool:
    """The member itself and the secretariat; in the embedded mode, where it exists, the loader too."""
    return viewer.acts_for(administration) or viewer.has_role(Role.SECRETARIAT, Role.LOADER)


def require_projector(viewer: Viewer) -> None:
    """Refuse whoever may not project for any administration.

    Raises:
        ProblemError: `token.missing` (401), `score.projection_not_allowed` (403).
    """
    if not viewer.roles:
        raise ProblemError("token.missing", Kind.UNAUTHENTICATED, "A projection needs a token of the administration.")
    _refuse_strangers(viewer, viewer.administration or "")


def _refuse_strangers(viewer: Viewer, administration: str) -> None:
    if not may_project(viewer, administration):
        detail = "What answers would score is told to the administration itself and the secretariat only."
        raise ProblemError("score.projection_not_allowed", Kind.FORBIDDEN, detail)


def _found(connection: Connection, asked: Projection, viewer: Viewer) -> tuple[CycleRow, Regions]:
    row = connection.exec_driver_sql(FIND, {"cycle": asked.cycle}).one_or_none()
    if row is None:
        _refuse(asked.cycle)
    cycle, regions = CycleRow(*row[:8]), row[8]
    viewer = within(viewer, cycle.population)
    hidden = cycle.is_rehearsal and not may_see(viewer, Thing.REHEARSAL, asked.administration, None)
    if not may_project(viewer, asked.administration) or (hidden and not viewer.has_role(Role.LOADER)):
        _refuse(asked.cycle)
    if regions is None:
        raise _not_yet(cycle)
    if asked.administration not in regions:
        detail = f"The population {cycle.population} of this cycle has no administration {asked.administration}."
        raise ProblemError("administration.not_found", Kind.NOT_FOUND, detail)
    return cycle, regions


def _others(connection: Connection, asked: Projection, scorer: Scorer, deps: Dependencies) -> Submissions:
    """The accepted submissions of others, where they matter."""
    if not scorer.depends_on_sample:
        return {}
    kept = in_force(deps.submissions(connection).scorable(asked.cycle, None))
    others = {code: each for code, each in kept.items() if code != asked.administration}
    if len(others) < LEAST_OTHERS:
        raise ProblemError(
            "score.sample_too_small",
            Kind.CONFLICT,
            f"Scores of this framework depend on the others, and fewer than {LEAST_OTHERS} of them are accepted yet: "
            "a projection would tell what theirs are. Submit to see a preview.",
        )
    return others


def _scored(asked: Projection, scorer: Scorer, others: Submissions) -> Mapping[str, Any]:
    wanted = Submission(
        id="projection",
        cycle=asked.cycle,
        administration=asked.administration,
        status=SUBMITTED,
        revision=0,
        answers=asked.answers,
        claims=asked.claims,
        disclosure={"default": MOST_CLOSED, "kpis": {}},
    )
    try:
        (card,) = scorer.previews({asked.administration: wanted}, others)
    except InputRefusedError as error:
        raise ProblemError("score.inputs_refused", Kind.INVALID, f"{error}.") from None
    return card.content


def _shown(
    card: Mapping[str, Any], asked: Projection, cycle: CycleRow, framework: Framework, regions: Regions
) -> dict[str, Any]:
    region = regions.get(asked.administration)
    seen = redact_card(dict(card), MOST_CLOSED)
    if seen is None:  # a card has at least its root, and that level sees everything
        raise AssertionError("a card without nodes")
    view = View(cycle, framework, PREVIEW, region, "en", inside=False)
    return {**summarised(seen, view), "engine_version": ENGINE_VERSION}


def _refuse(cycle: str) -> NoReturn:
    raise ProblemError("score.cycle_not_found", Kind.NOT_FOUND, f"Nothing is known here of a cycle {cycle}.")


def _not_yet(cycle: CycleRow) -> ProblemError:
    detail = f"The framework or the register of the cycle {cycle.code} has not arrived here yet. Try again in a moment."
    return ProblemError("score.framework_not_here", Kind.UNAVAILABLE, detail)
