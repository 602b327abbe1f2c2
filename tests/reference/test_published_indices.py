"""The engine alone meets the published indices; the way through the gateway is `python -m tests.reference.run`."""

from collections import defaultdict
from dataclasses import replace

import pytest

from framework_spec.reading import read_framework
from scoring_engine import AdministrationInputs, CycleInputs, ranks, score_cycle
from tests.reference.cases import CASES, DATA, Case, Published
from tests.reference.compare import compare, report

# The data folder lies beside the repository; a clone without it has nothing to compare with.
HERE = [name for name in CASES if DATA.exists()]


def computed(case: Case) -> dict[str, Published]:
    framework = read_framework(case.framework)
    answers: dict[str, dict[tuple[str, int], float]] = defaultdict(dict)
    for administration, code, year, value in case.answers:
        answers[administration][code, year] = float(value)
    inputs = {code: AdministrationInputs(given) for code, given in answers.items()}
    run = score_cycle(framework, CycleInputs.build(framework, case.year, inputs))
    scores = [run.score(code) for code in run.administrations]
    places = ranks(scores, framework.ranking.decimals)
    return {
        code: Published(score, place) for code, score, place in zip(run.administrations, scores, places, strict=True)
    }


@pytest.mark.parametrize("name", HERE)
def test_engine_meets_the_published_index(name: str) -> None:
    case = CASES[name]()
    result = compare(case, computed(case))
    assert result.is_good, report(case, result)
    assert result.compared == len([code for code, answer in case.published.items() if answer.score is not None])


@pytest.mark.parametrize("name", [name for name in HERE if name == "hdi-2022"])
def test_every_rank_of_the_human_development_index_is_met(name: str) -> None:
    case = CASES[name]()
    found = computed(case)
    result = compare(case, found)
    assert (result.compared, result.ranks_equal) == (193, 193)
    assert [code for code, answer in found.items() if answer.score is None] == ["MCO", "PRK"]


def made_up() -> Case:
    published = {"AAA": Published(0.9, 1), "BBB": Published(0.5, 2), "CCC": Published(None, None)}
    return Case("made-up", b"", "nobody", {}, 2020, (("AAA", "X", 2020, "1"),), published, 0.001, 0)


def test_comparison_names_what_is_wrong() -> None:
    case = made_up()
    found = {"AAA": Published(0.9004, 1), "BBB": Published(0.51, 3), "CCC": Published(0.1, 4)}
    result = compare(case, found)
    assert not result.is_good
    assert result.max_error == pytest.approx(0.01)
    assert (result.worst, result.over_tolerance, result.rank_mismatches) == ("BBB", ("BBB",), ("BBB",))
    assert (result.unexpected, result.ranks_equal) == (("CCC",), 1)
    assert "NOT AS PUBLISHED" in report(case, result)


def test_comparison_of_nothing_is_not_good() -> None:
    result = compare(made_up(), {})
    assert (result.is_good, result.unscored) == (False, ("AAA", "BBB"))
    assert not compare(replace(made_up(), published={}), {}).is_good


def test_answers_go_out_as_written_in_the_source() -> None:
    assert made_up().answers_csv() == b"administration,code,year,value\nAAA,X,2020,1\n"
