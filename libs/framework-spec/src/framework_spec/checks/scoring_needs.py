"""What each normalisation needs and may take, as a table."""

from collections.abc import Iterator

from framework_spec.document import Parameters, Scoring

ALLOWED: dict[str, frozenset[str]] = {
    "goalposts": frozenset({"lower", "upper"}),
    "min_max": frozenset(),
    "z_score": frozenset({"centre", "spread"}),
    "rank": frozenset(),
    "percentile_rank": frozenset(),
    "distance_to_target": frozenset({"lower", "upper", "target"}),
    "distance_to_best": frozenset({"lower", "upper"}),
    "distance_to_reference": frozenset({"lower", "upper", "reference"}),
    "fraction_of_maximum": frozenset(),
    "steps": frozenset({"steps", "lower"}),
    "identity": frozenset({"lower", "upper"}),
}

_STORED: dict[str, tuple[str, ...]] = {
    "min_max": ("minimum", "maximum"),
    "z_score": ("mean", "standard_deviation"),
    "percentile_rank": ("values",),
    "fraction_of_maximum": ("maximum",),
    "distance_to_reference": ("reference",),
}


def needs(scoring: Scoring, higher: bool) -> Iterator[str]:
    """Say in words what the rule lacks."""
    match scoring.normalisation:
        case "goalposts":
            yield from (f"the field {field!r}" for field in ("lower", "upper") if getattr(scoring, field) is None)
        case "distance_to_target" if scoring.target is None:
            yield "the field 'target'"
        case "distance_to_reference" if scoring.reference is None and scoring.comparison == "this_cycle":
            yield "the field 'reference', an administration"
        case "steps" if not scoring.steps:
            yield "at least one step"
        case _:
            pass
    if scoring.comparison == "stored":
        yield from _stored_needs(scoring, scoring.parameters or Parameters(), higher)


def _stored_needs(scoring: Scoring, stored: Parameters, higher: bool) -> Iterator[str]:
    wanted = [*_STORED.get(scoring.normalisation, ())]
    if scoring.normalisation.startswith("distance_to"):
        declared_worst = scoring.lower if higher else scoring.upper
        if declared_worst is None:
            wanted.append("minimum" if higher else "maximum")
        if scoring.normalisation == "distance_to_best":
            wanted.append("maximum" if higher else "minimum")
    yield from (f"the stored parameter {name!r}" for name in wanted if not _is_given(getattr(stored, name)))
    if stored.standard_deviation is not None and stored.standard_deviation <= 0:
        yield "a standard deviation above 0"
    if stored.minimum is not None and stored.maximum is not None and stored.minimum >= stored.maximum:
        yield "a stored minimum below the stored maximum"


def _is_given(value: object) -> bool:
    return value is not None and value != ()
