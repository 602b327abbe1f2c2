"""Logs hold names and ids, never what was sent."""

import pytest
import structlog
from pydantic import BaseModel, ValidationError

from service_kit.logs import first_line, without_payload

SECRET = "secret-17"


class Thing(BaseModel):
    """Something with a figure."""

    size: int


def test_a_rendered_traceback_quotes_no_payload() -> None:
    with pytest.raises(ValidationError, match="valid integer") as caught:
        Thing.model_validate({"size": SECRET})
    rendered = structlog.processors.format_exc_info(None, "error", {"exc_info": caught.value})
    assert SECRET in rendered["exception"]
    assert SECRET not in without_payload(None, "error", rendered)["exception"]
    assert SECRET not in first_line(caught.value)


def test_the_detail_of_a_database_error_is_left_out() -> None:
    text = f"UniqueViolation: duplicate key\nDETAIL:  Failing row contains ({SECRET})."
    assert SECRET not in without_payload(None, "error", {"exception": text})["exception"]
