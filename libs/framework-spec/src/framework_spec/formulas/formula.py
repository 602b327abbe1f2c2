"""A parsed formula: what it refers to, and how to evaluate it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from framework_spec.formulas.evaluation import Evaluated, Evaluator, Floats, Truths
from framework_spec.formulas.parsing import parse, parse_comparison
from framework_spec.formulas.tree import Comparison, Expression, Reference, children


@dataclass(frozen=True)
class Formula:
    """A formula as text and as tree; build it with `Formula.parse`."""

    text: str
    tree: Expression

    @classmethod
    def parse(cls, text: str) -> Formula:
        """Read a formula; FormulaError points at the character where it stops making sense."""
        return cls(text, parse(text))

    @cached_property
    def ordered_references(self) -> tuple[tuple[str, int], ...]:
        """What the formula refers to, as (input code, year offset), in the order of first mention."""
        return tuple(dict.fromkeys((node.code, node.offset) for node in walk(self.tree) if isinstance(node, Reference)))

    @property
    def references(self) -> frozenset[tuple[str, int]]:
        """What the formula refers to, as (input code, year offset)."""
        return frozenset(self.ordered_references)

    def evaluate(self, lookup: Mapping[tuple[str, int], Floats], size: int | None = None) -> Evaluated:
        """Evaluate for all administrations: arrays of equal length with NaN where an input is missing.

        `size` is needed only when the formula has no reference. Raises KeyError when a reference is not in the lookup.
        """
        if size is None:
            sizes = {len(lookup[reference]) for reference in self.ordered_references}
            if len(sizes) != 1:
                raise ValueError("arrays of equal length are needed; give the size for a formula without inputs")
            size = sizes.pop()
        return Evaluator(lookup, self.ordered_references, size).run(self.tree)


@dataclass(frozen=True)
class Statement:
    """A comparison between expressions that holds for an administration or not; build it with `parse_statement`."""

    text: str
    tree: Comparison

    @cached_property
    def ordered_references(self) -> tuple[tuple[str, int], ...]:
        """What the statement refers to, as (input code, year offset), in the order of first mention."""
        return tuple(dict.fromkeys((node.code, node.offset) for node in walk(self.tree) if isinstance(node, Reference)))

    def evaluate(self, lookup: Mapping[tuple[str, int], Floats], size: int) -> tuple[Truths, Truths]:
        """Tell for each administration whether the statement holds, and whether both sides have a value at all."""
        return Evaluator(lookup, self.ordered_references, size).holds(self.tree)


@lru_cache(maxsize=8192)
def parse_statement(text: str) -> Statement:
    """Read a comparison once; FormulaError points at the character where it stops making sense."""
    return Statement(text, parse_comparison(text))


@lru_cache(maxsize=8192)
def parse_formula(text: str) -> Formula:
    """Read a formula once; later calls with the same text give the same object."""
    return Formula.parse(text)


def walk(node: Expression | Comparison) -> Iterator[Expression | Comparison]:
    """Visit all parts of a tree, from left to right, a part before its own parts."""
    yield node
    for child in children(node):
        yield from walk(child)


def constant_value(tree: Expression) -> float | None:
    """Give the value of an expression without inputs; None when it has inputs or no value."""
    if any(isinstance(node, Reference) for node in walk(tree)):
        return None
    value = float(Evaluator({}, (), 1).run(tree).values[0])
    return None if np.isnan(value) else value
