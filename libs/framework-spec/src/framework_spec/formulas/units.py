"""The algebra of units: what a sum, a product or a quotient of declared units is.

A quantity has dimensions (count, time, one for each currency, ...) with exponents, and a scale: how many times larger
its number is than in the base unit. A share has no dimension and scale 1, a percentage scale 100, days scale 1/24 of
hours. `rate` and `number` say too little to reckon with; they go with everything.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from framework_spec.parts import Input, Unit

NATIONAL = "national"
HOURS_A_YEAR = 8766.0
_TOLERANCE = 5e-3  # a year of 365 days is as good as one of 366
_RATIO_FACTORS = (100.0,)
_TIME_FACTORS = (24.0, HOURS_A_YEAR / 24, HOURS_A_YEAR)
_TENS = (10.0, 1000.0, 1e6)


@dataclass(frozen=True)
class Pure:
    """A number written in a formula; it takes whatever unit stands beside it. No value: not known here."""

    value: float | None


@dataclass(frozen=True)
class Measured:
    """A quantity: sorted dimensions with their exponents, and its scale (None: not known)."""

    dimensions: tuple[tuple[str, Fraction], ...]
    scale: float | None

    @classmethod
    def of(cls, dimensions: Mapping[str, Fraction | int], scale: float | None) -> Measured:
        """Build from a mapping; dimensions with exponent 0 fall away."""
        kept = {name: Fraction(power) for name, power in dimensions.items() if power}
        return cls(tuple(sorted(kept.items())), scale)

    def powers(self) -> dict[str, Fraction]:
        """The exponents by dimension."""
        return dict(self.dimensions)

    def times(self, other: Measured) -> float | None:
        """How many times larger a number of this scale is than one of the other; None when a scale is not known."""
        return None if self.scale is None or other.scale is None else self.scale / other.scale

    def is_mixed_up_with(self, other: Measured) -> bool:
        """Whether the scales differ by what lies between a share and a percentage, or between two units of time.

        Other factors are no mistake: a mean of two shares halves their sum, a limit may be twice a figure.
        """
        factor = self.times(other)
        if not self.dimensions:
            return _is_near(factor, _RATIO_FACTORS)
        return any(name == "time" for name, _ in self.dimensions) and _is_near(factor, _TIME_FACTORS)


Quantity = Pure | Measured | None  # None: the unit is not known, which is never an error

SHARE = Measured((), 1.0)
PERCENT = Measured((), 100.0)
_BASE: dict[Unit, Measured] = {
    "share": SHARE,
    "percent": PERCENT,
    "count": Measured.of({"count": 1}, 1.0),
    "hours": Measured.of({"time": 1}, 1.0),
    "days": Measured.of({"time": 1}, 1 / 24),
    "years": Measured.of({"time": 1}, 1 / HOURS_A_YEAR),
    "points": Measured.of({"points": 1}, 1.0),
    "index": Measured.of({"index": 1}, 1.0),
}


def unit_of(item: Input) -> Quantity:
    """Give the quantity of an input; None when its unit is undeclared or says too little."""
    if item.unit == "currency":
        return Measured.of({f"currency {item.currency or NATIONAL}": 1}, 1.0)
    return _BASE.get(item.unit) if item.unit else None


def product(left: Quantity, right: Quantity, sign: int) -> Quantity:
    """Multiply (sign 1) or divide (sign -1)."""
    if left is None or right is None:
        return None
    if isinstance(left, Pure) and isinstance(right, Pure):
        return Pure(None)
    ours = left.powers() if isinstance(left, Measured) else {}
    theirs = right.powers() if isinstance(right, Measured) else {}
    powers = {name: ours.get(name, Fraction(0)) + sign * theirs.get(name, Fraction(0)) for name in {*ours, *theirs}}
    return Measured.of(powers, _times(_factor(left), _factor(right), sign))


def root(operand: Quantity) -> Quantity:
    """Take the square root."""
    if not isinstance(operand, Measured):
        return None
    scale = None if operand.scale is None else math.sqrt(operand.scale)
    return Measured(tuple((name, power / 2) for name, power in operand.dimensions), scale)


def agrees(unit: Unit, found: Measured) -> bool:
    """Whether a formula with this result may declare this unit."""
    powers = found.powers()
    match unit:
        case "share" | "percent":
            return not powers and not _is_scaled_off(found, _BASE[unit])
        case "rate":
            return not powers or any(power < 0 for power in powers.values())
        case "points" | "index":
            return set(powers) <= {"points", "index"} and all(power == 1 for power in powers.values())
        case "number":
            return True
        case "currency":
            return _is_one_of(powers, "currency")
        case "count":
            return powers == {"count": 1}
        case _:
            return _is_one_of(powers, "time") and not found.is_mixed_up_with(_BASE[unit])


def is_in_whole_units(unit: Unit, found: Measured) -> bool:
    """Whether a number is in ones of its unit; false for tens, thousands or millions, which the unit cannot say."""
    if unit in ("rate", "points", "index", "number"):
        return True
    factor = found.times(_BASE.get(unit, SHARE))
    return factor is None or not _is_near(factor, (*_TENS, 100.0))


def in_words(found: Quantity) -> str:
    """Name a quantity for the author of a formula."""
    if not isinstance(found, Measured):
        return "a plain number"
    if not found.dimensions:
        return _ratio_in_words(found.scale)
    for unit, base in _BASE.items():
        if found.dimensions == base.dimensions and _is_near(found.times(base), (1.0,)):
            return unit
    return " * ".join(f"{name}^{power}" if power != 1 else name for name, power in found.dimensions)


def _ratio_in_words(scale: float | None) -> str:
    if scale is None:
        return "a ratio"
    names = {1.0: "a share", 100.0: "a percentage"}
    return next((name for known, name in names.items() if math.isclose(scale, known)), f"{scale:g} times a share")


def _is_one_of(powers: Mapping[str, Fraction], kind: str) -> bool:
    """Whether it is this kind of thing, in all or per counted thing."""
    rest = [power for name, power in powers.items() if name.split()[0] == kind]
    others = {name: power for name, power in powers.items() if name.split()[0] != kind}
    return rest == [1] and set(others) <= {"count"} and all(abs(power) == 1 for power in others.values())


def _is_scaled_off(found: Measured, base: Measured) -> bool:
    # A tenth may be the mean of ten shares, ten times a percentage is none.
    factor = found.times(base)
    return found.is_mixed_up_with(base) or (factor is not None and any(_is_close(factor, ten) for ten in _TENS))


def _is_near(factor: float | None, known: tuple[float, ...]) -> bool:
    return factor is not None and any(_is_close(factor, one) or _is_close(factor, 1 / one) for one in known)


def _is_close(factor: float, known: float) -> bool:
    return math.isclose(factor, known, rel_tol=_TOLERANCE)


def _factor(operand: Pure | Measured) -> float | None:
    if isinstance(operand, Measured):
        return operand.scale
    return abs(operand.value) if operand.value else None


def _times(left: float | None, right: float | None, sign: int) -> float | None:
    if left is None or right is None:
        return None
    result = left * right if sign > 0 else left / right
    return result if math.isfinite(result) and result > 0 else None
