"""Registers: dated, changed whole or part by part without lost updates, told to the others, written down."""

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from framework_svc.adapters.db.tables import metadata
from framework_svc.adapters.db.unit_of_work import SqlUnitOfWork
from framework_svc.application.commands.tell_registers import tell_registers
from framework_svc.bootstrap.loading import load_shipped
from framework_svc.settings import NAME
from tests.support.registers import BODY, PLACE, load, put

if TYPE_CHECKING:
    from conftest import Service


def told(service: "Service", population: str = "testers") -> list[dict[str, Any]]:
    return [event["data"] for event in service.events() if event["subject"] == f"population/{population}"]


def by_code(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {item["code"]: item for item in items}


def test_a_register_is_read_as_it_is_on_a_day(service: "Service") -> None:
    load(service)
    early = service.call("GET", f"{PLACE}?on=2010-06-01").json()
    assert [each["code"] for each in early["administrations"]] == ["NA", "KEN"]
    assert (by_code(early["administrations"])["KEN"]["region"], early["offices"], early["on"]) == (
        "XX",
        [],
        "2010-06-01",
    )
    assert [group["administrations"] for group in early["groups"]] == [["KEN"], [], []]
    late = service.call("GET", f"{PLACE}?on=2026-06-01").json()
    assert by_code(late["administrations"])["KEN"]["region"] == "YY"
    assert [office["seat"] for office in late["offices"]] == ["Town"]
    assert [group["administrations"] for group in late["groups"]] == [[], ["KEN"], ["XKX"]]
    gone = service.call("GET", f"{PLACE}?on=2030-01-01").json()
    assert [each["code"] for each in gone["administrations"]] == ["NA", "XKX"]
    assert gone["groups"][1]["administrations"] == []
    assert service.call("GET", f"{PLACE}?on=soon").status_code == 422


def test_what_was_read_may_be_sent_back_but_not_what_was_read_for_a_day(service: "Service") -> None:
    load(service)
    found = service.call("GET", PLACE)
    again = put(service, PLACE, found.json())
    assert (again.status_code, again.json()["changed"]) == (200, False)
    assert len(told(service)) == 1
    of_a_day = service.call("GET", f"{PLACE}?on=2026-06-01")
    assert put(service, PLACE, of_a_day.json(), of_a_day.headers["etag"]).status_code == 422


def test_codes_that_others_may_not_know_are_flagged(service: "Service") -> None:
    load(service)
    found = by_code(service.call("GET", PLACE).json()["administrations"])
    assert {code: item["flags"] for code, item in found.items()} == {
        "NA": ["spreadsheet"], "KEN": [], "XKX": ["not_iso_3166_1"]
    }  # fmt: skip
    shipped = service.call("GET", "/populations/wco-members").json()
    assert [each["code"] for each in shipped["administrations"] if each["flags"]] == ["EUE", "XKX"]
    assert by_code(shipped["administrations"])["DEU"]["names"] == {"fr": "Allemagne"}
    assert by_code(shipped["offices"])["ROCB-EUR"]["seat"] == "Baku"
    assert "VCT" not in [
        each["code"] for each in service.call("GET", "/populations/wco-members?on=2025-09-16").json()["administrations"]
    ]


def test_a_state_has_a_tag_and_nobody_overwrites_what_he_has_not_read(service: "Service") -> None:
    first = load(service)
    found = service.call("GET", PLACE)
    assert found.headers["etag"].partition(";")[0].strip('"') == first.strip('"')
    renamed = {**BODY, "name": "Renamed"}
    unread = put(service, PLACE, renamed)
    assert (unread.status_code, unread.json()["code"]) == (428, "population.unread")
    saved = put(service, PLACE, renamed, found.headers["etag"])
    assert saved.json()["parts"] == ["register"]
    late = put(service, f"{PLACE}/regions/XX", {"name": "Another name"}, first)
    assert (late.status_code, late.json()["code"]) == (412, "population.changed")
    assert late.json()["errors"][0]["message"] == "register"
    assert "secretariat" in late.json()["errors"][0]["hint"]
    assert late.headers["etag"] == saved.headers["etag"]
    assert service.call("GET", PLACE).json()["regions"][0]["name"] == "Region"
    assert put(service, "/populations/nobodys", BODY, first).status_code == 412


def test_parts_are_changed_one_by_one_with_dates(service: "Service") -> None:
    tag = load(service)
    steps: list[tuple[str, dict[str, Any], list[str]]] = [
        ("administrations/XKX", {"name": "K", "names": {"fr": "Kosovo"}, "region": "YY", "valid_from": "2017-01-01"},
         ["administrations/XKX"]),
        ("administrations/UGA", {"name": "Uganda", "valid_from": "2027-01-01"}, ["administrations/UGA"]),
        ("regions/ZZ", {"name": "New", "names": {"fr": "Nouvelle"}}, ["regions/ZZ"]),
        ("offices/RILO-YY", {"kind": "intelligence", "name": "Liaison", "source": "its page"}, ["offices/RILO-YY"]),
        ("groups/LANDLOCKED", {"name": "Landlocked", "source": "a newer atlas", "administrations": ["UGA", "XKX"]},
         ["groups/LANDLOCKED"]),
    ]  # fmt: skip
    for part, body, parts in steps:
        answer = put(service, f"{PLACE}/{part}", body, tag)
        assert (answer.status_code, answer.json().get("parts")) == (200, parts), answer.text
        tag = answer.headers["etag"]
    again = put(service, f"{PLACE}/{steps[-1][0]}", steps[-1][1], tag)
    assert (again.json()["changed"], again.headers["etag"]) == (False, tag)
    gone = service.call("DELETE", f"{PLACE}/offices/ROCB-XX", "secretariat", headers={"if-match": tag})
    assert gone.json()["parts"] == ["offices/ROCB-XX"]
    found = service.call("GET", PLACE).json()
    assert [office["code"] for office in found["offices"]] == ["RILO-YY"]
    assert [each["code"] for each in found["administrations"]] == ["NA", "KEN", "XKX", "UGA"]
    assert len(told(service)) == 7
    last = told(service)[-1]
    assert by_code(last["administrations"])["XKX"]["regions"] == [
        {"region": "YY", "valid_from": None, "valid_until": None}
    ]
    assert by_code(last["groups"])["LANDLOCKED"]["administrations"] == ["UGA", "XKX"]


@pytest.mark.parametrize(
    ("part", "body", "code"),
    [
        ("administrations/KEN", {"name": "K", "region": "QQ"}, "population.unknown_region"),
        ("administrations/KEN", {"name": "K", "valid_from": "2024-01-02", "valid_until": "2024-01-02"},
         "population.empty_period"),
        ("administrations/KEN", {"name": "K", "regions": [{"region": "XX"}, {"region": "YY"}]},
         "population.overlapping_regions"),
        ("administrations/KEN", {"name": "K", "region": "XX", "regions": [{"region": "YY"}]},
         "population.contradiction"),
        ("offices/RILO-YY", {"kind": "intelligence", "name": "L", "source": "S", "region": "QQ"},
         "population.unknown_region"),
        ("groups/LOW", {"name": "Low", "source": "S", "administrations": ["ZZZ"]}, "population.unknown_member"),
        ("groups/LOW", {"name": "Low", "scheme": "income-level", "source": "S", "administrations": ["KEN"]},
         "population.overlapping_groups"),
        ("groups/LOW", {"name": "Low", "source": "S", "administrations": ["KEN"],
         "members": [{"administration": "NA"}]},
         "population.contradiction"),
    ],
)  # fmt: skip
def test_what_contradicts_the_register_is_refused(
    service: "Service", part: str, body: dict[str, Any], code: str
) -> None:
    tag = load(service)
    answer = put(service, f"{PLACE}/{part}", body, tag)
    assert answer.status_code == 422
    assert code in [error["code"] for error in answer.json()["errors"]], answer.text
    assert service.call("GET", PLACE).headers["etag"].startswith(tag.rstrip('"'))


def test_what_others_rest_on_is_not_removed(service: "Service") -> None:
    headers = {"if-match": load(service)}
    kept = service.call("DELETE", f"{PLACE}/administrations/KEN", "secretariat", headers=headers)
    assert (kept.status_code, kept.json()["errors"][0]["code"]) == (422, "population.unknown_member")
    kept = service.call("DELETE", f"{PLACE}/regions/YY", "secretariat", headers=headers)
    assert (kept.status_code, kept.json()["errors"][0]["code"]) == (422, "population.unknown_region")
    none = service.call("DELETE", f"{PLACE}/offices/RILO", "secretariat", headers=headers)
    assert (none.status_code, none.json()["code"]) == (404, "population.part_not_found")
    assert service.call("DELETE", f"{PLACE}/offices/ROCB-XX", "secretariat").status_code == 428
    assert put(service, "/populations/nobodys/regions/XX", {"name": "X"}, "*").status_code == 404


def test_a_register_that_contradicts_itself_is_refused_whole(service: "Service") -> None:
    row = {"code": "AA", "name": "A", "region": "ZZ"}
    body: dict[str, Any] = {
        "name": "Testers",
        "regions": [{"code": "XX", "name": "R"}],
        "administrations": [row, row],
        "groups": [{"code": "G", "name": "G", "source": "S", "administrations": ["BB"]}],
    }
    answer = put(service, PLACE, body)
    assert (answer.status_code, answer.json()["code"]) == (422, "population.invalid")
    assert {error["code"] for error in answer.json()["errors"]} == {
        "population.duplicate_administration",
        "population.unknown_region",
        "population.unknown_member",
    }
    assert service.call("GET", PLACE).status_code == 404
    del body["groups"][0]["source"]
    assert put(service, PLACE, body).status_code == 422


def test_every_write_is_written_down_with_before_and_after(service: "Service") -> None:
    tag = load(service)
    put(service, f"{PLACE}/regions/XX", {"name": "Renamed"}, tag)
    page = service.call("GET", f"{PLACE}/audit?limit=1", "secretariat").json()
    (entry,) = page["items"]
    assert (entry["actor"], entry["action"], entry["subject"]) == ("secretariat", "register.changed", "testers")
    assert entry["detail"]["changes"] == [
        {"part": "regions/XX", "before": {"code": "XX", "name": "Region"}, "after": {"code": "XX", "name": "Renamed"}}
    ]
    assert entry["detail"]["before"] == tag.strip('"')
    earlier = service.call("GET", f"{PLACE}/audit?limit=1&cursor={page['next']}", "secretariat").json()
    assert (earlier["items"][0]["action"], earlier["next"]) == ("register.loaded", None)
    assert earlier["items"][0]["detail"]["before"] is None
    assert service.call("GET", f"{PLACE}/audit").status_code == 401
    assert service.call("GET", f"{PLACE}/audit", "contact-ken").status_code == 403


def test_registers_never_mix(service: "Service") -> None:
    tag = load(service)
    wco = service.call("GET", "/populations/wco-members")
    put(
        service,
        f"{PLACE}/administrations/KEN",
        {"name": "Renamed", "regions": None, "region": "XX", "valid_until": None},
        tag,
    )
    assert service.call("GET", "/populations/wco-members").content == wco.content
    assert len(told(service, "wco-members")) == 1
    actions = service.call("GET", "/populations/wco-members/audit", "secretariat").json()["items"]
    assert [entry["subject"] for entry in actions] == ["wco-members"]
    wrong = put(service, "/populations/wco-members", service.call("GET", PLACE).json(), wco.headers["etag"])
    assert (wrong.status_code, wrong.json()["code"]) == (422, "population.another_name")
    elsewhere = put(service, "/populations/wco-members/groups/LOW", BODY["groups"][0], wco.headers["etag"])
    assert elsewhere.status_code == 422
    listed = service.call("GET", "/populations?limit=1").json()
    rest = service.call("GET", f"/populations?limit=1&cursor={listed['next']}").json()
    assert [listed["items"][0]["code"], rest["items"][0]["code"], rest["next"]] == ["testers", "wco-members", None]


def test_the_others_are_told_when_a_day_has_come(service: "Service") -> None:
    load(service)
    ken = [by_code(data["administrations"])["KEN"]["region"] for data in told(service)]
    with service.engine.begin() as connection:
        connection.execute(metadata.tables["population"].update().values(told_on=date(2024, 12, 30)))

    def look(at: datetime) -> int:
        uow = SqlUnitOfWork(service.engine, metadata, NAME, lambda: at)
        return tell_registers(uow, lambda: at)

    assert look(datetime(2024, 12, 31, 23, 59, tzinfo=UTC)) == 0
    assert look(datetime(2025, 1, 1, 0, 1, tzinfo=UTC)) == 1
    assert look(datetime(2025, 1, 1, 0, 2, tzinfo=UTC)) == 0
    last = told(service)[-1]
    assert (last["on"], by_code(last["administrations"])["KEN"]["region"]) == ("2025-01-01", "YY")
    assert len(told(service)) == len(ken) + 1


def test_a_register_of_an_earlier_version_is_read(service: "Service") -> None:
    old = {
        "population": "early",
        "name": "Early",
        "regions": [{"code": "XX", "name": "Region"}],
        "administrations": [{"code": "KEN", "name": "Kenya", "region": "XX", "source": None}],
        "groups": [{"code": "G", "name": "Group", "source": "S", "administrations": ["KEN"]}],
    }
    with service.engine.begin() as connection:
        row = {"code": "early", "name": "Early", "register": old}
        connection.execute(metadata.tables["population"].insert().values(row))
    found = service.call("GET", "/populations/early").json()
    assert found["administrations"][0]["region"] == "XX"
    assert found["groups"][0]["administrations"] == ["KEN"]
    put(service, "/populations/early/administrations/KEN", {"name": "Kenya", "region": "XX", "names": {"fr": "K"}}, "*")
    assert service.call("GET", "/populations/early").json()["administrations"][0]["names"] == {"fr": "K"}


def test_what_an_operator_changed_survives_the_next_migration(service: "Service") -> None:
    found = service.call("GET", "/populations/wco-members")
    register = json.loads(found.content)
    register["administrations"][0]["name"] = "Renamed by an operator"
    saved = put(service, "/populations/wco-members", register, found.headers["etag"])
    assert saved.json()["parts"] == ["administrations/ATG"]
    load_shipped(service.settings)
    assert (
        service.call("GET", "/populations/wco-members").json()["administrations"][0]["name"] == "Renamed by an operator"
    )


def test_only_the_secretariat_changes_registers(service: "Service") -> None:
    for person, status in ((None, 401), ("contact-ken", 403)):
        assert put(service, f"{PLACE}/regions/XX", {"name": "X"}, "*", person).status_code == status
        assert service.call("DELETE", f"{PLACE}/regions/XX", person, headers={"if-match": "*"}).status_code == status
