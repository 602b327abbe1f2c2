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


@pytest.mark.parametrize(
    "line",
    [
        "DETAIL:  Failing row contains (%s).",
        'CONTEXT:  COPY answer, line 2: "REVENUE\\t%s"',
        'COPY pushed_answer, line 2, column value: "%s"',
    ],
)
def test_what_a_database_error_quotes_is_left_out(line: str) -> None:
    text = f"QueryCanceled: canceling statement due to statement timeout\n{line % SECRET}\nafter"
    kept = without_payload(None, "error", {"exception": text})["exception"]
    assert SECRET not in kept
    assert kept.endswith("\nafter")
