"""What framework-svc tells the others. These classes are the contract: its schemas are generated from them."""

from datetime import datetime
from typing import Any, ClassVar

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


class AdministrationData(BaseModel):
    """An administration of a population."""

    code: str
    name: str
    region: str | None
    source: str | None


class GroupData(BaseModel):
    """A group of administrations that an operator has loaded."""

    code: str
    name: str
    source: str
    administrations: list[str]


class RegisterChanged(EventData):
    """The register of a population is new or has changed; this is all of it."""

    TYPE: ClassVar[str] = "register.changed.v1"
    population: str
    name: str
    regions: list[RegionData]
    administrations: list[AdministrationData]
    groups: list[GroupData]


EVENTS: tuple[type[EventData], ...] = (FrameworkPublished, FrameworkRetired, RegisterChanged)
