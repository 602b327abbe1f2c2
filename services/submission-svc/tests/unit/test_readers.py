"""What comes from outside and cannot be read is told without its values: such errors are logged."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from pydantic import BaseModel, ValidationError

from service_kit.envelope import Envelope
from submission_svc.domain.events import SubmissionState
from submission_svc.entrypoints.consumers.framework import FrameworkPublished, RegisterChanged, handle
from submission_svc.entrypoints.http.cycles import CycleCreate
from submission_svc.entrypoints.http.schemas import DisclosureBody, Strict
from submission_svc.entrypoints.http.submissions import ReturnBody


@pytest.mark.parametrize(
    "reader", [FrameworkPublished, RegisterChanged, CycleCreate, DisclosureBody, ReturnBody, Strict, SubmissionState]
)
def test_errors_hold_no_values(reader: type[BaseModel]) -> None:
    names = (*reader.model_fields, "more")
    with pytest.raises(ValidationError, match=reader.__name__) as caught:
        reader.model_validate({name: {"en": 4242} for name in names} | {"kpis": {"K": "secret"}, "default": "secret"})
    assert "secret" not in str(caught.value)
    assert "4242" not in str(caught.value)


@pytest.mark.parametrize("kind", ["framework.published.v1", "register.changed.v1"])
def test_a_bad_event_is_refused_without_its_values(kind: str) -> None:
    data: dict[str, Any] = {"population": 4242, "code": 4242, "document": {"purpose": 4242}}
    event = Envelope(
        id=uuid4(), source="t", type=kind, subject="k", time=datetime(2026, 1, 1, tzinfo=UTC), dataschema="s", data=data
    )
    with pytest.raises(ValidationError, match="validation error") as caught:
        handle([event], None)  # type: ignore[arg-type]  # refused before anything is done
    assert "4242" not in str(caught.value)
