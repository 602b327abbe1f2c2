"""The readers of submission-svc's answers take only what its API document promises."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from reporting_svc.application.my_submission import contacts, evidence, readers, seen_readers, upload_readers
from reporting_svc.application.my_submission.asking import Answer, ServiceAwayError, understood

DOCUMENT = json.loads(
    (Path(__file__).resolve().parents[4] / "contracts" / "openapi" / "submission.json").read_text(encoding="utf-8")
)
SCHEMAS: dict[str, dict[str, Any]] = DOCUMENT["components"]["schemas"]
READERS: list[tuple[type[BaseModel], str]] = [
    (readers.Cycle, "CycleRead"),
    (readers.CycleList, "CycleList"),
    (readers.Summary, "SubmissionSummary"),
    (readers.SummaryList, "SubmissionList"),
    (readers.Submission, "SubmissionRead"),
    (readers.Disclosure, "DisclosureBody"),
    (readers.Counts, "HeldCounts"),
    (readers.Figure, "WarnedFigure"),
    (readers.Reason, "ReasonRead"),
    (readers.OneWarning, "WarningRead"),
    (readers.Warnings, "WarningList"),
    (readers.Comment, "CommentRead"),
    (readers.About, "AboutRead"),
    (readers.Thread, "ThreadRead"),
    (readers.ThreadList, "ThreadList"),
    (seen_readers.Seen, "SeenRead"),
    (seen_readers.SeenKpi, "SeenKpi"),
    (seen_readers.SeenInput, "SeenInput"),
    (seen_readers.Hidden, "HiddenCounts"),
    (upload_readers.JobSummary, "JobSummary"),
    (upload_readers.Job, "JobRead"),
    (upload_readers.JobList, "JobList"),
    (upload_readers.Findings, "ErrorsRead"),
    (upload_readers.Place, "NoteRead"),
    (upload_readers.Rule, "ViolationRead"),
    (upload_readers.Queued, "QueuedRead"),
    (evidence.Evidence, "EvidenceRead"),
    (evidence.EvidenceList, "EvidenceList"),
    (evidence.EvidenceAdded, "EvidenceAdded"),
    (contacts.Contact, "ContactRead"),
    (contacts.Contacts, "ContactsRead"),
]


@pytest.mark.parametrize(("reader", "schema"), READERS, ids=lambda each: getattr(each, "__name__", each))
def test_every_field_that_is_read_is_promised(reader: type[BaseModel], schema: str) -> None:
    assert set(reader.model_fields) <= set(SCHEMAS[schema]["properties"])


def test_outcomes_are_read_from_what_pushes_and_problems_say() -> None:
    promised = set(SCHEMAS["PushRead"]["properties"]) | set(SCHEMAS["ProblemRead"]["properties"])
    assert set(upload_readers.Outcome.model_fields) <= promised


def test_an_answer_that_is_not_understood_counts_as_none_and_is_not_repeated() -> None:
    secret = b'{"items": "4711-never-in-a-log"}'
    with pytest.raises(ServiceAwayError, match="does not answer") as refused:
        understood(Answer(200, secret), readers.CycleList)
    assert "4711" not in str(refused.value) + refused.value.reason + repr(refused.value.__cause__)
    assert not isinstance(refused.value.__cause__, ValidationError)
