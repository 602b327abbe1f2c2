"""Settings of reporting-svc."""

from typing import Annotated

from pydantic import Field

from service_kit.settings import ServiceSettings

NAME = "reporting-svc"


class Settings(ServiceSettings):
    """What reporting-svc must be told; see `service_kit.settings`. The bounds on streams are those of one process.

    `submission_url` is where submission-svc listens, for the "My submission" pages; without it they say that they are
    not available.
    """

    max_streams: Annotated[int, Field(ge=1)] = 500
    max_streams_per_client: Annotated[int, Field(ge=1)] = 20
    anonymous_stream_seconds: Annotated[float, Field(gt=0)] = 3_600
    submission_url: str | None = None
