"""The parts of a framework document below its nodes: texts, inputs, breakdowns, bands, and the rules of aggregates."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from framework_spec.codes import BandCode, InputCode, LanguageCode, NameCode, NodeCode
from framework_spec.numbers import Number, Rational, exact
from framework_spec.scoring_rules import Strict

LocalizedText = dict[LanguageCode, str]
Confidence = Literal["official", "reported", "inferred", "unknown", "illustrative", "published"]
Unit = Literal["count", "share", "percent", "hours", "days", "years", "currency", "rate", "points", "index", "number"]
Fact = str | int | Annotated[float, Field(allow_inf_nan=False)] | bool | None
YearName = Literal["T", "T-1"]
ClaimName = Literal["not_applicable", "opted_out"]


class Input(Strict):
    """One figure that an administration reports for a calendar year.

    `years` are the calendar years asked for (undeclared: those that the formulas use), `currency` is an ISO 4217 code
    or "national" (undeclared: national), `fiscal_year` says whether a figure of a fiscal year that is not the calendar
    year is taken, with its dates (undeclared: refused).
    """

    code: InputCode
    name: LocalizedText | None = None
    definition: LocalizedText | None = None
    unit: Unit | None = None
    type: Literal["integer", "number"] = "number"
    minimum: Number | None = None
    maximum: Number | None = None
    currency: str | None = None
    years: tuple[YearName, ...] = ()
    fiscal_year: Literal["allowed", "refused"] | None = None
    evidence: LocalizedText | None = None
    note: LocalizedText | None = None
    sources: tuple[str, ...] = ()
    confidence: Confidence | None = None


class Breakdown(Strict):
    """A part of a KPI, or the KPI in another measure; shown beside it and never scored.

    `axis` names what is broken down (`flow`: import, export; `measure`: number, value); the formula and the unit are
    those of the part.
    """

    code: NameCode
    name: LocalizedText | None = None
    axis: NameCode | None = None
    formula: str | None = None
    unit: Unit | None = None


def _entry_form(value: object) -> str:
    return "text" if isinstance(value, str) else "part"


# A breakdown may be a bare name, as in catalogues that know no more than that.
BreakdownEntry = Annotated[
    Annotated[str, Tag("text")] | Annotated[Breakdown, Tag("part")],
    Discriminator(_entry_form),
]


class MissingRule(Strict):
    """What a member may say in place of a value (`claims`; undeclared: both), and in words what else holds."""

    claims: tuple[ClaimName, ...] = ("not_applicable", "opted_out")
    note: LocalizedText | None = None


class Band(Strict):
    """A named range of scores that begins at `from` and ends where the next band begins."""

    code: BandCode
    from_: Number = Field(alias="from")
    name: LocalizedText | None = None


class Scale(Strict):
    """The ends of the scale of scores."""

    lower: Number = 0
    upper: Number = 100


class Ranking(Strict):
    """Who may see places, and on which scores they are taken: rounded to `decimals`, or unrounded when absent."""

    mode: Literal["none", "self", "all"] = "none"
    decimals: int | None = Field(default=None, ge=0, le=9, strict=True)


class Aggregation(Strict):
    """How the scores of the children make the score of their parent."""

    method: Literal["arithmetic", "geometric", "harmonic", "power", "weakest_link", "ordinal_m1", "ordinal_m2"] = (
        "arithmetic"
    )
    exponent: Number | None = None
    floor: Number | None = None
    conversion: dict[str, Number] | None = None


class Coverage(Strict):
    """How much of a node must have been scored for the node to be scored: at least `threshold`, and all `required`."""

    threshold: Rational = 0
    measure: Literal["weight", "children"] = "weight"
    required: tuple[NodeCode, ...] = ()

    @property
    def exact_threshold(self) -> Fraction:
        """The threshold without rounding."""
        return exact(self.threshold)
