"""The rule pack of a framework version: all that is needed to check answers, apart from the tree, under one digest."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Literal

from framework_spec.canonical import canonical_bytes, sha256_of
from framework_spec.codes import InputCode, LanguageCode, NameCode, NodeCode
from framework_spec.document import Framework, Kpi
from framework_spec.formulas import parse_formula
from framework_spec.numbers import Number
from framework_spec.parts import ClaimName, Unit, YearName
from framework_spec.scoring_rules import Strict
from framework_spec.validation_rules import Rule


class PackedInput(Strict):
    """What a figure must be."""

    code: InputCode
    unit: Unit | None = None
    type: Literal["integer", "number"] = "number"
    minimum: Number | None = None
    maximum: Number | None = None
    currency: str | None = None
    years: tuple[YearName, ...] = ()
    fiscal_year: Literal["allowed", "refused"] | None = None


class PackedKpi(Strict):
    """What a KPI is made of, and which claims may stand in its place."""

    code: NodeCode
    formula: str | None = None
    claims: tuple[ClaimName, ...] = ("not_applicable", "opted_out")


class RulePack(Strict):
    """The rules of one framework version with the inputs and KPIs that they speak of."""

    spec: Literal["openpmm.rule-pack/1"] = "openpmm.rule-pack/1"
    framework: NameCode
    version: str
    languages: tuple[LanguageCode, ...]
    inputs: tuple[PackedInput, ...]
    kpis: tuple[PackedKpi, ...]
    rules: tuple[Rule, ...]

    def document(self) -> dict[str, Any]:
        """Give the JSON-ready pack, without anything that equals its default but for `spec`."""
        return {"spec": self.spec, **self.model_dump(mode="json", by_alias=True, exclude_defaults=True)}

    def canonical_json(self) -> bytes:
        """Write the canonical form: equal packs have equal bytes. `RulePack.model_validate_json` reads it back."""
        return canonical_bytes(self.document())

    def digest(self) -> str:
        """Give the digest over the canonical form, by which both sides know that they use the same rules."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        return sha256_of(self.document())

    @cached_property
    def kpis_by_code(self) -> dict[str, PackedKpi]:
        """The KPIs, by code."""
        return {kpi.code: kpi for kpi in self.kpis}

    @cached_property
    def kpis_by_input(self) -> dict[str, tuple[str, ...]]:
        """The KPIs that use an input, in document order."""
        found: dict[str, dict[str, None]] = {}
        for kpi in self.kpis:
            for code, _ in parse_formula(kpi.formula).ordered_references if kpi.formula else ():
                found.setdefault(code, {})[kpi.code] = None
        return {code: tuple(kpis) for code, kpis in found.items()}


def rule_pack(framework: Framework) -> RulePack:
    """Pack the rules of a framework that has been checked."""
    return RulePack(
        framework=framework.code,
        version=framework.version,
        languages=framework.languages,
        inputs=tuple(
            PackedInput.model_validate(item.model_dump(include=set(PackedInput.model_fields)))
            for item in framework.inputs
        ),
        kpis=tuple(_packed(kpi) for kpi in framework.kpis()),
        rules=framework.rules,
    )


def _packed(kpi: Kpi) -> PackedKpi:
    if kpi.missing is None:
        return PackedKpi(code=kpi.code, formula=kpi.formula)
    return PackedKpi(code=kpi.code, formula=kpi.formula, claims=kpi.missing.claims)
