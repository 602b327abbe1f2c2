"""Step 4, coverage: how much of a node was scored, as exact fractions, and whether that is enough.

Two shares are kept. `answered` is the share of weight below a node, down to the KPIs, that was scored; a child without
a score counts as not answered whatever lies below it. `coverage` is what the rule of the node measures: the same share,
or the share of direct children with a score. Not applicable leaves the denominator; missing and opted out stay in it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from framework_spec.document import AggregateNode
from scoring_engine.proportions import whole_weights
from scoring_engine.states import State
from scoring_engine.values import Reasons, States

Share = Fraction | None
"""A share between 0 and 1; None where there is nothing to cover."""


class HasAnswered(Protocol):
    """A child with the answered share of each administration."""

    @property
    def answered(self) -> Sequence[Share]: ...


@dataclass(frozen=True)
class Covered:
    """Shares, states and reasons by administration; a state SCORED means that coverage suffices."""

    answered: Sequence[Share]
    coverage: Sequence[Share]
    states: States
    reasons: Reasons

    @property
    def passed(self) -> NDArray[np.bool_]:
        """Where the node may have a score."""
        return np.equal(self.states, State.SCORED)


Row = tuple[Share, Share, State, str | None]


def cover(
    node: AggregateNode,
    codes: Sequence[str],
    weights: Sequence[Fraction],
    states: States,
    children: Sequence[HasAnswered],
) -> Covered:
    """Measure coverage for all administrations, equal patterns once.  # states: administrations x children"""
    whole = whole_weights(weights)
    known: dict[tuple[object, ...], Row] = {}
    rows: list[Row] = []
    for place, row in enumerate(states.tolist()):
        shares = [child.answered[place] for child in children]
        # Equal patterns below share one fraction object, so its identity will do; hashing fractions is slow.
        key = (*row, *map(id, shares))
        if key not in known:
            known[key] = _row(node, codes, whole, [State(state) for state in row], shares)
        rows.append(known[key])
    return _columns(rows)


def _columns(rows: Sequence[Row]) -> Covered:
    states = np.array([state for _, _, state, _ in rows], dtype=np.int8)
    reasons = np.array([reason for *_, reason in rows], dtype=object)
    return Covered([row[0] for row in rows], [row[1] for row in rows], states, reasons)


def _row(
    node: AggregateNode, codes: Sequence[str], weights: Sequence[int], states: list[State], shares: list[Share]
) -> Row:
    applicable = [state not in (State.NOT_APPLICABLE, State.CONTEXT_ONLY) for state in states]
    scored = [state == State.SCORED for state in states]
    counted = [_counted(*pair) for pair in zip(states, shares, strict=True)]
    answered = answered_share(weights, counted)
    measured = answered if node.coverage.measure == "weight" else children_share(scored, applicable)
    return answered, measured, *_decided(node, codes, states, measured)


def _counted(state: State, share: Share) -> Share:
    """A child without a score is not answered, however much there is below it."""
    if state in (State.NOT_APPLICABLE, State.CONTEXT_ONLY):
        return None
    return share if state == State.SCORED else Fraction(0)


def answered_share(weights: Sequence[int], shares: Sequence[Share]) -> Share:
    """Weigh the answered shares of the children; None for a child (or the result) means: nothing to answer."""
    pairs = [(weight, share) for weight, share in zip(weights, shares, strict=True) if share is not None]
    if not pairs:
        return None
    total = sum(weight for weight, _ in pairs)
    if total == 0:
        return Fraction(0)
    # Whole numbers over one common denominator: the same as adding fractions, and much faster.
    common = math.lcm(*{share.denominator for _, share in pairs})
    answered = sum(weight * share.numerator * (common // share.denominator) for weight, share in pairs)
    return Fraction(answered, common * total)


def children_share(scored: Sequence[bool], applicable: Sequence[bool]) -> Share:
    """Give the share of applicable children that have a score."""
    count = sum(applicable)
    return Fraction(sum(scored), count) if count else None


def _decided(
    node: AggregateNode, codes: Sequence[str], states: list[State], measured: Share
) -> tuple[State, str | None]:
    asked = [state for state in states if state not in (State.NOT_APPLICABLE, State.CONTEXT_ONLY)]
    if not asked or measured is None:
        only_context = all(state == State.CONTEXT_ONLY for state in states)
        return (State.CONTEXT_ONLY, None) if only_context else (State.NOT_APPLICABLE, "all_children_not_applicable")
    if State.SCORED not in asked:
        return _without_scored_child(asked)
    if measured < node.coverage.exact_threshold:
        return State.UNDER_THRESHOLD, f"coverage:{measured}<{node.coverage.exact_threshold}"
    by_code = dict(zip(codes, states, strict=True))
    for code in node.coverage.required:
        if by_code[code] not in (State.SCORED, State.NOT_APPLICABLE):
            return State.UNDER_THRESHOLD, f"required:{code}"
    return State.SCORED, None


def _without_scored_child(asked: Sequence[State]) -> tuple[State, str]:
    if all(state == State.OPTED_OUT for state in asked):
        return State.OPTED_OUT, "all_children_opted_out"
    if State.UNDER_THRESHOLD in asked:
        return State.UNDER_THRESHOLD, "no_scored_child"
    return State.MISSING, "no_scored_child"
