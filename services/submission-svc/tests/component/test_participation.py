"""Who may know who takes part: single administrations, and counts by region and group that name nobody."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

ESA = ("KEN", "UGA", "RWA", "TZA", "MOZ", "ZMB")
REGISTER: dict[str, str | None] = {**dict.fromkeys(ESA, "ESA"), "FRA": "EUR", "DEU": "EUR", "ZZZ": None}
NAMES = {"ESA": "East and South", "EUR": "Europe", None: None}
STEPS = {"KEN": ("submit", "accept"), "UGA": ("submit",), "FRA": ("submit", "return"), "RWA": ()}
HIDDEN = {"submitted": None, "accepted": None, "answered_share": None}


def register(make: Any, members: dict[str, str | None], minutes: int = 1, **groups: list[str]) -> Any:
    """The register with groups, each of these members."""
    event = make.register(members, minutes)
    event.data["groups"] = [
        {"code": code, "name": code.title(), "members": [{"administration": each} for each in held]}
        for code, held in groups.items()
    ]
    return event


@pytest.fixture
def taking_part(service: Any, make: Any) -> Any:
    """Kenya accepted, Uganda submitted, France returned, Rwanda drafting."""
    service.hear(register(make, REGISTER))
    for member, steps in STEPS.items():
        service.push(make.figure(), member=member, person="loader")
        for step in steps:
            person = "secretariat" if step in ("accept", "return") else "loader"
            service.move(step, person, member=member, **({"json": {"reason": "?"}} if step == "return" else {}))
    return service


def counted(service: Any, kind: str = "regions", person: str | None = None) -> dict[str | None, dict[str, Any]]:
    """The counts that a person reads, by code, without names."""
    rows = service.call("GET", "/c-2024/participation", person).json()[kind]
    assert {row["code"]: row.pop("name") for row in rows} == NAMES or kind == "groups"
    return {row.pop("code"): row for row in rows}


def test_everybody_sees_the_counts_of_regions_that_are_large_enough(taking_part: Any) -> None:
    esa = {"members": 6, "submitted": 2, "accepted": 1, "answered_share": None}
    assert counted(taking_part) == {"ESA": esa, "EUR": {"members": 2, **HIDDEN}, None: {"members": 1, **HIDDEN}}
    assert taking_part.call("GET", "/c-2024/participation").json()["administrations"] == []


@pytest.mark.parametrize("person", ["contact-ken", "integrator", "secretariat", "loader"])
def test_who_may_know_each_member_sees_every_count(taking_part: Any, person: str) -> None:
    counts = counted(taking_part, person=person)
    assert [(row["submitted"], row["accepted"]) for row in counts.values()] == [(2, 1), (0, 0), (0, 0)]


def test_a_regional_office_sees_the_count_of_its_own_small_region(taking_part: Any) -> None:
    counts = counted(taking_part, person="office-eur")
    assert (counts["EUR"]["submitted"], counts[None]["submitted"]) == (0, None)


def test_an_assigned_reviewer_makes_a_region_smaller_for_himself(taking_part: Any, make: Any) -> None:
    five = {code: region for code, region in REGISTER.items() if code != "ZMB"}
    taking_part.hear(register(make, five, minutes=2))
    assert counted(taking_part)["ESA"]["submitted"] == 2
    assert counted(taking_part, person="reviewer-ken")["ESA"]["submitted"] is None


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        (None, ""),
        ("office-eur", ""),
        ("loader", ""),
        ("system-uga", "UGA submitted"),
        ("office-esa", "KEN accepted, UGA submitted"),
        ("integrator", "KEN accepted, UGA submitted"),
        ("contact-ken", "KEN accepted, UGA submitted"),
        ("reviewer-ken", "KEN accepted"),
        ("secretariat", "FRA returned, KEN accepted, RWA draft, UGA submitted"),
    ],
)
def test_single_administrations_only_as_the_viewer_may_know_them(
    taking_part: Any, person: str | None, seen: str
) -> None:
    read = taking_part.call("GET", "/c-2024/participation", person).json()
    assert ", ".join(f"{each['code']} {each['status']}" for each in read["administrations"]) == seen


def test_groups_are_counted_where_they_name_nobody(taking_part: Any, make: Any) -> None:
    groups = {"EAST": list(ESA), "NEARLY": [*ESA[:5]], "MIXED": [*ESA, "FRA"], "PAIR": ["KEN", "FRA"]}
    taking_part.hear(register(make, REGISTER, minutes=2, **groups))
    public = counted(taking_part, "groups")
    assert {code: (row["members"], row["submitted"]) for code, row in public.items()} == {
        "EAST": (6, 2), "NEARLY": (5, None), "MIXED": (7, None), "PAIR": (2, None),
    }  # fmt: skip
    office = counted(taking_part, "groups", "secretariat")
    assert {code: row["submitted"] for code, row in office.items()} == {"EAST": 2, "NEARLY": 2, "MIXED": 2, "PAIR": 1}


def test_groups_have_the_members_of_today(taking_part: Any, make: Any) -> None:
    event = register(make, REGISTER, minutes=2, COAST=["KEN", "MOZ", "TZA", "QQQ"])
    joins, leaves, _, _ = event.data["groups"][0]["members"]
    joins["valid_from"], leaves["valid_until"] = "2025-03-02", "2025-03-02"
    taking_part.hear(event)
    before = counted(taking_part, "groups", "secretariat")["COAST"]
    taking_part.clock.now += timedelta(days=1)
    after = counted(taking_part, "groups", "secretariat")["COAST"]
    assert [(each["members"], each["submitted"]) for each in (before, after)] == [(2, 0), (2, 1)]


def test_former_and_future_administrations_are_not_counted(taking_part: Any, make: Any) -> None:
    event = register(make, REGISTER, minutes=2)
    event.data["administrations"][0]["valid_until"] = "2025-03-01"
    event.data["administrations"][-2]["valid_from"] = "2025-03-02"
    taking_part.hear(event)
    counts = counted(taking_part, person="secretariat")
    assert [(row["members"], row["submitted"]) for row in counts.values()] == [(5, 1), (1, 0), (1, 0)]


ANSWERED = [
    {"code": "DECLARATIONS_ALL", "year": 2024, "value": 10},
    {"code": "DECLARATIONS_ELECTRONIC", "year": 2024, "state": "missing"},
    {"code": "K-BALANCE", "state": "opted_out", "reason": "?"},
]


def test_answered_are_kpis_with_all_their_figures_or_a_claim(service: Any) -> None:
    service.push(*ANSWERED)  # K-SHARE and K-BALANCE; K-GROWTH lacks the year before, K-TIME everything
    listed = service.call("GET", "/c-2024/participation", "contact-ken").json()["administrations"]
    assert listed == [{"code": "KEN", "region": "ESA", "status": "draft", "answered_share": 0.5}]
    service.push({"code": "DECLARATIONS_ALL", "year": 2023, "state": "missing"})
    listed = service.call("GET", "/c-2024/participation", "secretariat").json()["administrations"]
    assert listed[0]["answered_share"] == 0.75


def test_what_a_member_has_answered_is_not_told_with_its_taking_part(taking_part: Any) -> None:
    listed = taking_part.call("GET", "/c-2024/participation", "contact-ken").json()["administrations"]
    assert {each["code"]: each["answered_share"] for each in listed} == {"KEN": 0.25, "UGA": None}


def test_the_mean_of_what_is_answered_is_exact_for_the_secretariat_and_rough_for_others(
    service: Any, make: Any
) -> None:
    service.hear(register(make, REGISTER))
    for number, member in enumerate(ESA[:5]):
        service.push(*(ANSWERED if number else [make.figure()]), member=member, person="loader")
        service.move("submit", "loader", member=member)
        shares = [counted(service, person=person)["ESA"]["answered_share"] for person in (None, "contact-ken")]
        if number == 3:
            assert shares == [None, None]
    assert shares == [0.5, None]  # the public knows none of five; Kenya's contact point none of the four others
    assert counted(service, person="secretariat")["ESA"]["answered_share"] == 0.45


def test_while_a_revision_is_under_way_what_is_accepted_counts(taking_part: Any) -> None:
    assert taking_part.move("revise", "contact-ken").status_code == 200
    taking_part.clock.now += timedelta(hours=1)
    assert taking_part.push(*ANSWERED).status_code == 200
    listed = taking_part.call("GET", "/c-2024/participation", "secretariat").json()["administrations"]
    assert next(each for each in listed if each["code"] == "KEN") == {
        "code": "KEN", "region": "ESA", "status": "accepted", "answered_share": 0.25,
    }  # fmt: skip


def test_what_is_answered_is_counted_anew_after_each_change_only(service: Any) -> None:
    def answered() -> float:
        listed = service.call("GET", "/c-2024/participation", "contact-ken").json()["administrations"]
        return float(listed[0]["answered_share"])

    service.push(ANSWERED[2])
    shares = [answered()]
    service.push({"code": "K-BALANCE", "state": "none"})
    shares.append(answered())
    service.push(*ANSWERED)
    shares += [answered(), answered()]
    with service.engine.begin() as connection:
        connection.execute(text("delete from claim"))  # behind the service's back: no change that it counts
    assert [*shares, answered()] == [0.25, 0.0, 0.5, 0.5, 0.5]
