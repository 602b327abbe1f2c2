"""What a part of a register looks like when it is read alone: the very shape that a PUT to the same address takes.

The code stands in the address; what is made from the rest (`region`, `flags`, `administrations`) is left out, so that
what was read can be changed and put back as it is, on any day.
"""

from datetime import date

from pydantic import BaseModel

from framework_svc.entrypoints.http.population_answers import MemberRead, MembershipRead


class RegionPart(BaseModel):
    """A region of a register, below its code."""

    name: str
    names: dict[str, str]


class OfficePart(BaseModel):
    """A regional office, below its code."""

    kind: str
    name: str
    names: dict[str, str]
    region: str | None
    seat: str | None
    source: str | None
    valid_from: date | None
    valid_until: date | None


class AdministrationPart(BaseModel):
    """An administration of a register, below its code."""

    name: str
    names: dict[str, str]
    regions: list[MembershipRead]
    source: str | None
    valid_from: date | None
    valid_until: date | None


class GroupPart(BaseModel):
    """A group of administrations, below its code."""

    name: str
    names: dict[str, str]
    scheme: str | None
    source: str
    members: list[MemberRead]
