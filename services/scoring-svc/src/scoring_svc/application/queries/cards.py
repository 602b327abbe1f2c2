"""Finds one card and shows of it what the viewer may see: as a summary, as an explanation, or as a preview.

One statement a read: it brings the digest, and what is shown of a card at a level is remembered under that digest.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from sqlalchemy import Connection

from access_policy import Level, Role, Thing, Viewer, level_of, may_see, redact_card, within
from scoring_svc.application.ports import Answer, Dependencies
from scoring_svc.application.queries.cycles import CycleRow
from scoring_svc.application.queries.rendering import View, explained, summarised
from scoring_svc.domain.score_card import FINAL, PREVIEW, Kind
from service_kit.errors import Kind as ErrorKind
from service_kit.errors import ProblemError

Render = Callable[[dict[str, Any], View], dict[str, Any]]
FACTS = (
    "select c.code, c.framework, c.framework_version, c.framework_digest, c.population, c.reporting_year,"
    " c.is_rehearsal, c.status, s.region, s.digest"
)
WHERE = (
    " from cycle c join score_card s on s.cycle = c.code"
    " where c.code = %(cycle)s and s.administration = %(administration)s and s.kind = %(kind)s"
)
FIND = FACTS + WHERE
FIND_WITH_CARD = FACTS + ", s.card" + WHERE


@dataclass(frozen=True)
class Asked:
    """Which card is asked for; `language` only where names are shown."""

    cycle: str
    administration: str
    language: str = "en"
    kind: Kind = FINAL


@dataclass(frozen=True)
class _Found:
    """A card that the viewer may be shown something of, and how much of it."""

    cycle: CycleRow
    region: str | None
    digest: str
    level: Level
    inside: bool


def summary(asked: Asked, viewer: Viewer, deps: Dependencies) -> Answer:
    """The scores of one administration.

    Raises:
        ProblemError: `score.not_found` (404), the same whether nothing exists or nothing is visible.
    """
    return _shown(asked, viewer, deps, summarised) or _refuse()


def explanation(asked: Asked, viewer: Viewer, deps: Dependencies) -> Answer:
    """The scores of one administration and how each came about.

    Raises:
        ProblemError: as `summary`.
    """
    return _shown(asked, viewer, deps, explained) or _refuse()


def preview(asked: Asked, viewer: Viewer, deps: Dependencies) -> Answer:
    """The explanation of a submission that waits for a decision, for those who may see everything of the member.

    Raises:
        ProblemError: `token.missing` (401), `score.preview_not_allowed` (403), `score.no_preview` (404).
    """
    _refuse_strangers(viewer, asked.administration)
    return _shown(replace(asked, kind=PREVIEW), viewer, deps, explained) or _refuse_preview()


def _shown(asked: Asked, viewer: Viewer, deps: Dependencies, render: Render) -> Answer | None:
    """What the viewer may see of the card, or None; made anew only when nobody saw the same before."""
    found = _found(deps.glance.one(FIND, _keys(asked)), asked, viewer)
    if found is None:
        return None
    answer = deps.answers.get((render, asked, found))
    if answer is None:
        with deps.reader.connect() as connection:
            answer = _made(connection, asked, viewer, deps, render)
    return answer if answer is not None and answer.body else None


def _made(connection: Connection, asked: Asked, viewer: Viewer, deps: Dependencies, render: Render) -> Answer | None:
    row = connection.exec_driver_sql(FIND_WITH_CARD, _keys(asked)).one_or_none()
    found = _found(row, asked, viewer)
    if row is None or found is None:
        return None
    card = redact_card(json.loads(row.card), found.level)
    if card is None:
        return deps.answers.put((render, asked, found), Answer(b"", ""))
    framework = deps.frameworks(connection).find(found.cycle.framework_digest)
    view = View(found.cycle, framework, asked.kind, found.region, asked.language, found.inside)
    return deps.answers.put((render, asked, found), answer_of(render(card, view)))


def _keys(asked: Asked) -> dict[str, Any]:
    return {"cycle": asked.cycle, "administration": asked.administration, "kind": asked.kind}


def _found(row: Sequence[Any] | None, asked: Asked, viewer: Viewer) -> _Found | None:
    """What a row of `FIND` means for the viewer; None when there is none, or it is of a rehearsal of others."""
    if row is None:
        return None
    cycle, region, digest = CycleRow(*row[:8]), row[8], row[9]
    viewer = within(viewer, cycle.population)
    needed = [Thing.REHEARSAL] * cycle.is_rehearsal + [Thing.PREVIEW] * (asked.kind == PREVIEW)
    if not all(may_see(viewer, thing, asked.administration, region) for thing in needed):
        return None
    level = level_of(viewer, asked.administration, region)
    return _Found(cycle, region, digest, level, _is_inside(viewer, asked.administration))


def _is_inside(viewer: Viewer, administration: str) -> bool:
    """Whether the viewer may also be told who else may see what."""
    return viewer.acts_for(administration) or viewer.has_role(Role.SECRETARIAT)


def answer_of(body: dict[str, Any]) -> Answer:
    """The answer as bytes. Its tag is over what is shown: one over the whole card would tell of hidden changes."""
    written = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    return Answer(written, hashlib.sha256(written).hexdigest()[:32])


def _refuse_strangers(viewer: Viewer, administration: str) -> None:
    if may_see(viewer, Thing.PREVIEW, administration, region=None):
        return
    if not viewer.roles:
        raise ProblemError("token.missing", ErrorKind.UNAUTHENTICATED, "A preview needs a token of the administration.")
    raise ProblemError(
        "score.preview_not_allowed",
        ErrorKind.FORBIDDEN,
        "A preview is shown to the administration itself, its assigned reviewer and the secretariat only.",
    )


def _refuse() -> NoReturn:
    raise ProblemError(
        "score.not_found",
        ErrorKind.NOT_FOUND,
        "There is no score of this administration in this cycle that you may see.",
    )


def _refuse_preview() -> NoReturn:
    raise ProblemError(
        "score.no_preview",
        ErrorKind.NOT_FOUND,
        "No submission of this administration waits for a decision in this cycle. "
        "Previews exist from submission to the decision.",
    )
