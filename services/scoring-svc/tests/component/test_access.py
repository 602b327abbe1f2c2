"""Who may see which scores: the access table, role by role, over every route."""

from typing import Any

import pytest

from scoring_svc.entrypoints.http.schemas import AdministrationScores, ExplanationRead, ScoreList

REGIONS = {"AAA": "R1", "BBB": "R2"}
RESTRICTED = ["OVERALL", "D1", "K1", "K2", "D2", "K3"]
WCO = ["K1", "D2", "K3"]
PUBLIC = ["D2", "K3"]
# AAA discloses K1 at wco, K2 to nobody, K3 to everyone.
SEEN = {
    "secretariat": RESTRICTED,
    "contact-aaa": RESTRICTED,
    "system-aaa": RESTRICTED,
    "reviewer-of-aaa": RESTRICTED,
    "contact-bbb": WCO,
    "office-r1": WCO,
    "integrator-wco": WCO,
    "office-r2": PUBLIC,
    "system-bbb": PUBLIC,
    "reviewer": PUBLIC,
    "integrator-public": PUBLIC,
    "loader": PUBLIC,
    "public": PUBLIC,
}
INSIDE = {"secretariat", "contact-aaa", "system-aaa"}


@pytest.fixture
def cycle(scoring: Any, build: Any) -> Any:
    """A cycle with an accepted submission of AAA, and a waiting one of BBB."""
    document = build.framework()
    cycle = build.round(document)
    scoring.feed(build.published(document), build.register(REGIONS), cycle.status("open"))
    accepted = cycle.of("AAA", 81.25, 62.5, 31, status="accepted", kpis={"K1": "wco", "K2": "restricted"})
    scoring.feed(accepted.event, cycle.of("BBB", 77, 77, 77).event)
    return cycle


@pytest.mark.parametrize("persona", SEEN)
def test_each_role_sees_what_is_disclosed_to_it(cycle: Any, get: Any, persona: str) -> None:
    summary = get("/c-2024/AAA", persona)
    explanation = get("/c-2024/AAA/explanation", persona)
    assert [node["code"] for node in summary.json()["nodes"]] == SEEN[persona]
    assert [node["code"] for node in explanation.json()["nodes"]] == SEEN[persona]
    AdministrationScores.model_validate_json(summary.content, strict=True)
    ExplanationRead.model_validate_json(explanation.content, strict=True)
    for answer in (summary, explanation):
        assert ("62.5" in answer.text) == ("K2" in SEEN[persona])
        assert ("81.25" in answer.text) == ("K1" in SEEN[persona])


@pytest.mark.parametrize("persona", SEEN)
def test_levels_are_told_inside_only(cycle: Any, get: Any, persona: str) -> None:
    for path in ("/c-2024/AAA", "/c-2024/AAA/explanation"):
        told = {node["level"] for node in get(path, persona).json()["nodes"]}
        assert (told != {None}) == (persona in INSIDE)


@pytest.mark.parametrize("persona", SEEN)
def test_the_list_hides_what_each_role_may_not_see(cycle: Any, get: Any, persona: str) -> None:
    answer = get("/c-2024", persona)
    ScoreList.model_validate_json(answer.content, strict=True)
    (item,) = answer.json()["items"]
    dimensions = {each["code"]: each for each in item["dimensions"]}
    is_open = SEEN[persona] is RESTRICTED
    assert item["visible"] is is_open
    assert [item[name] is not None for name in ("score", "band", "coverage", "state")] == [is_open] * 4
    assert dimensions["D1"]["visible"] is is_open
    assert (dimensions["D1"]["score"] is not None) is is_open
    assert dimensions["D2"] == {"code": "D2", "visible": True, "score": 31, "band": "B"}
    assert item["rank"] is None


def test_nothing_visible_and_nothing_there_have_the_same_words(scoring: Any, cycle: Any, get: Any) -> None:
    hidden = cycle.of("CCC", 1, 2, 3, status="accepted", default="restricted")
    scoring.feed(hidden.event)
    answers = []
    for path in ("/c-2024/CCC", "/c-2024/BBB", "/c-2024/ZZZ", "/no-such/AAA"):
        for end in ("", "/explanation"):
            answer = get(path + end)
            answers.append((answer.status_code, answer.text, tuple(sorted(answer.headers.items()))))
            assert "etag" not in answer.headers
    assert len(set(answers)) == 1
    assert answers[0][0] == 404
    assert '"score.not_found"' in answers[0][1]
    assert [item["administration"] for item in get("/c-2024").json()["items"]] == ["AAA"]
    assert get("/c-2024/CCC", "secretariat").status_code == 200


def test_a_preview_is_for_those_who_may_see_all_of_the_member(cycle: Any, get: Any) -> None:
    answers = {persona: get("/c-2024/BBB/preview", persona) for persona in SEEN}
    allowed = {persona for persona, answer in answers.items() if answer.status_code == 200}
    assert allowed == {"secretariat", "contact-bbb", "system-bbb"}
    assert get("/c-2024/AAA/preview", "reviewer-of-aaa").json()["code"] == "score.no_preview"
    assert answers["public"].status_code == 401
    assert answers["public"].json()["code"] == "token.missing"
    for persona in SEEN.keys() - allowed - {"public"}:
        assert (answers[persona].status_code, answers[persona].json()["code"]) == (403, "score.preview_not_allowed")
    body = ExplanationRead.model_validate_json(answers["contact-bbb"].content, strict=True)
    assert (body.kind, body.nodes[0].score) == ("preview", 77)


def test_a_preview_never_shows_in_other_reads(cycle: Any, get: Any) -> None:
    for persona in ("secretariat", "contact-bbb"):
        assert get("/c-2024/BBB", persona).status_code == 404
        assert "BBB" not in get("/c-2024", persona).text


def test_there_is_no_preview_before_and_after(scoring: Any, cycle: Any, get: Any) -> None:
    assert get("/c-2024/AAA/preview", "contact-aaa").json()["code"] == "score.no_preview"
    assert get("/no-such/AAA/preview", "contact-aaa").json()["code"] == "score.no_preview"


@pytest.mark.parametrize("persona", SEEN)
def test_a_rehearsal_is_for_the_member_and_the_secretariat(
    scoring: Any, cycle: Any, build: Any, get: Any, persona: str
) -> None:
    rehearsal = build.round(cycle.document, code="dry-run", is_rehearsal=True)
    scoring.feed(rehearsal.of("AAA", 1, 2, 3, status="accepted", default="public").event)
    may = SEEN[persona] is RESTRICTED and not persona.startswith("reviewer")
    assert get("/dry-run/AAA", persona).status_code == (200 if may else 404)
    assert get("/dry-run/AAA/explanation", persona).status_code == (200 if may else 404)
    listed = get("/dry-run", persona)
    if may:
        assert listed.json()["cycle"]["is_rehearsal"] is True
        assert [item["administration"] for item in listed.json()["items"]] == ["AAA"]
    else:
        assert (listed.status_code, listed.json()["code"]) == (404, "score.cycle_not_found")
        unknown = get("/no-such", persona)
        assert (listed.text.replace("dry-run", "no-such"), listed.headers) == (unknown.text, unknown.headers)


def test_in_a_rehearsal_a_contact_point_sees_its_own_item_and_no_place(
    scoring: Any, cycle: Any, build: Any, get: Any
) -> None:
    document = build.framework(code="placing", ranking={"mode": "self"})
    rehearsal = build.round(document, code="dry-run", is_rehearsal=True)
    scoring.feed(build.published(document), rehearsal.status("open"))
    assert get("/dry-run", "secretariat").json()["items"] == []
    assert get("/dry-run", "contact-bbb").status_code == 404
    codes = ["AAA", "BBB", "CCC", "DDD", "EEE"]
    scoring.feed(*(rehearsal.of(code, 1, 2, 3, status="accepted", default="public").event for code in codes))
    listed = get("/dry-run", "contact-bbb").json()
    assert [(item["administration"], item["rank"]) for item in listed["items"]] == [("BBB", None)]
    assert listed["ranked_among"] is None
    whole = get("/dry-run", "secretariat").json()
    assert [(item["administration"], item["rank"]) for item in whole["items"]] == [(code, 1) for code in codes]
    assert whole["ranked_among"] == 5


@pytest.mark.parametrize("who", ["contact-aaa", "system-aaa", "office-r1", "reviewer-of-aaa"])
def test_who_belongs_to_another_population_is_the_public(
    scoring: Any, cycle: Any, build: Any, get: Any, who: str
) -> None:
    persona = f"elsewhere-{who}"
    assert get("/c-2024/AAA", who).content != get("/c-2024/AAA").content
    for path in ("/c-2024", "/c-2024/AAA", "/c-2024/AAA/explanation"):
        assert get(path, persona).content == get(path).content
    scoring.feed(build.round(cycle.document, code="c-2025").of("AAA", 1, 2, 3).event)
    assert get("/c-2025/AAA/preview", "contact-aaa").status_code == 200
    refused, nothing_there = (get(f"/{code}/AAA/preview", persona) for code in ("c-2025", "no-such"))
    assert refused.status_code in (403, 404)
    assert (refused.status_code, refused.text) == (nothing_there.status_code, nothing_there.text)
    rehearsal = build.round(cycle.document, code="dry-run", is_rehearsal=True)
    scoring.feed(rehearsal.of("AAA", 1, 2, 3, status="accepted", default="public").event)
    for path in ("/dry-run", "/dry-run/AAA", "/dry-run/AAA/explanation"):
        assert get(path, persona).status_code == 404


def test_the_secretariat_is_the_same_for_all_populations(cycle: Any, get: Any) -> None:
    assert get("/c-2024/AAA", "elsewhere-secretariat").content == get("/c-2024/AAA", "secretariat").content


def test_disclosure_takes_effect_at_once(scoring: Any, cycle: Any, get: Any) -> None:
    assert [node["code"] for node in get("/c-2024/AAA").json()["nodes"]] == PUBLIC
    opened = cycle.of("AAA", 81.25, 62.5, 31, status="accepted", revision=2)
    scoring.feed(opened.event)
    assert [node["code"] for node in get("/c-2024/AAA").json()["nodes"]] == RESTRICTED
    assert get("/c-2024").json()["items"][0]["visible"] is True
    closed = opened.then(default="restricted")
    scoring.feed(closed.event)
    assert get("/c-2024/AAA").status_code == 404
    assert get("/c-2024").json()["items"] == []
