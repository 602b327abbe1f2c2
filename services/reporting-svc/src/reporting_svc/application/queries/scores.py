"""Reads scores of many administrations as far as the viewer may see each of them, and their means.

A mean is taken over values that the viewer may see one by one, and says how many those are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import fmean

from sqlalchemy import Connection, text

from access_policy import Level, Thing, Viewer, level_of, may_see, within
from reporting_svc.application.queries.cycles import ReportedCycle

_TOP_DEPTH = 1  # the overall node and what stands right below it
_SUBJECTS = text(
    # An administration that the register has without a region has none, whatever its card says.
    "select coalesce(s.administration, p.administration) as code, a.name, w.region, p.status, s.opens_at"
    " from (select * from score_card where cycle = :cycle) s"
    " full join (select * from participation where cycle = :cycle and status in ('submitted', 'accepted')) p"
    " on p.administration = s.administration"
    " left join administration a on a.population = :population"
    " and a.code = coalesce(s.administration, p.administration)"
    " cross join lateral (select case when a.code is null then s.region else a.region end as region) w"
    " where (cast(:region as text) is null or w.region = :region)"
    " and (s.opens_at is not null or p.status is not null)"
    " order by coalesce(a.name, s.administration, p.administration)"
)
_TOP_NODES = text(
    "select administration, node, state, score, band, coverage, level from node_score"
    " where cycle = :cycle and depth <= :depth"
)


@dataclass(frozen=True)
class NodeScore:
    """The score of one node of one administration, as visible."""

    state: str
    score: float | None
    band: str | None
    coverage: float | None


@dataclass(frozen=True)
class AdministrationScores:
    """One administration in a list: its place in the process if the viewer may know it, and its visible top nodes."""

    code: str
    name: str
    region: str | None
    status: str | None
    nodes: Mapping[str, NodeScore] = field(default_factory=dict)


@dataclass(frozen=True)
class Mean:
    """The mean of the visible scores of a node, over `n` administrations, and the mean of their coverages."""

    node: str
    mean: float | None
    n: int
    coverage_share: float | None


def visible_administrations(
    connection: Connection, cycle: ReportedCycle, viewer: Viewer, region: str | None = None
) -> list[AdministrationScores]:
    """The administrations that the viewer may know to take part, or that disclose something to him."""
    viewer = within(viewer, cycle.population)
    known = {"cycle": cycle.code, "population": cycle.population, "region": region}
    subjects = connection.execute(_SUBJECTS, known).all()
    nodes = _top_nodes(connection, cycle)
    found = []
    for subject in subjects:
        level = level_of(viewer, subject.code, subject.region)
        is_participation_visible = may_see(viewer, Thing.PARTICIPATION, subject.code, subject.region)
        is_something_open = subject.opens_at is not None and level.covers(Level.stored(subject.opens_at))
        if not (is_something_open or (is_participation_visible and subject.status is not None)):
            continue
        status = subject.status if is_participation_visible else None
        visible = {code: score for code, score, needed in nodes.get(subject.code, ()) if level.covers(needed)}
        found.append(AdministrationScores(subject.code, subject.name or subject.code, subject.region, status, visible))
    return found


def means(codes: Iterable[str], administrations: Iterable[AdministrationScores]) -> list[Mean]:
    """The mean of each of the nodes over the visible scores."""
    listed = list(administrations)
    return [_mean(code, listed) for code in codes]


def _mean(code: str, administrations: list[AdministrationScores]) -> Mean:
    scored = [each.nodes[code] for each in administrations if code in each.nodes]
    scores = [node.score for node in scored if node.score is not None]
    coverages = [node.coverage for node in scored if node.score is not None and node.coverage is not None]
    return Mean(
        node=code,
        mean=fmean(scores) if scores else None,
        n=len(scores),
        coverage_share=fmean(coverages) if coverages else None,
    )


def top_nodes(cycle: ReportedCycle) -> list[str]:
    """The overall node and those right below it, in the framework's order; empty while the framework is not known."""
    if cycle.framework is None:
        return []
    root = cycle.framework.root
    return [root.code, *(child.code for child in root.children)]


def _top_nodes(connection: Connection, cycle: ReportedCycle) -> dict[str, list[tuple[str, NodeScore, Level]]]:
    rows = connection.execute(_TOP_NODES, {"cycle": cycle.code, "depth": _TOP_DEPTH})
    found: dict[str, list[tuple[str, NodeScore, Level]]] = {}
    for row in rows:
        score = NodeScore(row.state, row.score, row.band, row.coverage)
        found.setdefault(row.administration, []).append((row.node, score, Level.stored(row.level)))
    return found
