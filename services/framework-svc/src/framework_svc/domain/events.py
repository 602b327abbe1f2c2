"""What framework-svc tells the others. These classes are the contract: its schemas are generated from them."""

from datetime import date, datetime
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from service_kit.envelope import NewEvent

TOPIC = "framework"


class EventData(BaseModel):
    """Base of event data; within v1 only additions."""

    model_config = ConfigDict(frozen=True)
    TYPE: ClassVar[str]

    def event(self, key: str) -> NewEvent:
        """The event with this data."""
        return NewEvent(topic=TOPIC, key=key, type=self.TYPE, data=self.model_dump(mode="json"))


class FrameworkPublished(EventData):
    """A framework version was published. It never changes."""

    TYPE: ClassVar[str] = "framework.published.v1"
    code: str
    version: str
    digest: str = Field(description="sha256 over the canonical form of the document")
    document: dict[str, Any] = Field(description="The framework document; its schema is at /api/v1/framework-schema")


class FrameworkRetired(EventData):
    """A framework version was retired: it stays readable, what was opened with it goes on, nothing new should begin."""

    TYPE: ClassVar[str] = "framework.retired.v1"
    code: str
    version: str
    digest: str = Field(description="sha256 over the canonical form of the document")
    reason: str
    retired_at: datetime


class RegionData(BaseModel):
    """A region of a population."""

    code: str
    name: str
    names: dict[str, str] = Field(description="In other languages")


class DatedData(BaseModel):
    """Something that holds from a day (null: always or unknown) until before another (null: open)."""

    valid_from: date | None
    valid_until: date | None = Field(description="The first day on which it holds no more")


class OfficeData(DatedData):
    """A regional office."""

    code: str
    kind: Literal["capacity_building", "intelligence"]
    name: str
    names: dict[str, str]
    region: str | None
    seat: str | None
    source: str | None


class MembershipData(DatedData):
    """Days on which an administration is in a region."""

    region: str


class AdministrationData(DatedData):
    """An administration of a population, former and future ones too: see its dates."""

    code: str
    name: str
    names: dict[str, str] = Field(description="In other languages")
    region: str | None = Field(description="On the day `on`; the last one of who has left, the first one of who comes")
    regions: list[MembershipData]
    source: str | None
    flags: list[str] = Field(description="not_iso_3166_1, spreadsheet")


class MemberData(DatedData):
    """Days on which an administration is in a group."""

    administration: str


class GroupData(BaseModel):
    """A group of administrations that an operator has loaded."""

    code: str
    name: str
    names: dict[str, str] = Field(description="In other languages")
    scheme: str | None = Field(description="Groups of one scheme exclude each other")
    source: str
    administrations: list[str] = Field(description="Its members on the day `on`")
    members: list[MemberData]


class RegisterChanged(EventData):
    """The register of a population is new or has changed, or a day has come on which it says something else.

    This is all of it.
    """

    TYPE: ClassVar[str] = "register.changed.v1"
    population: str
    name: str
    names: dict[str, str] = Field(description="In other languages")
    on: date = Field(description="The day (UTC) of which regions and group members are given")
    regions: list[RegionData]
    offices: list[OfficeData]
    administrations: list[AdministrationData]
    groups: list[GroupData]


EVENTS: tuple[type[EventData], ...] = (FrameworkPublished, FrameworkRetired, RegisterChanged)
