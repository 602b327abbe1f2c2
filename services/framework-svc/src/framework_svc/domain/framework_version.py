"""A framework version: published once, never changed; its digest says what exactly was published."""

import json
from dataclasses import dataclass
from datetime import datetime

from framework_spec.document import Framework
from service_kit.envelope import NewEvent
from service_kit.errors import Kind, ProblemError

TOPIC = "framework"


@dataclass(frozen=True)
class FrameworkVersion:
    """A published version and its document."""

    document: Framework
    digest: str
    published_at: datetime
    published_by: str

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

    def event(self) -> NewEvent:
        """What other services need to know: the whole document."""
        return NewEvent(
            topic=TOPIC,
            key=self.document.code,
            type="framework.published.v1",
            data={
                "code": self.document.code,
                "version": self.document.version,
                "digest": self.digest,
                "document": json.loads(self.document.canonical_json()),
            },
        )
