"""Tolerant readers that several topics share: they know only the fields that reporting-svc uses."""

from pydantic import BaseModel, ConfigDict

from reporting_svc.application.facts import Cycle


class Reader(BaseModel):
    """Base of all readers: what is not known is ignored, and what cannot be read is never repeated in a log."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


class CycleReader(Reader):
    """The cycle that every event of submission-svc carries."""

    code: str
    name: dict[str, str] | None = None
    framework: str
    framework_version: str
    population: str
    reporting_year: int
    is_rehearsal: bool

    def fact(self) -> Cycle:
        """As the use cases take it."""
        return Cycle(**self.model_dump())
