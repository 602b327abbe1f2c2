"""What is sent of registers over HTTP: bodies in which an unknown field is an error.

What is read may be sent back as it is. The fields `region` and `flags` of an administration and `administrations` of a
group are made from the rest; `region` or `administrations` alone are the short way for "always".
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from framework_spec.codes import LanguageCode
from service_kit.texts import PlainText

Code = Annotated[str, Field(pattern=r"^[A-Z0-9]{2,8}$")]
LongCode = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_-]{0,31}$")]
Name = Annotated[PlainText, Field(max_length=200)]
Names = Annotated[
    dict[LanguageCode, Name | None] | None,
    Field(
        max_length=50,
        description="In other languages; null takes one away, or all",
        examples=[{"fr": "Allemagne"}],
    ),
]
Source = Annotated[PlainText, Field(max_length=500, description="Where this is known from")]
From = Annotated[date | None, Field(description="The first day; null: always, or not known")]
Until = Annotated[date | None, Field(description="The first day on which it holds no more; null: open")]


class Strict(BaseModel):
    """A body in which an unknown field is an error, not a silent loss."""

    model_config = ConfigDict(extra="forbid")


class RegionUpdate(Strict):
    """A region of a register, below its code."""

    name: Name
    names: Names = None


class RegionBody(RegionUpdate):
    """A region of a register."""

    code: Code


class OfficeUpdate(Strict):
    """A regional office, below its code: of capacity building (ROCB) or of intelligence liaison (RILO)."""

    kind: Literal["capacity_building", "intelligence"]
    name: Name
    names: Names = None
    region: Code | None = None
    seat: Name | None = None
    source: Source
    valid_from: From = None
    valid_until: Until = None


class OfficeBody(OfficeUpdate):
    """A regional office."""

    code: LongCode


class MembershipBody(Strict):
    """Days on which an administration is in a region."""

    region: Code
    valid_from: From = None
    valid_until: Until = None


class AdministrationUpdate(Strict):
    """An administration of a register, below its code."""

    name: Name
    names: Names = None
    region: Annotated[Code | None, Field(description="The region today; alone it says: always")] = None
    regions: Annotated[list[MembershipBody] | None, Field(max_length=50, description="One after the other")] = None
    source: Source | None = None
    valid_from: From = None
    valid_until: Until = None
    flags: Annotated[list[str], Field(max_length=10, description="Not taken in: it follows from the code")] = []


class AdministrationBody(AdministrationUpdate):
    """An administration of a register."""

    code: Code


class MemberBody(Strict):
    """Days on which an administration is in a group."""

    administration: Code
    valid_from: From = None
    valid_until: Until = None


class GroupUpdate(Strict):
    """A group of administrations, below its code, with its source."""

    name: Name
    names: Names = None
    scheme: Annotated[
        str | None,
        Field(pattern=r"^[a-z][a-z0-9-]{0,63}$", description="Groups of one scheme exclude each other: income-level"),
    ] = None
    source: Source
    administrations: Annotated[
        list[Code] | None, Field(max_length=5_000, description="The members today; alone it says: always")
    ] = None
    members: Annotated[list[MemberBody] | None, Field(max_length=20_000)] = None


class GroupBody(GroupUpdate):
    """A group of administrations, with its source."""

    code: LongCode


class PopulationUpdate(Strict):
    """A register as a whole: it replaces the present one."""

    population: Annotated[str | None, Field(description="Its code, as in the address")] = None
    on: Annotated[None, Field(description="What was read for one day only has lost its past and cannot be sent")] = None
    name: Name
    names: Names = None
    regions: Annotated[list[RegionBody], Field(max_length=500)] = []
    offices: Annotated[list[OfficeBody], Field(max_length=500)] = []
    administrations: Annotated[list[AdministrationBody], Field(min_length=1, max_length=5_000)]
    groups: Annotated[list[GroupBody], Field(max_length=200)] = []
