"""The reports API: counts for everyone, scores and means only as far as the viewer may see."""

from collections.abc import Callable
from typing import Any

import pytest

Token = Callable[..., str]
WCO = {"default": "wco", "kpis": {}}
CLOSED = {"default": "restricted", "kpis": {}}


@pytest.fixture
def filled(world: Any) -> Any:
    """Three administrations of ESA: one open, one at WCO level, one closed; one of EUR has submitted only."""
    world.catalogue()
    world.open()
    for code in ("KEN", "UGA", "ZMB"):
        world.participate(code)
    world.participate("FRA", "submitted")
    world.score("KEN", {"D1-A": 80.0, "D1-B": 60.0, "D2-A": 50.0})
    world.score("UGA", {"D1-A": 20.0, "D1-B": 20.0, "D2-A": 30.0}, WCO)
    world.score("ZMB", {"D1-A": 2.0, "D1-B": 2.0, "D2-A": 2.0}, CLOSED)
    return world


def mean_of(world: Any, node: str, token: str | None = None) -> Any:
    """The mean and n of a node in ESA as a reader gets it."""
    report = world.get("/api/v1/reports/c-2024/regions/ESA", token).json()
    assert report["basis"] == "mean of n visible scores"
    found = next(mean for mean in report["means"] if mean["node"] == node)
    return found["mean"], found["n"]


def test_participation_is_counted_by_region(filled: Any, token: Token) -> None:
    report = filled.get("/api/v1/reports/c-2024/participation", token("secretariat")).json()
    counts = {each["region"]: (each["members"], each["submitted"], each["accepted"]) for each in report["regions"]}
    assert counts == {"ESA": (3, 3, 3), "EUR": (1, 1, 0)}
    assert report["total"]["submitted_share"] == 1.0
    assert report["cycle"]["framework"]["label"]["en"] == "Illustrative, not WCO"


def test_a_withdrawn_or_returned_submission_does_not_count_and_old_news_is_ignored(filled: Any, token: Token) -> None:
    filled.participate("KEN", "withdrawn", revision=3)
    filled.participate("KEN", "accepted", revision=2)
    filled.participate("UGA", "returned", revision=2)
    [esa, _] = filled.get("/api/v1/reports/c-2024/participation", token("secretariat")).json()["regions"]
    assert (esa["submitted"], esa["accepted"]) == (1, 1)


@pytest.mark.parametrize("status", ["submitted", "returned"])
def test_what_is_in_force_counts_as_accepted_while_a_revision_is_on_its_way(
    filled: Any, token: Token, status: str
) -> None:
    filled.participate("KEN", status, revision=2, in_force={"answers": [], "claims": []})
    [esa, _] = filled.get("/api/v1/reports/c-2024/participation", token("secretariat")).json()["regions"]
    assert (esa["submitted"], esa["accepted"]) == (3, 3)


def test_means_are_over_visible_scores_only(filled: Any, token: Token) -> None:
    assert mean_of(filled, "D1") == (70.0, 1)
    assert mean_of(filled, "D1", token("integrator", level="wco")) == (45.0, 2)
    assert mean_of(filled, "D1", token("contact_point", administration="ZMB")) == (pytest.approx(92 / 3), 3)
    assert mean_of(filled, "D1", token("system", administration="ZMB")) == (36.0, 2)
    assert mean_of(filled, "D1", token("secretariat")) == (pytest.approx(92 / 3), 3)


def test_only_administrations_that_one_may_know_of_are_listed(filled: Any, token: Token) -> None:
    def listed(reader: str | None) -> list[tuple[str, str | None, int]]:
        report = filled.get("/api/v1/reports/c-2024/regions/ESA", reader).json()
        return [(each["administration"], each["status"], len(each["nodes"])) for each in report["administrations"]]

    assert listed(None) == [("KEN", None, 3)]
    assert listed(token("regional_office", region="EUR")) == [("KEN", None, 3)]
    wco = [("KEN", "accepted", 3), ("UGA", "accepted", 3), ("ZMB", "accepted", 0)]
    assert listed(token("regional_office", region="ESA")) == wco


def test_an_administration_is_shown_as_far_as_visible(filled: Any, token: Token) -> None:
    path = "/api/v1/reports/c-2024/administrations/UGA"
    report = filled.get(path, token("contact_point", administration="KEN")).json()
    assert (report["score"], report["level"], report["status"]) == (25.0, "wco", "accepted")
    assert "inputs" not in report["nodes"][2]
    closed = filled.get("/api/v1/reports/c-2024/administrations/ZMB", token("integrator", level="wco")).json()
    assert (closed["score"], closed["nodes"], closed["updated_at"]) == (None, [], None)


def test_what_may_not_be_seen_and_what_is_not_there_are_refused_in_the_same_words(filled: Any) -> None:
    hidden = filled.get("/api/v1/reports/c-2024/administrations/ZMB")
    absent = filled.get("/api/v1/reports/c-2024/administrations/QQQ")
    assert (hidden.status_code, hidden.json()) == (404, absent.json())
    pages = [filled.get(f"/cycles/c-2024/administrations/{code}").text for code in ("ZMB", "QQQ")]
    assert pages[0].replace("ZMB", "") == pages[1].replace("QQQ", "")


@pytest.mark.parametrize("path", ["none/participation", "none/regions/ESA", "c-2024/regions/NONE"])
def test_unknown_cycles_and_regions_are_not_found(filled: Any, path: str) -> None:
    assert filled.get(f"/api/v1/reports/{path}").status_code == 404


def test_a_retracted_card_is_gone_from_every_report(filled: Any, token: Token) -> None:
    filled.retract("KEN", run=2)
    assert mean_of(filled, "D1") == (None, 0)
    assert filled.get("/api/v1/reports/c-2024/administrations/KEN").status_code == 404
    assert filled.get("/api/v1/reports/c-2024/administrations/KEN", token("secretariat")).json()["nodes"] == []


def test_only_the_header_counts_on_the_api(filled: Any, token: Token) -> None:
    cookie = {"cookie": f"openpmm_token={token('secretariat')}"}
    assert filled.get("/api/v1/reports/c-2024/administrations/ZMB", headers=cookie).status_code == 404


def test_a_hidden_change_does_not_move_the_time_that_others_see(world: Any, token: Token) -> None:
    world.catalogue()
    world.open()
    mixed = {"default": "public", "kpis": {"D2-A": "restricted"}}
    path = "/api/v1/reports/c-2024/administrations/KEN"
    world.at("2024-12-01T10:00:00+00:00").score("KEN", {"D1-A": 80.0, "D1-B": 60.0, "D2-A": 50.0}, mixed)
    world.at("2025-02-03T10:00:00+00:00").score("KEN", {"D1-A": 80.0, "D1-B": 60.0, "D2-A": 51.0}, mixed, run=2)
    assert world.get(path).json()["updated_at"] == "2024-12-01T10:00:00Z"
    assert world.get(path, token("integrator", level="wco")).json()["updated_at"] == "2024-12-01T10:00:00Z"
    assert world.get(path, token("secretariat")).json()["updated_at"] == "2025-02-03T10:00:00Z"
    page = world.get("/cycles/c-2024/administrations/KEN").text
    assert "1 December 2024" in page
    assert "February" not in page
    world.at("2025-03-04T10:00:00+00:00").score("KEN", {"D1-A": 81.0, "D1-B": 60.0, "D2-A": 51.0}, mixed, run=3)
    assert world.get(path).json()["updated_at"] == "2025-03-04T10:00:00Z"


def test_the_office_of_a_region_that_was_left_for_none_sees_public_data_only(filled: Any, token: Token) -> None:
    office = token("regional_office", region="ESA")
    path = "/api/v1/reports/c-2024/administrations/UGA"
    assert filled.get(path, office).json()["level"] == "wco"
    members = [{"code": "KEN", "name": "Kenya", "region": "ESA"}, {"code": "UGA", "name": "Uganda", "region": None}]
    filled.register(administrations=members)
    assert filled.get(path, office).status_code == 404
    listed = filled.get("/api/v1/reports/c-2024/regions/ESA", office).json()["administrations"]
    assert "UGA" not in {each["administration"] for each in listed}


def test_an_older_register_changes_nothing(filled: Any) -> None:
    kenya = [{"code": "KEN", "name": "Kenya", "region": "ESA"}]
    filled.at("2031-01-01T00:00:00+00:00").register(administrations=kenya)
    filled.at("2030-01-01T00:00:00+00:00").register(administrations=[])
    report = filled.get("/api/v1/reports/c-2024/participation").json()
    assert report["total"]["members"] == 1


def test_an_older_word_on_a_cycle_changes_nothing(world: Any) -> None:
    world.at("2025-10-01T00:00:00+00:00").close()
    world.at("2024-11-01T00:00:00+00:00").open()
    report = world.get("/api/v1/reports/c-2024/participation").json()
    assert report["cycle"]["status"] == "closed"
    assert [event["type"] for event in world.events()] == ["cycle.closed.v1"]
    world.at("2025-11-01T00:00:00+00:00").open()
    assert world.get("/api/v1/reports/c-2024/participation").json()["cycle"]["status"] == "open"
