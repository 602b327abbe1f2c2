"""Reads what a submission holds, or held at a moment."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.types import DateTime

from submission_svc.domain.content import Answer, Claim, Content

_AT = bindparam("at", type_=DateTime(timezone=True))
# What held at a moment; `:at` is infinity's eve for what holds now.
_ANSWERS = text(
    """
    select input, year, state, value, comment, status, reason, period from answer
     where submission = :submission and since <= :at and until > :at order by input collate "C", year
    """
).bindparams(_AT)
_CLAIMS = text(
    """
    select kpi, state, reason, decision, decision_reason from claim
     where submission = :submission and since <= :at and until > :at order by kpi collate "C"
    """
).bindparams(_AT)
NOW = datetime.max


def read_content(connection: Connection, submission: UUID, at: datetime | None = None) -> Content:
    """All answers and claims that hold now, or that held at a moment."""
    wanted = {"submission": submission, "at": at or NOW}
    answers, claims = (connection.execute(statement, wanted) for statement in (_ANSWERS, _CLAIMS))
    return Content(tuple(Answer(*row) for row in answers), tuple(Claim(*row) for row in claims))


def content_document(content: Content) -> dict[str, Any]:
    """Answers and claims as they are read, by code."""
    return {
        "answers": [item_document(each) for each in content.answers],
        "claims": [item_document(each) for each in content.claims],
    }


def item_document(item: Answer | Claim) -> Mapping[str, Any]:
    """An answer or a claim as it is read; its input or KPI is its code."""
    plain = asdict(item)
    return {"code": plain.pop("input" if isinstance(item, Answer) else "kpi"), **plain}
