"""A warning, with the figures that it is about and those that it compares them with."""

import hashlib
import json
from dataclasses import dataclass
from typing import Literal

from framework_spec.rules import Figure

WarningKind = Literal["rule", "outlier", "revision"]


@dataclass(frozen=True)
class Accepted:
    """An answer that was accepted in some cycle; `value` is None where the member said that it has no figure.

    `is_in_force` is False where it was withdrawn or returned since, `is_own` is True for the submission at hand.
    """

    input: str
    year: int
    value: float | None
    cycle: str
    is_in_force: bool = True
    is_own: bool = False


@dataclass(frozen=True)
class WarningFound:
    """A warning; `stem` is its id without the year, under which an earlier reason is offered again.

    `figures` are the member's own, `compared` the accepted ones; `low` and `high` the bounds, for outliers.
    """

    id: str
    stem: str
    kind: WarningKind
    text: str
    inputs: tuple[str, ...]
    kpis: tuple[str, ...]
    figures: tuple[Figure, ...]
    compared: tuple[Accepted, ...] = ()
    low: float | None = None
    high: float | None = None

    @property
    def figures_digest(self) -> str:
        """What a reason is given for: other figures need another reason.

        Of a revision that includes the value that was accepted before; other accepted values may change meanwhile.
        """
        judged = [[each.input, each.year, each.value] for each in self.figures]
        if self.kind == "revision":
            judged += [[each.input, each.year, each.value] for each in self.compared]
        return "sha256:" + hashlib.sha256(json.dumps(judged).encode()).hexdigest()
