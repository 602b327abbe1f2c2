"""Settings of submission-svc."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, FilePath, SecretStr, StringConstraints, model_validator

from service_kit.settings import ServiceSettings

NAME = "submission-svc"
MailAddress = Annotated[str, StringConstraints(pattern=r"^[^@\s<>\"]+@[^@\s<>\"]+$")]


class Settings(ServiceSettings):
    """What submission-svc must be told; see `service_kit.settings`."""

    smtp_url: SecretStr | None = None  # smtp://user:password@host:port or smtps://...; without, no mail is sent
    smtp_ca_file: FilePath | None = None  # whose certificates are trusted instead of those of the system
    mail_from: MailAddress | None = None
    public_url: str | None = None  # what the links in mails begin with; without, there are none
    scoring_url: str | None = None  # where scoring-svc is asked for the scores of dry runs; without, they have none

    evidence_dir: Path  # where files are kept that stand for answers; only this service may enter it
    evidence_max_bytes: Annotated[int, Field(ge=1)] = 10 * 2**20
    evidence_files_per_code: Annotated[int, Field(ge=1)] = 20
    evidence_bytes_per_submission: Annotated[int, Field(ge=1)] = 200 * 2**20

    @model_validator(mode="after")
    def _has_a_sender(self) -> Self:
        if self.smtp_url is not None and self.mail_from is None:
            raise ValueError("OPENPMM_SMTP_URL needs OPENPMM_MAIL_FROM: the address that mails come from")
        return self
