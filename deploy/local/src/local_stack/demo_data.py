"""Makes the synthetic submissions of the demo cycle from a framework, the members and a plan: pure and seeded."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Literal, TypeVar

from framework_spec.document import Framework, Kpi
from framework_spec.formulas import parse_formula
from local_stack.demo_plan import DemoPlan
from local_stack.demo_values import Figure, Traits, draw_figures

REPORTING_YEAR = 2024
SEED = 20240101
Outcome = Literal["accepted", "submitted", "returned", "draft"]
OUTCOMES: tuple[Outcome, ...] = ("accepted", "submitted", "returned", "draft")
Item = TypeVar("Item")


@dataclass(frozen=True)
class Member:
    """An administration that may take part."""

    administration: str
    region: str


@dataclass(frozen=True)
class DemoSubmission:
    """What one synthetic administration reports, and how far its submission gets."""

    administration: str
    answers: list[dict[str, Any]]  # {code, year, value}
    claims: list[dict[str, str]]  # {code, state, reason}
    disclosure: dict[str, Any]  # {default, kpis: {code: level}}
    outcome: Outcome


def make_submissions(
    framework: Framework, members: Iterable[Member], plan: DemoPlan, seed: int = SEED
) -> list[DemoSubmission]:
    """Draw who takes part, how mature and complete each one is, then its figures. Equal seeds, equal results."""
    random = Random(seed)  # noqa: S311 - synthetic data, not a secret
    taking_part = _participants(members, plan, random)
    all_traits = [_traits(administration, plan, random) for administration in taking_part]
    answered = _answered_shares(all_traits, plan, random)
    outcomes = _outcomes(plan, random)
    return [
        _submission(framework, plan, traits, answered[traits.administration], outcome, seed)
        for traits, outcome in zip(all_traits, outcomes, strict=True)
    ]


def _participants(members: Iterable[Member], plan: DemoPlan, random: Random) -> list[str]:
    by_region: dict[str, list[str]] = defaultdict(list)
    for member in members:
        if member.administration not in plan.not_members:
            by_region[member.region].append(member.administration)
    return [
        administration
        for region, number in plan.participation.items()
        for administration in sorted(random.sample(sorted(by_region[region]), number))
    ]


def _traits(administration: str, plan: DemoPlan, random: Random) -> Traits:
    return Traits(administration, random.betavariate(*plan.maturity), _weighted(plan.sizes, random))


def _weighted(weights: Mapping[str, float], random: Random) -> str:
    return random.choices(list(weights), weights=list(weights.values()))[0]


def _answered_shares(all_traits: Sequence[Traits], plan: DemoPlan, random: Random) -> dict[str, float]:
    """Mature administrations tend to answer more: a noisy order, filled up group by group."""
    noisy = {traits.administration: traits.maturity + random.gauss(0, 0.2) for traits in all_traits}
    order = sorted(noisy, key=lambda administration: -noisy[administration])
    shares = [random.uniform(*group.answered) for group in plan.coverage for _ in range(group.administrations)]
    return dict(zip(order, shares, strict=True))


def _outcomes(plan: DemoPlan, random: Random) -> list[Outcome]:
    outcomes = [outcome for outcome in OUTCOMES for _ in range(plan.outcomes.get(outcome, 0))]
    random.shuffle(outcomes)
    return outcomes


def _submission(
    framework: Framework, plan: DemoPlan, traits: Traits, answered_share: float, outcome: Outcome, seed: int
) -> DemoSubmission:
    random = Random(f"{seed}/{traits.administration}")  # noqa: S311 - synthetic data, not a secret
    not_applicable = _not_applicable(framework, plan, traits.administration, random)
    open_kpis = [kpi for kpi in framework.kpis() if kpi.code not in not_applicable]
    answered = _answered(open_kpis, plan, answered_share, random)
    left_out = [kpi.code for kpi in open_kpis if kpi not in answered]
    claims = [_claim(code, "not_applicable", reason) for code, reason in not_applicable.items()]
    figures = draw_figures(plan.inputs, _digits(framework, plan), traits, seed)
    has_year_before = random.random() >= plan.no_year_before
    return DemoSubmission(
        administration=traits.administration,
        answers=_answers(framework, answered, figures, has_year_before),
        claims=claims + _opted_out(left_out, plan, random),
        disclosure=_disclosure(answered, plan, random),
        outcome=outcome,
    )


def _not_applicable(framework: Framework, plan: DemoPlan, administration: str, random: Random) -> dict[str, str]:
    codes = {kpi.code for kpi in framework.kpis()}
    drawn = [(claim, random.random() < claim.chance) for claim in plan.claims.not_applicable]
    return {
        claim.kpi: claim.reason
        for claim, by_chance in drawn
        if claim.kpi in codes and (by_chance or administration in claim.administrations)
    }


def _answered(open_kpis: Sequence[Kpi], plan: DemoPlan, share: float, random: Random) -> list[Kpi]:
    """Choose as many KPIs as the share says, those that everyone answers among them."""
    chosen = _some(open_kpis, round(share * len(open_kpis)), random)
    missing = [kpi for kpi in open_kpis if kpi.code in plan.core and kpi not in chosen]
    spare = [kpi for kpi in chosen if kpi.code not in plan.core][: len(missing)]
    return [kpi for kpi in open_kpis if kpi in missing or (kpi in chosen and kpi not in spare)]


def _some(items: Sequence[Item], number: int, random: Random) -> list[Item]:
    """Choose without changing the order."""
    return [items[place] for place in sorted(random.sample(range(len(items)), min(number, len(items))))]


def _digits(framework: Framework, plan: DemoPlan) -> dict[str, int]:
    return {item.code: plan.digits.get(item.unit or "", 0) for item in framework.inputs}


def _answers(
    framework: Framework, answered: Sequence[Kpi], figures: Mapping[str, Figure], has_year_before: bool
) -> list[dict[str, Any]]:
    """Answer every input that an answered KPI needs, each year once, in the order of the framework."""
    needed = {reference for kpi in answered for reference in parse_formula(kpi.formula or "").references}
    return [
        {"code": item.code, "year": REPORTING_YEAR + offset, "value": _value(figures[item.code], offset)}
        for item in framework.inputs
        for offset in ((-1, 0) if has_year_before else (0,))
        if (item.code, offset) in needed
    ]


def _value(figure: Figure, offset: int) -> float:
    return figure.now if offset == 0 else figure.before


def _opted_out(left_out: Sequence[str], plan: DemoPlan, random: Random) -> list[dict[str, str]]:
    rule = plan.claims.opted_out
    return [
        _claim(code, "opted_out", random.choice(rule.reasons)) for code in left_out if random.random() < rule.chance
    ]


def _claim(code: str, state: str, reason: str) -> dict[str, str]:
    return {"code": code, "state": state, "reason": reason}


def _disclosure(answered: Sequence[Kpi], plan: DemoPlan, random: Random) -> dict[str, Any]:
    rule = plan.disclosure
    default = _weighted(rule.default, random)
    number = random.randint(*rule.kpis) if random.random() < rule.own_choice else 0
    chosen = {kpi.code: random.choice(rule.levels) for kpi in _some(answered, number, random)}
    return {"default": default, "kpis": {code: level for code, level in chosen.items() if level != default}}
