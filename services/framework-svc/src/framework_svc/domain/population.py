"""A population: the register of administrations that a framework scores, with their regions. Registers never mix."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from framework_svc.domain.events import RegisterChanged
from service_kit.envelope import NewEvent
from service_kit.errors import Finding, Kind, ProblemError


@dataclass(frozen=True)
class Region:
    """A region of a population."""

    code: str
    name: str


@dataclass(frozen=True)
class Administration:
    """A customs administration (or, in a reference index, a country) in a register."""

    code: str
    name: str
    region: str | None
    source: str | None = None


@dataclass(frozen=True)
class Group:
    """A group that an operator loads, with its source: income level, landlocked, type of administration."""

    code: str
    name: str
    source: str
    administrations: tuple[str, ...]


@dataclass(frozen=True)
class Population:
    """A register as a whole."""

    code: str
    name: str
    regions: tuple[Region, ...]
    administrations: tuple[Administration, ...]
    groups: tuple[Group, ...] = ()

    def check(self) -> None:
        """Refuse a register that contradicts itself, with everything that is wrong at once.

        Raises:
            ProblemError: `population.invalid` (422).
        """
        findings = [*self._duplicates(), *self._unknown_regions(), *self._unknown_members()]
        if findings:
            raise ProblemError(
                "population.invalid",
                Kind.INVALID,
                f"The register has {len(findings)} faults; nothing was saved.",
                findings=tuple(findings),
            )

    def _duplicates(self) -> list[Finding]:
        codes = Counter(administration.code for administration in self.administrations)
        regions = Counter(region.code for region in self.regions)
        groups = Counter(group.code for group in self.groups)
        return [
            Finding(f"population.duplicate_{kind}", f"{code} stands {count} times.", hint="Keep one of them.")
            for kind, counted in (("administration", codes), ("region", regions), ("group", groups))
            for code, count in counted.items()
            if count > 1
        ]

    def _unknown_regions(self) -> list[Finding]:
        known = {region.code for region in self.regions}
        return [
            Finding(
                "population.unknown_region",
                f"{administration.code} names the region {administration.region}, which the register does not have.",
                pointer=f"/administrations/{index}/region",
                hint=f"Known regions: {', '.join(sorted(known)) or 'none'}.",
            )
            for index, administration in enumerate(self.administrations)
            if administration.region is not None and administration.region not in known
        ]

    def _unknown_members(self) -> list[Finding]:
        known = {administration.code for administration in self.administrations}
        return [
            Finding(
                "population.unknown_member",
                f"The group {group.code} names {code}, which the register does not have.",
                pointer=f"/groups/{number}/administrations/{index}",
            )
            for number, group in enumerate(self.groups)
            for index, code in enumerate(group.administrations)
            if code not in known
        ]

    def as_dict(self) -> dict[str, Any]:
        """The register as JSON."""
        return {
            "population": self.code,
            "name": self.name,
            "regions": [{"code": region.code, "name": region.name} for region in self.regions],
            "administrations": [
                {"code": each.code, "name": each.name, "region": each.region, "source": each.source}
                for each in self.administrations
            ],
            "groups": [
                {
                    "code": group.code,
                    "name": group.name,
                    "source": group.source,
                    "administrations": list(group.administrations),
                }
                for group in self.groups
            ],
        }

    def event(self) -> NewEvent:
        """What other services need to know: the whole register."""
        return RegisterChanged.model_validate(self.as_dict()).event(key=f"population/{self.code}")
