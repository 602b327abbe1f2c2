"""Ordinal grades: the two aggregation methods of PEFA and TADAT, on points 4 (A), 3 (B), 2 (C), 1 (D).

M1: the lowest grade, with "+" (half a point) when any other is higher. M2: the published table of combinations, which
is a function of the sum of points, kept here by the number of grades that are there.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from framework_spec.document import Aggregation
from scoring_engine.aggregation import Mask
from scoring_engine.elementary import Floats

GRADES = {1.0: "D", 1.5: "D+", 2.0: "C", 2.5: "C+", 3.0: "B", 3.5: "B+", 4.0: "A"}
POINTS = {grade: points for points, grade in GRADES.items()}
PLAIN_POINTS = frozenset({1.0, 2.0, 3.0, 4.0})

# For each number of grades: the highest sum of points that still earns the grade.
M2_LIMITS: Mapping[int, tuple[tuple[int, str], ...]] = {
    2: ((2, "D"), (3, "D+"), (4, "C"), (5, "C+"), (6, "B"), (7, "B+"), (8, "A")),
    3: ((3, "D"), (5, "D+"), (6, "C"), (7, "C+"), (9, "B"), (10, "B+"), (12, "A")),
    4: ((5, "D"), (7, "D+"), (8, "C"), (10, "C+"), (12, "B"), (14, "B+"), (16, "A")),
}


def m1(points: Sequence[float]) -> float:
    """Weakest link: the lowest grade, "+" if any other is higher."""
    lowest = min(points)
    return lowest + 0.5 if max(points) > lowest else lowest


def m2(points: Sequence[float]) -> float:
    """Averaging by the table for 2, 3 or 4 grades; a single grade stays as it is."""
    if len(points) == 1:
        return points[0]
    total = sum(points)
    return next(POINTS[grade] for limit, grade in M2_LIMITS[len(points)] if total <= limit)


def aggregate_grades(rule: Aggregation, points: Floats, used: Mask) -> tuple[Floats, list[str | None]]:
    """Aggregate the grades of the children that are there; a child that is no plain grade leaves the node none."""
    grades = [_grade(rule, row[here].tolist()) for row, here in zip(points, used, strict=True)]
    return np.array([_score(rule, grade) for grade in grades], dtype=np.float64), grades


def _grade(rule: Aggregation, points: list[float]) -> str | None:
    if not points or not PLAIN_POINTS.issuperset(points):
        return None
    return GRADES[m1(points) if rule.method == "ordinal_m1" else m2(points)]


def _score(rule: Aggregation, grade: str | None) -> float:
    """Convert a grade as declared; without a conversion the score is the grade's points."""
    if grade is None:
        return math.nan
    return POINTS[grade] if rule.conversion is None else rule.conversion[grade]
