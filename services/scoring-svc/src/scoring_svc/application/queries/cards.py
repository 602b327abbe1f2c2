"""Finds one card and shows of it what the viewer may see: as a summary, as an explanation, or as a preview.

One statement a read: it brings the digest, and what is shown of a card at a level is remembered under that digest.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from access_policy import Level, Role, Thing, Viewer, level_of, may_see, redact_card
from scoring_svc.application.ports import Answer, Dependencies
from scoring_svc.application.queries.cycles import CycleRow, framework_of
from scoring_svc.application.queries.rendering import View, explained, summarised
from scoring_svc.domain.score_card import FINAL, PREVIEW, Kind
from service_kit.errors import Kind as ErrorKind
from service_kit.errors import ProblemError

Render = Callable[[dict[str, Any], View], dict[str, Any]]
FIND = text(
    "select c.code, c.framework, c.framework_version, c.framework_digest, c.population, c.reporting_year,"
    " c.is_rehearsal, c.status, s.region, s.digest from cycle c join score_card s on s.cycle = c.code"
    " where c.code = :cycle and s.administration = :administration and s.kind = :kind"
)
CARD = text("select card from score_card where cycle = :cycle and administration = :administration and kind = :kind")


@dataclass(frozen=True)
class Asked:
    """Which card is asked for; `language` only where names are shown."""

    cycle: str
    administration: str
    language: str = "en"


@dataclass(frozen=True)
class _Found:
    cycle: CycleRow
    region: str | None
    digest: str


def summary(asked: Asked, viewer: Viewer, deps: Dependencies) -> Answer:
    """The scores of one administration.

    Raises:
        ProblemError: `score.not_found` (404), the same whether nothing exists or nothing is visible.
    """
    return _final(asked, viewer, deps, summarised)


def explanation(asked: Asked, viewer: Viewer, deps: Dependencies) -> Answer:
    """The scores of one administration and how each came about.

    Raises:
        ProblemError: as `summary`.
    """
    return _final(asked, viewer, deps, explained)


def preview(asked: Asked, viewer: Viewer, deps: Dependencies) -> Answer:
    """The explanation of a submission that waits for a decision, for the member itself and the secretariat.

    Raises:
        ProblemError: `token.missing` (401), `score.preview_not_allowed` (403), `score.no_preview` (404).
    """
    _refuse_strangers(viewer, asked.administration)
    with deps.reader.connect() as connection:
        found = _find(connection, asked, PREVIEW)
        if found is None:
            raise ProblemError(
                "score.no_preview",
                ErrorKind.NOT_FOUND,
                "No submission of this administration waits for a decision in this cycle. "
                "Previews exist from submission to the decision.",
            )
        return _shown(connection, asked, found, PREVIEW, Level.RESTRICTED, True, deps, explained)


def _final(asked: Asked, viewer: Viewer, deps: Dependencies, render: Render) -> Answer:
    with deps.reader.connect() as connection:
        found = _find(connection, asked, FINAL)
        if found is None or _is_kept_from(viewer, asked, found):
            raise _not_found()
        level = level_of(viewer, asked.administration, found.region)
        inside = _is_inside(viewer, asked.administration)
        answer = _shown(connection, asked, found, FINAL, level, inside, deps, render)
    if not answer.body:
        raise _not_found()
    return answer


def _is_kept_from(viewer: Viewer, asked: Asked, found: _Found) -> bool:
    return found.cycle.is_rehearsal and not may_see(viewer, Thing.REHEARSAL, asked.administration, found.region)


def _is_inside(viewer: Viewer, administration: str) -> bool:
    """Whether the viewer may also be told who else may see what."""
    return viewer.acts_for(administration) or viewer.has_role(Role.SECRETARIAT)


def _find(connection: Connection, asked: Asked, kind: Kind) -> _Found | None:
    keys = {"cycle": asked.cycle, "administration": asked.administration, "kind": kind}
    row = connection.execute(FIND, keys).one_or_none()
    return None if row is None else _Found(CycleRow(*row[:8]), row.region, row.digest)


def _shown(
    connection: Connection,
    asked: Asked,
    found: _Found,
    kind: Kind,
    level: Level,
    inside: bool,
    deps: Dependencies,
    render: Render,
) -> Answer:
    key = (render, found.cycle, asked.administration, kind, found.digest, level, inside, asked.language)
    answer = deps.answers.get(key)
    if answer is not None:
        return answer
    keys = {"cycle": asked.cycle, "administration": asked.administration, "kind": kind}
    card = redact_card(json.loads(connection.execute(CARD, keys).scalar_one()), level)
    if card is None:
        return deps.answers.put(key, Answer(b"", ""))
    framework = framework_of(connection, found.cycle, deps)
    view = View(found.cycle, framework, kind, found.region, asked.language, inside)
    return deps.answers.put(key, answer_of(render(card, view)))


def answer_of(body: dict[str, Any]) -> Answer:
    """The answer as bytes. Its tag is over what is shown: one over the whole card would tell of hidden changes."""
    written = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    return Answer(written, hashlib.sha256(written).hexdigest()[:32])


def _refuse_strangers(viewer: Viewer, administration: str) -> None:
    if _is_inside(viewer, administration):
        return
    if not viewer.roles:
        raise ProblemError("token.missing", ErrorKind.UNAUTHENTICATED, "A preview needs a token of the administration.")
    raise ProblemError(
        "score.preview_not_allowed",
        ErrorKind.FORBIDDEN,
        "A preview is shown to the administration itself and to the secretariat only.",
    )


def _not_found() -> ProblemError:
    return ProblemError(
        "score.not_found",
        ErrorKind.NOT_FOUND,
        "There is no score of this administration in this cycle that you may see.",
    )
