"""The parts of a register: read alone, put back as they are, and never robbed of a field in silence."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.registers import BODY, PLACE, load, put

if TYPE_CHECKING:
    from conftest import Service

PARTS = ("administrations/NA", "administrations/KEN", "administrations/XKX", "regions/XX", "offices/ROCB-XX",
         "groups/LOW", "groups/LANDLOCKED")  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_read_alone_and_put_back_as_it_is(service: "Service", part: str) -> None:
    load(service)
    found = service.call("GET", f"{PLACE}/{part}")
    assert found.status_code == 200, found.text
    assert found.headers["cache-control"] == "public, max-age=0"
    again = put(service, f"{PLACE}/{part}", found.json(), found.headers["etag"])
    assert (again.status_code, again.json().get("changed")) == (200, False), again.text
    assert again.headers["etag"] == found.headers["etag"]
    known = service.call("GET", f"{PLACE}/{part}", headers={"if-none-match": found.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")


def test_a_part_that_is_not_there_cannot_be_read(service: "Service") -> None:
    load(service)
    for place, code in (
        (f"{PLACE}/administrations/ZZZ", "population.part_not_found"),
        (f"{PLACE}/groups/NONE", "population.part_not_found"),
        ("/populations/nobodys/regions/XX", "population.not_found"),
    ):
        answer = service.call("GET", place)
        assert (answer.status_code, answer.json()["code"]) == (404, code)


@pytest.mark.parametrize(
    ("part", "body", "lost"),
    [
        ("administrations/NA", {"name": "X"}, ["names", "regions"]),
        ("administrations/NA", {"name": "X", "region": "XX", "names": {"es": "X"}}, ["names.fr"]),
        ("administrations/KEN", {"name": "X", "region": "YY"}, ["valid_until", "regions"]),
        ("administrations/XKX", {"name": "X"}, ["valid_from"]),
        ("offices/ROCB-XX", {"kind": "intelligence", "name": "X", "source": "S"}, ["valid_from", "region", "seat"]),
        ("groups/LOW", {"name": "X", "source": "S", "administrations": ["KEN"]}, ["scheme", "members"]),
        ("groups/LANDLOCKED", {"name": "X", "source": "S"}, ["members"]),
    ],
)  # fmt: skip
def test_what_would_lose_fields_is_refused_with_all_of_them(
    service: "Service", part: str, body: dict[str, Any], lost: list[str]
) -> None:
    tag = load(service)
    before = service.call("GET", f"{PLACE}/{part}").json()
    answer = put(service, f"{PLACE}/{part}", body, tag)
    assert (answer.status_code, answer.json()["code"]) == (422, "register.would_lose"), answer.text
    pointers = [error["pointer"] for error in answer.json()["errors"]]
    assert sorted(pointers) == sorted("/" + name.replace(".", "/") for name in lost)
    assert all(f"`{name}`" in answer.json()["detail"] for name in lost)
    assert service.call("GET", f"{PLACE}/{part}").json() == before


@pytest.mark.parametrize(
    ("part", "body", "after"),
    [
        ("administrations/NA", {"name": "X", "names": None, "regions": None}, {"names": {}, "regions": []}),
        ("administrations/NA", {"name": "X", "names": {"fr": None, "es": "X"}, "region": None},
         {"names": {"es": "X"}, "regions": []}),
        ("administrations/NA", {"name": "X", "names": {"fr": "X"}, "region": "YY"},
         {"regions": [{"region": "YY", "valid_from": None, "valid_until": None}]}),
        ("administrations/KEN", {"name": "X", "region": "YY", "regions": None, "valid_until": None},
         {"valid_until": None, "regions": [{"region": "YY", "valid_from": None, "valid_until": None}]}),
        ("groups/LANDLOCKED", {"name": "X", "source": "S", "members": None}, {"members": []}),
    ],
)  # fmt: skip
def test_what_is_sent_as_null_is_taken_away(
    service: "Service", part: str, body: dict[str, Any], after: dict[str, Any]
) -> None:
    answer = put(service, f"{PLACE}/{part}", body, load(service))
    assert (answer.status_code, answer.json().get("parts")) == (200, [part]), answer.text
    found = service.call("GET", f"{PLACE}/{part}").json()
    assert {name: found[name] for name in after} == after


def test_a_whole_register_loses_nothing_in_silence(service: "Service") -> None:
    tag = load(service)
    before = service.call("GET", PLACE).json()
    unknown = {"names", "offices", "groups"}  # what somebody who keeps the register elsewhere has no fields for
    namibia, kenya, _ = BODY["administrations"]
    body = {name: value for name, value in BODY.items() if name not in unknown}
    body["administrations"] = [
        {"code": "UGA", "name": "Uganda", "region": "QQ"},
        {**namibia, "names": {"es": "Namibia"}},
        {"code": "KEN", "name": "Kenya", "region": "YY"},
    ]
    answer = put(service, PLACE, body, tag)
    assert (answer.status_code, answer.json()["code"]) == (422, "register.would_lose"), answer.text
    lost = ["/names", "/offices", "/groups", "/administrations/1/names/fr", "/administrations/2/valid_until",
            "/administrations/2/regions"]  # fmt: skip
    found = {error["pointer"]: error for error in answer.json()["errors"]}
    assert found.keys() == {*lost, "/administrations/0/region"}
    assert found["/administrations/0/region"]["code"] == "population.unknown_region"
    assert "an empty list" in found["/groups"]["hint"]
    assert "null" in found["/administrations/2/valid_until"]["hint"]
    assert service.call("GET", PLACE).json() == before
    body["administrations"] = [kenya]
    body |= {"names": None, "offices": [], "groups": []}
    assert put(service, PLACE, body, tag).status_code == 200
    after = service.call("GET", PLACE).json()
    assert [each["code"] for each in after["administrations"]] == ["KEN"]
    assert (after["names"], after["offices"], after["groups"]) == ({}, [], [])


@pytest.mark.parametrize(
    ("place", "body", "pointers"),
    [
        ("/administrations/UGA", {"name": "U", "region": "QQ"}, ["/region"]),
        ("/administrations/UGA", {"name": "U", "regions": [{"region": "XX", "valid_until": "2020-01-01"},
         {"region": "QQ", "valid_from": "2020-01-01"}]}, ["/regions/1/region"]),
        ("/groups/NEW", {"name": "N", "source": "S", "administrations": ["KEN", "ZZZ"]}, ["/administrations/1"]),
        ("/groups/NEW", {"name": "N", "source": "S", "members": [{"administration": "ZZZ"}]}, ["/members/0"]),
        ("", {**BODY, "administrations": [{"code": "AA", "name": "A", "region": "QQ"}], "groups": [], "offices": []},
         ["/administrations/0/region"]),
    ],
)  # fmt: skip
def test_errors_point_to_places_in_what_was_sent(
    service: "Service", place: str, body: dict[str, Any], pointers: list[str]
) -> None:
    answer = put(service, f"{PLACE}{place}", body, load(service))
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == pointers


def test_an_error_elsewhere_in_the_register_points_nowhere(service: "Service") -> None:
    headers = {"if-match": load(service)}
    kept = service.call("DELETE", f"{PLACE}/regions/YY", "secretariat", headers=headers)
    assert [error.get("pointer") for error in kept.json()["errors"]] == [None]
