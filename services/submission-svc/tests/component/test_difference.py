"""What has changed since acceptance and return beside answers and claims: evidence, and who may see what."""

from typing import Any

import pytest

from tests.support.shelf import PDF, Shelf, accept

ONE = "/c-2024/submissions/KEN"


def difference(shelf: Shelf, since: str = "accepted") -> Any:
    """What has changed."""
    return shelf.service.call("GET", f"{ONE}/difference", "secretariat").json()[since]


def disclose(shelf: Shelf, **choice: Any) -> None:
    """Choose who may see what."""
    assert shelf.service.call("PUT", f"{ONE}/disclosure", "contact-ken", json=choice).status_code == 200


@pytest.fixture
def revised(shelf: Shelf, make: Any) -> Shelf:
    """A submission with evidence, accepted and opened for a revision."""
    shelf.service.push(make.figure())
    shelf.add()
    shelf.add(about="HOURS", name="stays.pdf")
    accept(shelf, {"default": "restricted", "kpis": {"K-TIME": "wco", "K-GROWTH": "public"}})
    assert shelf.service.move("revise", "contact-ken").status_code == 200
    return shelf


def test_a_file_that_came_and_one_that_went_are_told_without_their_content(revised: Shelf) -> None:
    (gone,) = [each for each in revised.get().json()["items"] if each["name"] == "report.pdf"]
    revised.remove(gone["id"])
    new = revised.add(PDF + b"new", name="other.pdf").json()
    found = difference(revised)
    assert found["nothing_changed"] is False
    assert found["evidence"] == {
        "added": [{"id": new["id"], "about": "K-TIME", "name": "other.pdf", "sha256": new["sha256"]}],
        "removed": [{"id": gone["id"], "about": "K-TIME", "name": "report.pdf", "sha256": gone["sha256"]}],
    }


def test_another_content_of_the_same_name_is_a_change_and_the_same_content_again_is_none(revised: Shelf) -> None:
    for each in revised.get().json()["items"]:
        revised.remove(each["id"])
    revised.add(about="HOURS", name="stays.pdf")
    revised.add(PDF + b"new")
    found = difference(revised)["evidence"]
    names = {kind: [each["name"] for each in files] for kind, files in found.items()}
    assert names == {"added": ["report.pdf"], "removed": ["report.pdf"]}
    assert found["added"][0]["sha256"] != found["removed"][0]["sha256"]


def test_evidence_since_the_last_return_is_told_apart(revised: Shelf) -> None:
    revised.add(PDF + b"new", name="first.pdf")
    revised.service.move("submit", "contact-ken")
    revised.service.move("return", "secretariat", json={"reason": "And the other?"})
    assert difference(revised, "returned")["nothing_changed"] is True
    revised.add(PDF + b"newer", name="second.pdf")
    added = {since: difference(revised, since)["evidence"]["added"] for since in ("accepted", "returned")}
    names = {since: [each["name"] for each in files] for since, files in added.items()}
    assert names == {"accepted": ["first.pdf", "second.pdf"], "returned": ["second.pdf"]}


def test_levels_are_told_as_they_were_chosen_before_and_are_now(revised: Shelf) -> None:
    assert difference(revised)["disclosure"] == []
    disclose(revised, default="wco", kpis={"K-TIME": "public", "K-BALANCE": "restricted"})
    found = difference(revised)
    assert found["nothing_changed"] is False
    assert found["disclosure"] == [
        {"code": None, "before": "restricted", "after": "wco"},
        {"code": "K-BALANCE", "before": None, "after": "restricted"},
        {"code": "K-GROWTH", "before": "public", "after": None},
        {"code": "K-TIME", "before": "wco", "after": "public"},
    ]


def test_levels_since_the_last_return_are_told_apart(revised: Shelf) -> None:
    disclose(revised, default="public")
    revised.service.move("submit", "contact-ken")
    revised.service.move("return", "secretariat", json={"reason": "Why public?"})
    assert difference(revised, "returned")["disclosure"] == []
    disclose(revised, default="wco")
    told = {since: difference(revised, since)["disclosure"][0]["before"] for since in ("accepted", "returned")}
    assert told == {"accepted": "restricted", "returned": "public"}


def test_the_same_choice_again_is_no_change(revised: Shelf) -> None:
    disclose(revised, default="public")
    disclose(revised, default="restricted", kpis={"K-GROWTH": "public", "K-TIME": "wco"})
    assert difference(revised)["nothing_changed"] is True
