"""A framework version: published once, never changed, at last retired; its digest says what exactly was published."""

from dataclasses import dataclass, replace
from datetime import datetime

from framework_spec.document import Framework
from framework_svc.domain.events import FrameworkPublished, FrameworkRetired
from service_kit.envelope import NewEvent
from service_kit.errors import Kind, ProblemError


@dataclass(frozen=True)
class Retirement:
    """When, by whom and why a version was retired."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True)
class FrameworkVersion:
    """A published version and its document."""

    document: Framework
    digest: str
    published_at: datetime
    published_by: str
    retirement: Retirement | None = None

    @classmethod
    def publish(cls, document: Framework, at: datetime, by: str) -> "FrameworkVersion":
        """The version that publishing this document now makes."""
        return cls(document=document, digest=document.digest(), published_at=at, published_by=by)

    def is_same_as(self, document: Framework) -> bool:
        """Whether the document is the published one.

        Raises:
            ProblemError: `framework.version_published` (409) when it differs: a published version never changes.
        """
        if document.digest() == self.digest:
            return True
        raise ProblemError(
            "framework.version_published",
            Kind.CONFLICT,
            f"Version {document.version} of {document.code} is published and never changes. "
            "Give the changed document a new version.",
        )

    def retired(self, at: datetime, by: str, reason: str) -> "FrameworkVersion":
        """The version after its retirement; the same retirement again changes nothing.

        Raises:
            ProblemError: `framework.version_retired` (409) when it was retired for another reason.
        """
        if self.retirement is None:
            return replace(self, retirement=Retirement(at, by, reason))
        if self.retirement.reason == reason:
            return self
        raise ProblemError(
            "framework.version_retired",
            Kind.CONFLICT,
            f"Version {self.document.version} of {self.document.code} was retired on "
            f"{self.retirement.at.date().isoformat()} by {self.retirement.by}: {self.retirement.reason}",
        )

    def retired_event(self, retirement: Retirement) -> NewEvent:
        """What other services need to know of the retirement."""
        data = FrameworkRetired(
            code=self.document.code,
            version=self.document.version,
            digest=self.digest,
            reason=retirement.reason,
            retired_at=retirement.at,
        )
        return data.event(key=self.document.code)

    def event(self) -> NewEvent:
        """What other services need to know: the whole document."""
        data = FrameworkPublished(
            code=self.document.code,
            version=self.document.version,
            digest=self.digest,
            document=self.document.document(),
        )
        return data.event(key=self.document.code)
