"""Reads warnings about a submission, for those who may read the submission."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from access_policy import Viewer
from answer_intake.rulebook import Rulebook, Rulebooks
from framework_spec.rules import rule_pack
from submission_svc.application.judgements import judgement_document
from submission_svc.application.pushing.answering import unanswered
from submission_svc.application.queries.contents import read_content
from submission_svc.application.queries.cycles import visible_cycle
from submission_svc.application.queries.frameworks import read_framework
from submission_svc.application.queries.submissions import read_submission_state
from submission_svc.application.queries.warning_facts import read_facts
from submission_svc.domain.warnings.judging import judge

_FRAMEWORK = text("select framework_digest, reporting_year from cycle where code = :cycle")


def rulebook_of(connection: Connection, rulebooks: Rulebooks, cycle: Mapping[str, Any]) -> Rulebook:
    """What the framework of a cycle asks for."""
    digest = cycle["framework_digest"]
    return rulebooks.get(digest, cycle["reporting_year"], lambda: rule_pack(read_framework(connection, digest)))


def read_warnings(
    connection: Connection,
    viewer: Viewer,
    cycle: str,
    administration: str,
    rulebooks: Rulebooks,
    at: datetime,
    language: str,
) -> dict[str, Any]:
    """What blocks the submission, and all warnings about it with their reasons; refuses like `read_submission`."""
    found = read_submission_state(connection, viewer, cycle, administration)
    asked = visible_cycle(connection, viewer, cycle)
    rulebook = rulebook_of(connection, rulebooks, asked)
    content = read_content(connection, found["id"])
    facts = read_facts(connection, asked["population"], administration, found["id"])
    year, day = asked["reporting_year"], at.date()
    judgement = judge(content, found["id"], facts, rulebook.pack, year, day, language)
    return {"tag": found["tag"], "required": bool(rulebook.pack.rules), **judgement_document(judgement)}


def count_unanswered(connection: Connection, cycle: str, submission: UUID, rulebooks: Rulebooks) -> int:
    """How many figures are asked for and not answered in a submission that the viewer may read."""
    asked = connection.execute(_FRAMEWORK, {"cycle": cycle}).mappings().one()
    return unanswered(read_content(connection, submission), rulebook_of(connection, rulebooks, dict(asked)))
