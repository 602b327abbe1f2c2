"""A population: the register of administrations that a framework scores, as it was, is and will be.

Every part has a name and, where there are any, names in other languages. Registers of different populations never mix.
"""

from datetime import date
from typing import Any, Literal, Self

from pydantic import model_validator

from framework_spec.canonical import sha256_of
from framework_svc.domain.register_facts import Dated, Named, at_or_nearest

OfficeKind = Literal["capacity_building", "intelligence"]


class Region(Named):
    """A region of a population."""


class Office(Dated, Named):
    """A regional office: of capacity building (ROCB), or of intelligence liaison (RILO); `seat` is where it is."""

    code: str
    kind: OfficeKind
    region: str | None = None
    seat: str | None = None
    source: str | None = None


class Membership(Dated):
    """Days on which an administration is in a region."""

    region: str


class Administration(Dated, Named):
    """A customs administration (or, in a reference index, a country) in a register; its regions one after the other."""

    source: str | None = None
    regions: tuple[Membership, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _one_region(cls, given: Any) -> Any:
        # `region` alone says that it never was another one; so did registers of earlier versions.
        if isinstance(given, dict) and given.get("region") and not given.get("regions"):
            return {**given, "regions": [{"region": given["region"]}]}
        return given

    def region_on(self, day: date) -> str | None:
        """The region on the day; where it has none on that day, the last one before it, else the next one."""
        membership = at_or_nearest(self.regions, day)
        return membership.region if membership else None


class Member(Dated):
    """Days on which an administration is in a group."""

    administration: str


class Group(Named):
    """A group that an operator loads, with its source; groups of one scheme (income level) exclude each other."""

    scheme: str | None = None
    source: str
    members: tuple[Member, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _undated(cls, given: Any) -> Any:
        # `administrations` alone says that they always were in the group; so did registers of earlier versions.
        if isinstance(given, dict) and given.get("administrations") and not given.get("members"):
            return {**given, "members": [{"administration": code} for code in given["administrations"]]}
        return given

    def administrations_on(self, day: date) -> list[str]:
        """The codes of its members on the day, in the order of the register."""
        return [member.administration for member in self.members if member.holds_on(day)]


class Population(Named):
    """A register as a whole."""

    regions: tuple[Region, ...] = ()
    offices: tuple[Office, ...] = ()
    administrations: tuple[Administration, ...] = ()
    groups: tuple[Group, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _code_of_stored(cls, given: Any) -> Any:
        return {"code": given["population"], **given} if isinstance(given, dict) and "population" in given else given

    def as_dict(self) -> dict[str, Any]:
        """The register as JSON, with all its dates."""
        plain = self.model_dump(mode="json")
        return {"population": plain.pop("code"), **plain}

    @property
    def tag(self) -> str:
        """The digest over the register: what names its state."""
        return sha256_of(self.as_dict())

    def on(self, day: date) -> Self:
        """What of the register holds on the day."""
        administrations = tuple(each for each in self.administrations if each.holds_on(day))
        present = {each.code for each in administrations}
        groups = tuple(
            group.model_copy(
                update={
                    "members": tuple(
                        member for member in group.members if member.holds_on(day) and member.administration in present
                    )
                }
            )
            for group in self.groups
        )
        offices = tuple(office for office in self.offices if office.holds_on(day))
        return self.model_copy(update={"administrations": administrations, "groups": groups, "offices": offices})
