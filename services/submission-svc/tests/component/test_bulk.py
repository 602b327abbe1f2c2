"""Many answers at once are written in another way, with the very same effect."""

from typing import Any

import pytest

from submission_svc.adapters.db import contents

ODD = ["a\tb", "line\nbreak\r\n", "back\\slash \\N \\t", "'; drop table answer; --", "é \u202f 漢字", '"quoted"']
HELD = (
    "select s.administration, input, year, state, value, a.status, reason, comment, period, until = 'infinity' as holds"
    " from answer a join submission s on s.id = a.submission order by 1, 2, 3, holds, value"
)


@pytest.fixture(params=[1, 1_000], ids=["bulk", "single statements"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """From how many answers on the other way is taken."""
    monkeypatch.setattr(contents, "LARGE", request.param)


def push(service: Any, *rows: dict[str, Any]) -> dict[str, int]:
    """Push for many; the counts."""
    answer = service.call("POST", "/c-2024/answers", "loader", json={"answers": list(rows)})
    assert answer.status_code == 200, answer.text
    return {name: answer.json()[name] for name in ("created", "updated", "removed", "unchanged")}


def test_new_changed_and_unchanged_answers_of_many(service: Any, make: Any, way: None) -> None:
    first = [
        make.figure("HOURS", 0.1 + number, administration=code, comment=ODD[number], status="E", reason="So it is.")
        for number, code in enumerate(("KEN", "UGA", "RWA", "FRA"))
    ]
    first += [{"administration": "KEN", "code": "BALANCE", "year": 2024, "state": "missing", "comment": ODD[4]}]
    assert push(service, *first) == {"created": 5, "updated": 0, "removed": 0, "unchanged": 0}
    before = service.table("answer")
    assert push(service, *first) == {"created": 0, "updated": 0, "removed": 0, "unchanged": 5}
    assert service.table("answer") == before
    second = [
        first[0],
        make.figure("BALANCE", -1e-300, administration="KEN", comment=ODD[5]),
        make.figure("UNUSED", 1e300, administration="UGA"),
        make.figure("HOURS", 1, administration="ZZZ"),
    ]
    assert push(service, *second) == {"created": 2, "updated": 1, "removed": 0, "unchanged": 1}
    assert [tuple(row) for row in service.rows(HELD)] == [
        ("FRA", "HOURS", 2024, "number", 3.1, "E", "So it is.", ODD[3], None, True),
        ("KEN", "BALANCE", 2024, "missing", None, None, None, ODD[4], None, False),
        ("KEN", "BALANCE", 2024, "number", -1e-300, None, None, ODD[5], None, True),
        ("KEN", "HOURS", 2024, "number", 0.1, "E", "So it is.", ODD[0], None, True),
        ("RWA", "HOURS", 2024, "number", 2.1, "E", "So it is.", ODD[2], None, True),
        ("UGA", "HOURS", 2024, "number", 1.1, "E", "So it is.", ODD[1].strip(), None, True),
        ("UGA", "UNUSED", 2024, "number", 1e300, None, None, None, None, True),
        ("ZZZ", "HOURS", 2024, "number", 1.0, None, None, None, None, True),
    ]
