"""Disclosure: the member's choice, per KPI, of who may see it; most closed unless it opened something."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from access_policy import MOST_CLOSED, Level
from answer_intake.showing import shown
from answer_intake.suggesting import Suggester
from service_kit.errors import Finding, Kind, ProblemError


@dataclass(frozen=True)
class Disclosure:
    """A level for what is not named, and the levels of the KPIs that are."""

    default: Level = MOST_CLOSED
    kpis: Mapping[str, Level] = field(default_factory=dict)

    def check(self, known: Collection[str]) -> None:
        """Refuse KPIs that the framework does not have, all of them at once.

        Raises:
            ProblemError: `disclosure.unknown_kpis` (422).
        """
        suggest = Suggester(known)
        findings = tuple(
            Finding(
                "disclosure.unknown_kpi",
                f"The framework has no KPI {shown(code)}.",
                pointer=f"/kpis/{shown(code)}",
                hint=None if (like := suggest(code)) is None else f"Did you mean {like}?",
                french=f"Le cadre n'a pas de KPI {shown(code)}.",
                french_hint=None if like is None else f"Vouliez-vous dire {like} ?",
            )
            for code in self.kpis
            if code not in known
        )
        if findings:
            detail = f"{len(findings)} of the KPIs named are not in the framework; nothing was saved."
            french = f"KPI nommés qui ne sont pas dans le cadre : {len(findings)} ; rien n'a été enregistré."
            raise ProblemError("disclosure.unknown_kpis", Kind.INVALID, detail, french=french, findings=findings)

    def as_dict(self) -> dict[str, Any]:
        """The choice as JSON, KPIs by code."""
        return {"default": self.default.value, "kpis": {code: self.kpis[code].value for code in sorted(self.kpis)}}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Disclosure":
        """The choice as it was stored; what is no level any more is the most closed."""
        return cls(
            Level.stored(stored["default"]), {code: Level.stored(level) for code, level in stored["kpis"].items()}
        )
