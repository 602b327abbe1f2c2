"""Who may see evidence: as the answer's disclosure allows, which for an input is a matter of all connected KPIs."""

from collections.abc import Callable
from dataclasses import dataclass

from access_policy import MOST_CLOSED, Level, input_levels
from framework_spec.document import Framework
from framework_spec.formulas import parse_formula
from submission_svc.domain.disclosure import Disclosure

MOST_KEPT = 64


@dataclass(frozen=True)
class Codes:
    """The KPIs of a framework with the inputs of each, which of them are scored against the cycle, and all inputs."""

    kpis: dict[str, tuple[str, ...]]
    from_sample: frozenset[str]
    inputs: frozenset[str]

    @classmethod
    def of(cls, framework: Framework) -> "Codes":
        """What a framework has."""
        kpis = framework.kpis()
        return cls(
            kpis={
                kpi.code: tuple(sorted({code for code, _ in parse_formula(kpi.formula).references}))
                if kpi.formula
                else ()
                for kpi in kpis
            },
            from_sample=frozenset(
                kpi.code for kpi in kpis if not kpi.is_context and kpi.scoring and kpi.scoring.needs_sample
            ),
            inputs=frozenset(framework.inputs_by_code),
        )

    @property
    def known(self) -> frozenset[str]:
        """All codes that evidence may be about."""
        return self.inputs | self.kpis.keys()

    def levels(self, disclosure: Disclosure) -> dict[str, Level]:
        """The level of the evidence for each code.

        A file about a KPI may show its value: of one that is scored against the cycle, nobody else sees the value.
        An input that no KPI uses stays with the member.
        """
        chosen = {
            code: MOST_CLOSED if code in self.from_sample else disclosure.kpis.get(code, disclosure.default)
            for code in self.kpis
        }
        unused = dict.fromkeys(self.inputs, MOST_CLOSED)
        return {**unused, **input_levels((chosen[code], self.kpis[code]) for code in self.kpis), **chosen}


class KnownCodes:
    """Codes by framework digest. A published version never changes, so they stay true."""

    def __init__(self) -> None:
        self._kept: dict[str, Codes] = {}

    def get(self, digest: str, document: Callable[[], Framework]) -> Codes:
        """The codes; `document` is asked for only when they are not kept yet."""
        codes = self._kept.get(digest)
        if codes is None:
            codes = Codes.of(document())
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[digest] = codes
        return codes
