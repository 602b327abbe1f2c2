"""The envelope of events between services: CloudEvents 1.0 in structured JSON."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict


class Envelope(BaseModel):
    """One event as it stands on the wire. Unknown attributes are ignored: additions are always allowed."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    specversion: Literal["1.0"] = "1.0"
    id: UUID
    source: str
    type: str
    subject: str
    time: datetime
    datacontenttype: str = "application/json"
    dataschema: str
    data: dict[str, Any]


@dataclass(frozen=True)
class NewEvent:
    """An event to be published: its topic, its key (the aggregate's id), its type and the state to act on."""

    topic: str
    key: str
    type: str
    data: dict[str, Any]
    id: UUID = field(default_factory=uuid4)

    def envelope(self, source: str, time: datetime) -> Envelope:
        """The event in its envelope; `source` is the producing service's name."""
        return Envelope(
            id=self.id,
            source=f"openpmm/{source}",
            type=self.type,
            subject=self.key,
            time=time,
            dataschema=f"contracts/events/{source}/{self.type}.schema.json",
            data=self.data,
        )
