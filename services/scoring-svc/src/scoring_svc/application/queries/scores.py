"""The list of a cycle's scores: only administrations of which the viewer may see something.

A rehearsal is for the secretariat, and for each member as far as it is its own; for all others there is no such cycle.
"""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, text

from access_policy import Level, Role, Thing, Viewer, is_visible, level_of, may_see, within
from framework_spec.document import Ranking
from scoring_svc.application.ports import Answer, Dependencies
from scoring_svc.application.queries.cards import answer_of
from scoring_svc.application.queries.cycles import CycleRow
from scoring_svc.domain.ranking import Places, places_shown
from service_kit.errors import Kind, ProblemError

FIND = (
    "select code, framework, framework_version, framework_digest, population, reporting_year, is_rehearsal, status,"
    " last_run_id from cycle where code = %(cycle)s"
)
CARDS = text(
    "select administration, region, score, outline from score_card where cycle = :cycle and kind = 'final'"
    " order by administration"
)

NOTHING = Answer(b"", "")


def scores_of_cycle(cycle: str, viewer: Viewer, deps: Dependencies) -> Answer:
    """The scores of a cycle as this viewer may see them.

    Raises:
        ProblemError: `score.cycle_not_found` (404), the same words for a rehearsal of which the viewer may see nothing.
    """
    found, run = _found(deps.glance.one(FIND, {"cycle": cycle}), cycle)
    answer = deps.answers.get((found, run, _standing(within(viewer, found.population))))
    if answer is None:
        with deps.reader.connect() as connection:
            found, run = _found(connection.exec_driver_sql(FIND, {"cycle": cycle}).one_or_none(), cycle)
            viewer = within(viewer, found.population)
            answer = deps.answers.put((found, run, _standing(viewer)), _made(connection, found, viewer, deps))
    if answer == NOTHING:
        raise _not_found(cycle)
    return answer


def _found(row: Sequence[Any] | None, cycle: str) -> tuple[CycleRow, int | None]:
    """The cycle and the run that last changed a score of it."""
    if row is None:
        raise _not_found(cycle)
    return CycleRow(*row[:8]), row[8]


def _not_found(cycle: str) -> ProblemError:
    return ProblemError("score.cycle_not_found", Kind.NOT_FOUND, f"Nothing is known here of a cycle {cycle}.")


def _standing(viewer: Viewer) -> tuple[object, ...]:
    """All that decides what a viewer sees of any administration; equal for viewers who see the same."""
    return (viewer.roles, viewer.administration, viewer.region, viewer.level, viewer.assignments)


def _made(connection: Connection, cycle: CycleRow, viewer: Viewer, deps: Dependencies) -> Answer:
    framework = deps.frameworks(connection).find(cycle.framework_digest)
    rows = [dict(row) for row in connection.execute(CARDS, {"cycle": cycle.code}).mappings()]
    shown = [entry for row in rows if (entry := _entry(row, cycle, viewer)) is not None]
    is_hidden = cycle.is_rehearsal and not viewer.has_role(Role.SECRETARIAT)
    if is_hidden and not shown:
        return NOTHING
    # A place in a rehearsal would tell a member how many others take part, and how they did.
    ranking = Ranking() if framework is None or is_hidden else framework.ranking
    places = _places(ranking, rows, shown, viewer)
    for entry in shown:
        entry["rank"] = places.of.get(entry["administration"])
    return answer_of(
        {
            "cycle": cycle.as_dict(),
            "label": None if framework is None else framework.label,
            "ranking": "none" if framework is None else framework.ranking.mode,
            "ranked_among": places.ranked_among,
            "items": shown,
        }
    )


def _entry(row: dict[str, Any], cycle: CycleRow, viewer: Viewer) -> dict[str, Any] | None:
    administration, region = row["administration"], row["region"]
    if cycle.is_rehearsal and not may_see(viewer, Thing.REHEARSAL, administration, region):
        return None
    outline = json.loads(row["outline"])
    level = level_of(viewer, administration, region)
    if not level.covers(Level.stored(outline["opens_at"])):
        return None
    root = _open(outline["root"], level, ("score", "band", "coverage", "state"))
    dimensions = [{"code": node["code"], **_open(node, level, ("score", "band"))} for node in outline["dimensions"]]
    return {"administration": administration, "region": region, **root, "dimensions": dimensions}


def _open(node: dict[str, Any], level: Level, names: tuple[str, ...]) -> dict[str, Any]:
    """The named facts of a node, all null when it is hidden from the viewer."""
    visible = is_visible(node, level)
    return {"visible": visible, **{name: node[name] if visible else None for name in names}}


def _places(ranking: Ranking, rows: list[dict[str, Any]], shown: list[dict[str, Any]], viewer: Viewer) -> Places:
    scores = {row["administration"]: row["score"] for row in rows}
    visible = frozenset(entry["administration"] for entry in shown if entry["visible"])
    own = frozenset(code for code in scores if viewer.acts_for(code) or viewer.has_role(Role.SECRETARIAT))
    return places_shown(ranking, scores, visible, own)
