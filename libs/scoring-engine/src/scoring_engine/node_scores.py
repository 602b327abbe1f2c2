"""Steps 4 and 5 for one node above the KPIs, every stage kept.

Arrays have one entry an administration; those with two axes are administrations x children.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from framework_spec.document import AggregateNode
from scoring_engine.aggregation import Aggregated, Mask, aggregate, effective_weights
from scoring_engine.coverage import Covered, cover
from scoring_engine.elementary import Floats
from scoring_engine.imputation import group_means
from scoring_engine.ordinal import aggregate_grades
from scoring_engine.states import State
from scoring_engine.values import Reasons, States

FLOORED_METHODS = ("geometric", "harmonic", "power")


@dataclass(frozen=True)
class Child:
    """What a node needs to know of a child."""

    code: str
    weight: Fraction
    scores: Floats
    states: States
    answered: Sequence[Fraction | None]


@dataclass(frozen=True)
class NodeStages:
    """A node after every step; the arrays with two axes have one column for each of `children`."""

    children: tuple[str, ...]
    scores: Floats
    states: States
    reasons: Reasons
    covered: Covered
    shares: Floats
    contributions: Floats
    imputed: Mask
    floored: Mask
    binding: Mask
    grades: Sequence[str | None]


def score_node(node: AggregateNode, children: Sequence[Child], groups: Sequence[str | None]) -> NodeStages:
    """Take a node from its children's scores to its own; children are taken in the order of their codes."""
    ordered = sorted(children, key=lambda child: child.code)
    states = _columns([child.states for child in ordered], len(groups)).astype(np.int8)
    covered = cover(node, [child.code for child in ordered], [child.weight for child in ordered], states, ordered)
    scores, imputed = _filled(node, ordered, states, groups)
    present = ((states == State.SCORED) | imputed) & covered.passed[:, np.newaxis]
    shares = effective_weights([child.weight for child in ordered], present)
    floored = _floored(node, scores, shares > 0)
    made, grades = _made(node, np.where(floored, node.aggregation.floor or 0.0, scores), shares)
    node_states, reasons = _failures_told(covered, made, shares)
    return NodeStages(
        children=tuple(child.code for child in ordered),
        scores=np.where(node_states == State.SCORED, made.scores, np.nan) + 0.0,
        states=node_states,
        reasons=reasons,
        covered=covered,
        shares=shares,
        contributions=made.contributions,
        imputed=imputed & (shares > 0),
        floored=floored,
        binding=made.binding,
        grades=grades,
    )


def _columns(arrays: Sequence[Floats | States], size: int) -> Floats:
    return np.array(arrays, dtype=np.float64).reshape(len(arrays), size).T


def _filled(
    node: AggregateNode, children: Sequence[Child], states: States, groups: Sequence[str | None]
) -> tuple[Floats, Mask]:
    """Fill missing children where the node says so; a claim is a choice and is never filled."""
    scores = _columns([child.scores for child in children], len(groups))
    imputed = np.zeros(states.shape, dtype=np.bool_)
    if node.missing != "group_mean" or not children:
        return scores, imputed
    means = _columns([group_means(child.scores, groups) for child in children], len(groups))
    gaps = (states == State.MISSING) | (states == State.UNDER_THRESHOLD)
    imputed = gaps & ~np.isnan(means)
    return np.where(imputed, means, scores), imputed


def _floored(node: AggregateNode, scores: Floats, used: Mask) -> Mask:
    floor = node.aggregation.floor
    if floor is None or node.aggregation.method not in FLOORED_METHODS:
        return np.zeros(scores.shape, dtype=np.bool_)
    return used & (scores < floor)


def _made(node: AggregateNode, scores: Floats, shares: Floats) -> tuple[Aggregated, Sequence[str | None]]:
    if node.aggregation.method in ("ordinal_m1", "ordinal_m2"):
        results, grades = aggregate_grades(node.aggregation, scores, shares > 0)
        return Aggregated(results, np.full_like(scores, np.nan), np.zeros(scores.shape, dtype=np.bool_)), grades
    return aggregate(node.aggregation, scores, shares), [None] * len(scores)


def _failures_told(covered: Covered, made: Aggregated, shares: Floats) -> tuple[States, Reasons]:
    """A node that passed its coverage and still has no score says why."""
    states, reasons = covered.states.copy(), covered.reasons.copy()
    failed = (states == State.SCORED) & ~np.isfinite(made.scores)
    weightless = failed & ~(shares > 0).any(axis=1)
    states[failed], reasons[failed] = State.MISSING, "aggregation_undefined"
    reasons[weightless] = "no_weight_present"
    return states, reasons
