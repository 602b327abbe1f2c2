"""What registers look like over HTTP: bodies in which an unknown field is an error, and answers.

What is read may be sent back as it is. The fields `region` and `flags` of an administration and `administrations` of a
group are made from the rest; `region` or `administrations` alone are the short way for "always".
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal

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


class RegionRead(BaseModel):
    """A region."""

    code: str
    name: str
    names: dict[str, str]


class OfficeRead(BaseModel):
    """A regional office."""

    code: str
    kind: str
    name: str
    names: dict[str, str]
    region: str | None
    seat: str | None
    source: str | None
    valid_from: date | None
    valid_until: date | None


class MembershipRead(BaseModel):
    """Days on which an administration is in a region."""

    region: str
    valid_from: date | None
    valid_until: date | None


class AdministrationRead(BaseModel):
    """An administration."""

    code: str
    name: str
    names: dict[str, str]
    region: str | None = Field(description="On the day; where it had none then, the last one before or the next one")
    regions: list[MembershipRead]
    source: str | None
    valid_from: date | None
    valid_until: date | None
    flags: list[str] = Field(
        description="not_iso_3166_1: others may not know the code; spreadsheet: spreadsheets take it for something else"
    )


class MemberRead(BaseModel):
    """Days on which an administration is in a group."""

    administration: str
    valid_from: date | None
    valid_until: date | None


class GroupRead(BaseModel):
    """A group."""

    code: str
    name: str
    names: dict[str, str]
    scheme: str | None
    source: str
    administrations: list[str] = Field(description="The members on the day")
    members: list[MemberRead]


class PopulationRead(BaseModel):
    """A register: with all its dates, or (`on`) what of it holds on a day."""

    population: str
    on: date | None
    name: str
    names: dict[str, str]
    regions: list[RegionRead]
    offices: list[OfficeRead]
    administrations: list[AdministrationRead]
    groups: list[GroupRead]


class PopulationSummary(BaseModel):
    """A register, counted."""

    code: str
    name: str
    administrations: int = Field(description="Former and future ones too")


class PopulationList(BaseModel):
    """A page of the registers, by code."""

    items: list[PopulationSummary]
    next: str | None = Field(description="Cursor of the next page; null on the last one")


class PopulationSaved(BaseModel):
    """What saving a register, or a part of it, did."""

    population: str
    administrations: int
    changed: bool
    parts: list[str] = Field(description="What changed, like administrations/KEN")
    tag: str = Field(description="Digest over the register; in quotes it is the ETag")


class RegisterAuditEntry(BaseModel):
    """Who did what with a register, when, and each part that changed before and after."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str = Field(description="Code of the population")
    detail: dict[str, Any] = Field(description="Digests of the register before and after, and its changed parts")


class RegisterAudit(BaseModel):
    """A page of the audit trail of a register, the newest entry first."""

    code: str
    items: list[RegisterAuditEntry]
    next: str | None = Field(description="Cursor of the next page; null on the last one")
