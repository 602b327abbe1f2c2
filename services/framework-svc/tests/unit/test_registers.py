"""Registers as data: days, codes, what changed; and the loop that looks for days that have come."""

import threading
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from framework_svc.domain.population import Administration, Membership, Population, Region
from framework_svc.domain.register_changes import changes, with_part
from framework_svc.domain.register_facts import Dated, overlap
from framework_svc.domain.territories import flags_of
from framework_svc.entrypoints.days import Days

DAY = date(2025, 1, 1)


def dated(first: str | None, end: str | None) -> Dated:
    return Dated(
        valid_from=date.fromisoformat(first) if first else None, valid_until=date.fromisoformat(end) if end else None
    )


@pytest.mark.parametrize(
    ("first", "end", "holds"),
    [(None, None, True), ("2025-01-01", None, True), (None, "2025-01-01", False), ("2025-01-02", None, False)],
)
def test_the_last_day_of_validity_is_the_one_before_valid_until(
    first: str | None, end: str | None, holds: bool
) -> None:
    assert dated(first, end).holds_on(DAY) is holds


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        ([(None, "2025-01-01"), ("2025-01-01", None)], False),
        ([("2025-01-01", None), (None, "2025-01-02")], True),
        ([(None, None), (None, None)], True),
        ([("2020-01-01", "2020-06-01"), ("2021-01-01", "2022-01-01"), ("2020-05-01", "2020-07-01")], True),
        ([], False),
    ],
)
def test_overlaps_are_found_in_any_order(periods: list[tuple[str | None, str | None]], expected: bool) -> None:
    assert overlap([dated(*each) for each in periods]) is expected


@pytest.mark.parametrize(
    ("code", "flags"),
    [
        ("DEU", []), ("DE", []), ("EU", ["not_iso_3166_1"]), ("EUR", ["not_iso_3166_1"]), ("XKX", ["not_iso_3166_1"]),
        ("NA", ["spreadsheet"]), ("1E2", ["not_iso_3166_1", "spreadsheet"]), ("012", ["not_iso_3166_1", "spreadsheet"]),
    ],
)  # fmt: skip
def test_codes_are_flagged(code: str, flags: list[str]) -> None:
    assert flags_of(code) == flags


def test_the_region_of_who_has_left_is_the_last_one_and_of_who_comes_the_first_one() -> None:
    memberships = (
        Membership(region="EUR", valid_from=date(2020, 1, 1), valid_until=date(2022, 1, 1)),
        Membership(region="AP", valid_from=date(2022, 1, 1), valid_until=date(2024, 1, 1)),
    )
    moving = Administration(code="AAA", name="A", regions=memberships)
    assert [moving.region_on(date(year, 1, 1)) for year in (2019, 2021, 2022, 2030)] == ["EUR", "EUR", "AP", "AP"]
    assert Administration(code="BBB", name="B").region_on(DAY) is None


def test_changes_name_each_part_before_and_after() -> None:
    old = Population(code="testers", name="T", regions=(Region(code="XX", name="X"), Region(code="YY", name="Y")))
    new = with_part(old, "regions", Region(code="XX", name="New"))
    assert changes(old, old) == []
    assert changes(old, new) == [
        {"part": "regions/XX", "before": {"code": "XX", "name": "X"}, "after": {"code": "XX", "name": "New"}}
    ]
    turned = old.model_copy(update={"regions": old.regions[::-1]})
    assert [change["part"] for change in changes(old, turned)] == ["order"]
    assert [change["part"] for change in changes(None, old)] == ["register", "regions/XX", "regions/YY"]


def test_the_loop_survives_a_database_that_is_away() -> None:
    stop, tries = threading.Event(), []

    def unit_of_work() -> Any:
        tries.append(days.is_ready)
        stop.set()
        raise OperationalError("select", {}, Exception("away"))

    days = Days(unit_of_work, lambda: datetime.now(UTC))
    days.run(stop)
    assert (tries, days.is_ready) == ([False], False)
