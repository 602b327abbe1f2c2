"""Who is a member on no day of a cycle's window reports nothing in it."""

from typing import Any

import pytest

from service_kit.envelope import Envelope


def joined_and_left(make: Any, valid_from: str | None, valid_until: str | None) -> Envelope:
    """The register, with days for Kenya."""
    known: Envelope = make.register(make.members, minutes=1)
    for each in known.data["administrations"]:
        if each["code"] == "KEN":
            each.update(valid_from=valid_from, valid_until=valid_until)
    return known


@pytest.mark.parametrize(
    ("valid_from", "valid_until"), [(None, "2025-01-01"), ("2026-01-01", None), ("1999-01-01", "2024-12-31")]
)
def test_who_has_left_or_has_not_joined_is_not_found(
    service: Any, make: Any, valid_from: str | None, valid_until: str | None
) -> None:
    service.hear(joined_and_left(make, valid_from, valid_until))
    pushed = service.push(make.figure())
    assert (pushed.status_code, pushed.json()["code"]) == (404, "administration.not_found")
    of_many = {"answers": [make.figure(administration="KEN")]}
    refused = service.call("POST", "/c-2024/answers", "loader", json=of_many)
    assert refused.json()["errors"][0]["code"] == "answers.unknown_administration"


@pytest.mark.parametrize(("valid_from", "valid_until"), [(None, "2025-01-02"), ("2025-12-31", None)])
def test_one_day_of_the_window_is_enough(
    service: Any, make: Any, valid_from: str | None, valid_until: str | None
) -> None:
    service.hear(joined_and_left(make, valid_from, valid_until))
    assert service.push(make.figure()).status_code == 200
