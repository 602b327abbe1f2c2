"""Moments in addresses: how they may be written, that none lies in the future, and that every route says the same."""

from datetime import timedelta
from typing import Any

import pytest

ONE = "/c-2024/submissions/KEN"
READS = [ONE, f"{ONE}/history?year=2024", f"{ONE}/evidence"]


@pytest.fixture(params=READS)
def read(service: Any, make: Any, request: pytest.FixtureRequest) -> Any:
    """Read one of the routes that know the past, with a moment as it stands in the address."""
    service.push(make.figure())
    service.clock.now += timedelta(days=1)  # it is noon of 2 March 2025 now
    path = request.param + ("&" if "?" in request.param else "?")
    return lambda moment: service.call("GET", f"{path}as_of={moment}", "contact-ken")


@pytest.mark.parametrize(
    "moment",
    [
        *(
            "2025-03-02T00:00:00Z",
            "2025-03-02T01:00:00%2B01:00",
            "2025-03-02T01:00:00.5+01:00",
            "2025-03-02T01:00+0100",
        ),
        *("2025-03-01 23:00:00-01:00", "2025-03-02T12:00:00Z", "2025-03-02T13:00:00+01:00"),
    ],
)
def test_a_moment_is_taken_with_its_plus_written_either_way(read: Any, moment: str) -> None:
    assert read(moment).status_code == 200


@pytest.mark.parametrize("moment", ["2025-03-02T12:00:01Z", "2025-03-02T13:00:01+01:00", "9999-12-31T23:59:59Z"])
def test_what_is_known_in_the_future_is_not_told(read: Any, moment: str) -> None:
    answer = read(moment)
    assert (answer.status_code, answer.json()["code"]) == (422, "request.in_the_future")
    assert answer.json()["detail"] == (
        "The query parameter `as_of` lies in the future: it is 2025-03-02T12:00:00Z now. "
        "Leave it out to read what is known now."
    )
    assert answer.json()["errors"][0]["column"] == "as_of"


@pytest.mark.parametrize("moment", ["2024", "1740830400", "1e9", "yesterday", ""])
def test_what_is_no_moment_is_refused_with_how_to_write_one(read: Any, moment: str) -> None:
    answer = read(moment)
    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")
    assert "2026-01-01T00:00:00Z or 2026-01-01T01:00:00%2B01:00" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("moment", ["2025-03-01", "2025-03-01T12:00:00", "2025-03-01 01:00", "2025-02-30T12:00:00Z"])
def test_a_moment_is_whole_and_has_its_time_zone(read: Any, moment: str) -> None:
    answer = read(moment)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "request.bad_date")
