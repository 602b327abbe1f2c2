"""Public indices as data: rules and some countries by hand, against the published figures."""

from typing import Any

import pytest

from framework_spec.reading import read_framework, validate_document
from scoring_engine import AdministrationInputs, CycleInputs, ranks, score_cycle

HDI = """
spec: openpmm.framework/1
code: hdi
version: "2022"
purpose: scoring
population: hdi-countries
scale: {lower: 0, upper: 1}
ranking: {mode: all, decimals: 3}
inputs: [{code: LE}, {code: EYS}, {code: MYS}, {code: GNIPC}]
root:
  code: HDI
  kind: index
  name: {en: Human Development Index}
  aggregation: {method: geometric, floor: 0.0001}
  coverage: {threshold: 1}
  children:
    - code: HEALTH
      kind: kpi
      name: {en: Health}
      formula: LE
      direction: higher_is_better
      scoring: {normalisation: goalposts, lower: 20, upper: 85}
    - code: EDUCATION
      kind: dimension
      name: {en: Education}
      coverage: {threshold: 1}
      children:
        - code: EXPECTED
          kind: kpi
          name: {en: Expected years of schooling}
          formula: EYS
          direction: higher_is_better
          scoring: {normalisation: goalposts, lower: 0, upper: 18}
        - code: MEAN
          kind: kpi
          name: {en: Mean years of schooling}
          formula: MYS
          direction: higher_is_better
          scoring: {normalisation: goalposts, lower: 0, upper: 15}
    - code: INCOME
      kind: kpi
      name: {en: Income}
      formula: GNIPC
      direction: higher_is_better
      scoring: {normalisation: goalposts, lower: 100, upper: 75000, transform: log}
"""

COUNTRIES = {
    "AFG": ((62.879, 10.70538475, 2.514790058, 1335.205733), 0.462),
    "ALB": ((76.833, 14.48746967, 10.12114431, 15293.32651), 0.789),
    "DZA": ((77.129, 15.48787975, 6.987443608, 10978.40571), 0.745),
}


def test_human_development_index() -> None:
    framework = read_framework(HDI)
    codes = ("LE", "EYS", "MYS", "GNIPC")
    given = {
        name: AdministrationInputs({(code, 2022): value for code, value in zip(codes, values, strict=True)})
        for name, (values, _) in COUNTRIES.items()
    }
    given["PRK"] = AdministrationInputs({("LE", 2022): 73.6})
    scored = score_cycle(framework, CycleInputs.build(framework, 2022, given))
    for name, (_, published) in COUNTRIES.items():
        assert scored.score(name) == pytest.approx(published, abs=0.000501)
    assert scored.score("PRK") is None
    assert scored.card("PRK")["nodes"][0]["state"] == "under_threshold"
    places = ranks([scored.score(name) for name in scored.administrations], framework.ranking.decimals)
    assert dict(zip(scored.administrations, places, strict=True)) == {"AFG": 3, "ALB": 1, "DZA": 2, "PRK": None}


def test_logistics_performance_index() -> None:
    weights = {"C1": 0.168, "C2": 0.143, "C3": 0.197, "C4": 0.165, "C5": 0.165, "C6": 0.162}
    children: list[dict[str, Any]] = [
        {
            "code": code,
            "kind": "kpi",
            "name": {"en": code},
            "formula": f"I_{code}",
            "direction": "higher_is_better",
            "weight": weight,
            "scoring": {"normalisation": "identity", "lower": 1, "upper": 5, "cut": "both"},
        }
        for code, weight in weights.items()
    ]
    document = {
        "spec": "openpmm.framework/1",
        "code": "lpi",
        "version": "2010",
        "purpose": "scoring",
        "population": "lpi-countries",
        "scale": {"lower": 1, "upper": 5},
        "inputs": [{"code": f"I_{code}"} for code in weights],
        "root": {"code": "LPI", "kind": "index", "name": {"en": "LPI"}, "children": children},
    }
    framework = validate_document(document)
    germany = (4.00, 4.34, 3.66, 4.14, 4.18, 4.48)
    answers = {(f"I_{code}", 2010): value for code, value in zip(weights, germany, strict=True)}
    inputs = CycleInputs.build(framework, 2010, {"DEU": AdministrationInputs(answers)})
    assert score_cycle(framework, inputs).score("DEU") == pytest.approx(4.11, abs=0.01)
