"""Draws the input figures of one synthetic administration, so that they fit each other in both years."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from local_stack.demo_plan import InputPlan, Range

YEARLY_PROGRESS = 0.02  # how far maturity rises from T-1 to T


@dataclass(frozen=True)
class Traits:
    """What makes one administration differ from the next."""

    administration: str
    maturity: float
    size: str


@dataclass(frozen=True)
class Figure:
    """One input in the reporting year and in the year before."""

    now: float
    before: float


def draw_figures(
    inputs: Mapping[str, InputPlan], digits: Mapping[str, int], traits: Traits, seed: int
) -> dict[str, Figure]:
    """Return a figure per input code; `digits` gives decimals per code, none meaning whole numbers.

    Each input has random numbers of its own, so adding one to the plan leaves the others as they were.
    """
    done: dict[str, Figure] = {}

    def figure(code: str) -> Figure:
        if code not in done:
            plan = inputs[code]
            parents = [figure(parent) for parent in plan.sum or (plan.of,) if parent]
            random = Random(f"{seed}/{traits.administration}/{code}")  # noqa: S311 - synthetic data, not a secret
            drawn = _with_zeros(_draw(plan, parents, traits, random), plan, random)
            places = digits.get(code, 0)
            done[code] = Figure(_cut(drawn.now, places), _cut(drawn.before, places))
        return done[code]

    return {code: figure(code) for code in inputs}


def _draw(plan: InputPlan, parents: list[Figure], traits: Traits, random: Random) -> Figure:
    if plan.base is not None:
        return _grown(plan, plan.base[traits.size], random)
    if plan.sum is not None:
        return Figure(sum(parent.now for parent in parents), sum(parent.before for parent in parents))
    now, before = _positions(plan, traits, random)
    if plan.level is not None:
        return Figure(_between(plan.level, now, plan.log), _between(plan.level, before, plan.log))
    share = Figure(_between(plan.share, now, plan.log), _between(plan.share, before, plan.log))
    return Figure(parents[0].now * share.now, parents[0].before * share.before)


def _grown(plan: InputPlan, base: float, random: Random) -> Figure:
    now = base * math.exp(plan.spread * random.gauss(0, 1))
    swing = 0.05 + 0.12 * plan.spread
    return Figure(now, now / math.exp(plan.growth + swing * random.gauss(0, 1)))


def _positions(plan: InputPlan, traits: Traits, random: Random) -> tuple[float, float]:
    now = _inside(traits.maturity + plan.noise * random.gauss(0, 1))
    return now, _inside(now - YEARLY_PROGRESS + 0.2 * plan.noise * random.gauss(0, 1))


def _inside(position: float) -> float:
    return min(1.0, max(0.0, position))


def _between(ends: Range, position: float, on_logs: bool) -> float:
    low, high = ends
    if on_logs:
        return math.exp(math.log(low) + (math.log(high) - math.log(low)) * position)
    return low + (high - low) * position


def _with_zeros(figure: Figure, plan: InputPlan, random: Random) -> Figure:
    if random.random() < plan.zero:
        return Figure(0, 0)
    if random.random() < plan.starts:
        return Figure(figure.now, 0)
    return figure


def _cut(value: float, digits: int) -> float:
    """Cut off, never round up: a part must not become larger than its whole."""
    scale = 10.0**digits
    cut = math.floor(value * scale + 1e-9)
    return cut / scale if digits else cut
