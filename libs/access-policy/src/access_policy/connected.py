"""The level of each input: inputs are hidden together where formulas connect them (decision 0008)."""

from collections.abc import Collection, Iterable

from access_policy.levels import MOST_OPEN, Level, most_closed


def input_levels(kpis: Iterable[tuple[Level, Collection[str]]]) -> dict[str, Level]:
    """The most closed level of all KPIs that an input is connected with through shared inputs.

    A shown value of A = X / Y and a shown Y give X away, and with it the hidden KPI that X alone makes; and Y may
    follow from a third KPI in the same way. So inputs are shown only where the whole connected set of KPIs is.

    Args:
        kpis: of each KPI its level and the inputs that it is made of.
    """
    group: dict[str, str] = {}
    used = [(level, list(inputs)) for level, inputs in kpis]
    for _, inputs in used:
        for name in inputs:
            group[_root(group, name)] = _root(group, inputs[0])
    closed: dict[str, Level] = {}
    for level, inputs in used:
        if inputs:
            root = _root(group, inputs[0])
            closed[root] = most_closed((closed.get(root, MOST_OPEN), level))
    return {name: closed[_root(group, name)] for name in group}


def _root(group: dict[str, str], name: str) -> str:
    """The name that stands for the connected set."""
    while group.setdefault(name, name) != name:
        name = group[name]
    return name
