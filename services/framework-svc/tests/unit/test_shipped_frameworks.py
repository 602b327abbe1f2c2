"""What ships as data says no more than its sources, and says of everything illustrative that it is."""

import csv
import io
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from framework_spec.difference import difference
from framework_spec.document import AggregateNode, Framework, Kpi
from framework_spec.reading import read_framework
from framework_svc.adapters.shipped import shipped_frameworks

DATA = files("framework_svc") / "data"
DOMAIN_FILE = Path(__file__).resolve().parents[5] / "shared" / "domain" / "pmm-v1.yaml"

# The only names with a source; adding one here needs that source in the `sources` of the catalogue.
OFFICIAL_KPI_NAMES = {
    "Rate of electronic declarations",
    "Variation in the number of AEOs",
    "AEO involvement in trade",
    "Share of e-commerce shipments",
    "Data standardization",
    "Effectiveness of post-clearance controls",
    "Effectiveness of controls on drugs",
    "Variation in the number of alcohol seizures",
    "Annual variation in requests for information",
}
OFFICIAL_OUTCOME_NAMES = {
    "Paperless trade",
    "Increased trust in the relationship with trade",
    "More efficiency of clearance and delivery in e-commerce",
}
OFFICIAL_DIMENSION_NAMES = {
    "Trade Facilitation and Economic Competitiveness",
    "Revenue Collection",
    "Enforcement, Security and Protection of Society",
    "Organizational Development",
}
OFFICIAL_NAMES = OFFICIAL_KPI_NAMES | OFFICIAL_OUTCOME_NAMES | OFFICIAL_DIMENSION_NAMES
OFFICIAL_LONG_NAMES = {"Variation in the number of Authorized Economic Operators"}


def shipped(name: str) -> Framework:
    return read_framework((DATA / "frameworks" / f"{name}.yaml").read_bytes())


@pytest.fixture(scope="module")
def catalogue() -> Framework:
    return shipped("pmm-v1-public")


@pytest.fixture(scope="module", params=["1", "2"])
def demo(request: pytest.FixtureRequest) -> Framework:
    return shipped(f"openpmm-demo-{request.param}")


def nodes(framework: Framework) -> list[AggregateNode | Kpi]:
    return [node for node, _ in framework.nodes()]


def names(framework: Framework, kind: str) -> set[str]:
    return {node.name["en"] for node in nodes(framework) if node.kind == kind and node.name}


def domain() -> dict[str, Any] | None:
    if not DOMAIN_FILE.exists():
        return None
    read: dict[str, Any] = yaml.safe_load(DOMAIN_FILE.read_text(encoding="utf-8"))
    return read


def domain_kpis(known: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for dimension in known["dimensions"]:
        for outcome in dimension["expected_outcomes"]:
            yield from outcome["kpis"]
    yield from known["kpis_dimension_unknown"]


def test_catalogue_is_a_catalogue_with_its_label(catalogue: Framework) -> None:
    assert catalogue.purpose == "catalogue"
    assert catalogue.label is not None
    assert catalogue.label["en"] == "Publicly known parts only; working codes are not WCO codes"
    assert catalogue.facts["codes_are_official"] is False


def test_catalogue_has_the_sourced_names_and_no_other(catalogue: Framework) -> None:
    assert names(catalogue, "kpi") == OFFICIAL_KPI_NAMES
    assert names(catalogue, "expected_outcome") == OFFICIAL_OUTCOME_NAMES
    assert names(catalogue, "dimension") == OFFICIAL_DIMENSION_NAMES
    assert {node.name_long["en"] for node in nodes(catalogue) if node.name_long} == OFFICIAL_LONG_NAMES
    for node in nodes(catalogue):
        if node.name:
            assert node.confidence == "official", node.code
            assert node.sources, node.code
            assert set(node.sources) <= set(catalogue.sources), node.code


def test_catalogue_has_no_french_name_without_a_source(catalogue: Framework) -> None:
    assert all("fr" not in (node.name or {}) for node in nodes(catalogue))


def test_catalogue_leaves_unknown_fields_unknown(catalogue: Framework) -> None:
    for kpi in catalogue.kpis():
        assert (kpi.formula, kpi.scoring, kpi.sdgs, kpi.tools) == (None, None, None, None), kpi.code
        for field in ("definition", "unit", "direction", "year_basis"):
            confidence = kpi.field_confidence.get(field)
            assert (getattr(kpi, field) is None) == (confidence == "unknown"), (kpi.code, field)


def test_catalogue_says_what_the_domain_file_says(catalogue: Framework) -> None:
    known = domain()
    if known is None:  # a clone without the papers of the project: the constants above hold the names
        return
    by_code = {node.code: node for node in nodes(catalogue)}
    for kpi in domain_kpis(known):
        found = by_code[kpi["code"]]
        assert isinstance(found, Kpi)
        assert found.name == {"en": kpi["name"]}
        assert (found.definition or {}).get("en") == kpi["definition"]
        assert (found.numerator or {}).get("en") == kpi["numerator"]
        assert (found.denominator or {}).get("en") == kpi["denominator"]
        assert (found.edge_case or {}).get("en") == kpi.get("edge_case")
        assert (found.note or {}).get("en") == kpi.get("note")
        assert (found.unit, found.direction, found.confidence) == (kpi["unit"], kpi["direction"], kpi["confidence"])
        assert (list(found.sources), found.year_basis) == (kpi["source"], kpi["year_basis"])
        assert list(found.tools_inferred) == kpi.get("tools_inferred", [])
        assert list(found.breakdowns) == kpi.get("breakdown", [])
        assert sorted(found.field_confidence.values()) == sorted(kpi["field_confidence"].values())
    assert catalogue.sources == known["sources"]
    assert catalogue.facts == known["meta"]
    assert len(catalogue.kpis()) == len(list(domain_kpis(known)))


def test_nothing_inferred_by_the_project_stands_in_the_catalogue(catalogue: Framework) -> None:
    topics = {candidate["topic"] for candidate in (domain() or {}).get("inferred_candidates", [])}
    assert not topics & {node.name["en"] for node in nodes(catalogue) if node.name}


def test_demo_is_labelled_and_illustrative_throughout(demo: Framework) -> None:
    assert demo.label == {"en": "Illustrative, not WCO", "fr": "À titre d'illustration, hors OMD"}
    assert {node.confidence for node in nodes(demo)} == {"illustrative"}
    assert {item.confidence for item in demo.inputs} == {"illustrative"}
    for kpi in demo.kpis():
        for field in ("sdgs", "tools"):
            if getattr(kpi, field):
                assert kpi.field_confidence[field] == "illustrative mapping", kpi.code


def test_demo_has_no_official_name(demo: Framework) -> None:
    official = {name.casefold() for name in OFFICIAL_NAMES | OFFICIAL_LONG_NAMES}
    used = {node.name["en"].casefold() for node in nodes(demo) if node.name}
    used |= {item.name["en"].casefold() for item in demo.inputs if item.name}
    assert not official & used


@pytest.mark.parametrize("name", sorted(entry.name for entry in (DATA / "frameworks").iterdir()))
def test_every_shipped_name_is_sourced_or_labelled_illustrative(name: str) -> None:
    framework = shipped(name.removesuffix(".yaml"))
    for node in nodes(framework):
        if node.name is None or (node.confidence == "official" and node.name["en"] in OFFICIAL_NAMES):
            continue
        is_labelled = framework.label is not None and framework.label["en"] == "Illustrative, not WCO"
        is_root = node is framework.root and node.name == framework.name
        assert is_root or (is_labelled and node.confidence == "illustrative"), node.code


def evidence_asked_for(framework: Framework) -> list[dict[str, str]]:
    of_inputs = [item.evidence for item in framework.inputs]
    return [text for text in (*of_inputs, *(kpi.evidence for kpi in framework.kpis())) if text]


def test_demo_speaks_english_and_french_everywhere(demo: Framework) -> None:
    texts = [demo.label, demo.name, demo.description, *(band.name for band in demo.bands)]
    texts += [item.name for item in demo.inputs] + [node.name for node in nodes(demo)]
    texts += [kpi.definition for kpi in demo.kpis()] + [rule.text for rule in demo.rules]
    texts += evidence_asked_for(demo)
    for text in texts:
        assert text is not None
        assert text.keys() == {"en", "fr"}
        assert text["en"].strip()
        assert text["fr"].strip()
        assert text["en"] != text["fr"]


def test_demo_shows_what_a_framework_can_hold(demo: Framework) -> None:
    aggregates = [node for node in nodes(demo) if isinstance(node, AggregateNode)]
    kpis = demo.kpis()
    assert 45 <= len(kpis) <= 60
    assert 80 <= len(demo.inputs) <= 100
    assert {"arithmetic", "geometric", "weakest_link"} == {node.aggregation.method for node in aggregates}
    assert any(node.coverage.required for node in aggregates)
    assert any(isinstance(child, Kpi) for node in aggregates if node.kind == "dimension" for child in node.children)
    assert {kpi.direction for kpi in kpis} == {"higher_is_better", "lower_is_better", "context_only"}
    assert {"none", "log", "sqrt"} == {kpi.scoring.transform for kpi in kpis if kpi.scoring}
    assert all(kpi.scoring and kpi.scoring.normalisation == "steps" for kpi in kpis if kpi.kpi_kind == "tool_use")
    assert any("[T-1]" in (kpi.formula or "") for kpi in kpis)
    assert {"currency", "hours", "share"} <= {item.unit for item in demo.inputs}


def test_the_second_demo_has_rules_of_every_kind_and_scores_like_the_first() -> None:
    first, second = shipped("openpmm-demo-1"), shipped("openpmm-demo-2")
    assert first.rules == ()
    assert 10 <= len(second.rules) <= 20
    assert {rule.kind for rule in second.rules} == {"comparison", "range", "change", "completeness", "evidence"}
    assert {rule.severity for rule in second.rules} == {"error", "warning", "information"}
    assert [rule.id for rule in second.rules if rule.shadow] == ["TURNOVER-PLAUSIBLE"]
    assert all(item.years for item in second.inputs)
    assert all(item.currency == "national" for item in second.inputs if item.unit == "currency")
    assert len(evidence_asked_for(second)) >= 5
    found = difference(first, second)
    assert not found.breaks_series
    assert {change.field for change in found.changes if change.kind != "added"} == {
        "years", "currency", "fiscal_year", "evidence", "breakdowns"
    }  # fmt: skip


def test_versions_are_shipped_in_the_order_of_their_lives() -> None:
    shipped_in_order = [read_framework(source) for source in shipped_frameworks(with_demo=True)]
    assert [(each.code, each.version) for each in shipped_in_order] == [
        ("openpmm-demo", "1"), ("openpmm-demo", "2"), ("pmm-v1-public", "1")
    ]  # fmt: skip
    assert [each.code for each in map(read_framework, shipped_frameworks(with_demo=False))] == ["pmm-v1-public"]


def test_every_region_of_the_members_has_a_name_and_every_code_is_there_once() -> None:
    members = list(csv.DictReader(io.StringIO((DATA / "wco-members.csv").read_text(encoding="utf-8"))))
    regions = list(csv.DictReader(io.StringIO((DATA / "regions.csv").read_text(encoding="utf-8"))))
    assert {row["wco_region"] for row in members} == {row["code"] for row in regions}
    assert len({row["iso3"] for row in members}) == len(members) == 188  # 187 Members and the European Union
    assert all(row["source"] for row in [*members, *regions])
