"""What is answered about registers over HTTP; what is read may be sent back as it is."""

from datetime import date

from pydantic import BaseModel, Field


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
