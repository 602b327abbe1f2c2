"""Reasons for warnings: which one holds, and which one the member gave before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from submission_svc.domain.content import Content
from submission_svc.domain.warnings.found import WarningFound

ReasonCode = Literal["confirmed", "correction", "methodology_change", "source_change", "exceptional_event", "other"]


@dataclass(frozen=True)
class Given:
    """A reason as it was given; `number` grows, so the highest is the latest."""

    number: int
    submission: UUID
    warning: str
    stem: str
    figures_digest: str
    code: ReasonCode
    text: str | None
    at: datetime


@dataclass(frozen=True)
class Reason:
    """Why a warning is all right; `code` is None where the answer itself brought the reason."""

    code: ReasonCode | None
    text: str | None
    at: datetime | None = None


@dataclass(frozen=True)
class Explained:
    """A warning with the reason that holds, and the member's last reason for the like of it, if there are any."""

    warning: WarningFound
    reason: Reason | None
    earlier: Reason | None


def explained(
    warnings: Iterable[WarningFound], given: Sequence[Given], submission: UUID, content: Content
) -> list[Explained]:
    """Each warning with its reasons. A reason holds as long as the figures that it was given for are the same.

    The reason on an answer's own row holds for all warnings about that answer.
    """
    latest = sorted(given, key=lambda each: each.number)
    own = {each.warning: each for each in latest if each.submission == submission}
    rows = {(each.input, each.year): each.reason for each in content.answers if each.reason}
    found = []
    for warning in warnings:
        present = own.get(warning.id)
        holds = present if present is not None and present.figures_digest == warning.figures_digest else None
        like = [each for each in latest if each.stem == warning.stem and each is not holds]
        brought = next((text for each in warning.figures if (text := rows.get((each.input, each.year)))), None)
        reason = _reason(holds) or (Reason(None, brought) if brought else None)
        found.append(Explained(warning, reason, _reason(like[-1]) if like else None))
    return found


def _reason(given: Given | None) -> Reason | None:
    return None if given is None else Reason(given.code, given.text, given.at)
