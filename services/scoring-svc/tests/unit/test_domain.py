"""Rules that need no database: digests, outlines, the newest revision, places, and the bounded cache."""

from typing import Any

import pytest

from framework_spec.document import Ranking
from scoring_svc.application.bounded_cache import BoundedCache
from scoring_svc.domain.ranking import NO_PLACES, places_shown
from scoring_svc.domain.score_card import content_digest, digest_of_all
from scoring_svc.domain.scoring import Scorer
from scoring_svc.domain.submission import Submission, by_administration, newest


def submission(administration: str = "AAA", revision: int = 1, **changes: Any) -> Submission:
    """A submission with three answers."""
    facts: dict[str, Any] = {
        "id": f"id-{administration}",
        "cycle": "c",
        "status": "accepted",
        "answers": [{"input": f"I{number}", "year": 2024, "value": 10.5 * number} for number in (1, 2, 3)],
        "claims": [],
        "disclosure": {"default": "public", "kpis": {}},
        **changes,
    }
    return Submission(administration=administration, revision=revision, **facts)


def test_an_answer_without_a_value_is_missing() -> None:
    answers = [{"input": "I1", "year": 2024, "value": None}, {"input": "I2", "year": 2023, "value": 0}]
    assert submission(answers=answers).inputs(None).answers == {("I2", 2023): 0.0}


def test_a_figure_with_a_period_is_of_a_fiscal_year_and_without_a_value_it_is_nothing() -> None:
    period = {"year": 2024, "period": "2023-07-01/2024-06-30"}
    plain = [{"input": "I3", "year": 2024, "value": 5}, {"input": "I4", "year": 2024, "value": 5, "period": None}]
    answers = [{"input": "I1", "value": 7, **period}, {"input": "I2", "value": None, **period}, *plain]
    assert submission(answers=answers).inputs(None).fiscal == {("I1", 2024)}


def test_the_newest_revision_wins_in_any_order() -> None:
    states = [submission(revision=revision) for revision in (2, 3, 1)]
    assert newest(states) == [states[1]]


def test_two_accepted_submissions_of_one_administration_always_give_the_same_one() -> None:
    two = [submission(id="b", revision=4), submission(id="a", revision=4)]
    assert by_administration(two, "accepted") == by_administration(reversed(two), "accepted") == {"AAA": two[0]}


def test_the_digest_covers_content_and_region() -> None:
    assert len({content_digest("{}", None), content_digest("{}", "R1"), content_digest("[]", None)}) == 3
    assert digest_of_all({"A": "1", "B": "2"}) == digest_of_all({"B": "2", "A": "1"})
    assert digest_of_all({"A": "1", "B": "2"}) != digest_of_all({"A": "2", "B": "1"})


@pytest.mark.parametrize("rule", [None, {"normalisation": "min_max"}], ids=["fixed", "sample"])
def test_only_frameworks_that_compare_depend_on_the_sample(build: Any, rule: dict[str, Any] | None) -> None:
    assert Scorer(build.framework(scoring=rule), 2024, {}).depends_on_sample is (rule is not None)


def test_a_unit_scored_alone_has_the_bytes_of_one_scored_with_all(build: Any) -> None:
    scorer = Scorer(build.framework(root={"aggregation": {"method": "geometric", "floor": 1}}), 2024, {})
    answers = [{"input": "I1", "year": 2024, "value": 33.3}]
    everyone = {f"M{n}": submission(f"M{n}", answers=[{**answers[0], "value": n / 7}]) for n in range(50)}
    together = {card.administration: card.text for card in scorer.finals(everyone)}
    for code, each in everyone.items():
        assert scorer.finals({code: each})[0].text == together[code]


SCORES = {"A": 50.04, "B": 50.01, "C": None, "D": 70.0, "E": 10.0, "F": 20.0}
EVERYONE = frozenset(SCORES)


def test_places_skip_after_ties_and_leave_out_who_has_no_score() -> None:
    places = places_shown(Ranking(mode="all", decimals=1), SCORES, EVERYONE, frozenset())
    assert (places.of, places.ranked_among) == ({"D": 1, "A": 2, "B": 2, "F": 4, "E": 5}, 5)


def test_an_own_place_is_among_all_but_not_among_few() -> None:
    ranking = Ranking(mode="self")
    assert places_shown(ranking, SCORES, frozenset(), frozenset({"A"})).of == {"A": 2}
    few = {code: SCORES[code] for code in ("A", "B", "C", "D", "E")}
    assert places_shown(ranking, few, frozenset(), frozenset({"A"})) == NO_PLACES
    assert places_shown(ranking, SCORES, EVERYONE, frozenset()) == NO_PLACES
    assert places_shown(Ranking(mode="none"), SCORES, EVERYONE, EVERYONE) == NO_PLACES


def test_the_cache_forgets_what_was_not_used_for_longest() -> None:
    cache: BoundedCache[str, bytes] = BoundedCache(10, weigh=len)
    for key in "abc":
        cache.put(key, b"1234")
    assert [cache.get(key) for key in "abc"] == [None, b"1234", b"1234"]
    cache.get("b")
    cache.put("d", b"1")
    cache.put("e", b"12")
    assert [cache.get(key) for key in "bcde"] == [b"1234", None, b"1", b"12"]
    cache.put("e", b"123456789012")
    assert [cache.get(key) for key in "bde"] == [None, None, b"123456789012"]
