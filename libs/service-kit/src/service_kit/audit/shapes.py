"""What a chain looks like over HTTP: its entries, its checkpoints and keys, and what a verification has found."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, Field, PlainSerializer

from service_kit.audit.canonical import moment
from service_kit.audit.verifying import Fault

MOST_VERIFIED = 100_000
After = Annotated[int, Query(ge=0, le=2**62, description="Begin behind this position; 0 is the beginning")]
Most = Annotated[int, Query(ge=1, le=MOST_VERIFIED, description="How many entries are looked at in this answer")]
SealedMoment = Annotated[
    datetime, PlainSerializer(moment), Field(description="To the letter as it is hashed, with microseconds and +00:00")
]


class AuditEntryRead(BaseModel):
    """Who did what, when; once sealed, with its place in the chain."""

    id: int
    at: SealedMoment
    actor: str
    action: str
    subject: str
    detail: dict[str, Any] = Field(description="Counts, digests, reasons; never values")
    position: int | None = Field(description="Place in the chain, within a second after the entry")
    previous_hash: str | None
    hash: str | None = Field(description="SHA-256 over all other fields, as canonical JSON")


class CheckpointRead(BaseModel):
    """The hash that stood at a position, signed."""

    number: int
    position: int
    hash: str
    at: SealedMoment
    key: str = Field(description="Id of the key that signed it")
    signature: str = Field(description="Ed25519, base64")


class CheckpointList(BaseModel):
    """A page of checkpoints, the newest first."""

    chain: str
    items: list[CheckpointRead]
    next: str | None


class AuditKeyRead(BaseModel):
    """A public key that checkpoints are verified with."""

    id: str
    public_key: str = Field(description="PEM")


class AuditKeyList(BaseModel):
    """The public keys."""

    items: list[AuditKeyRead]


class BreakRead(BaseModel):
    """A place where the chain is broken."""

    fault: Fault
    first: int = Field(description="Position where it begins")
    last: int
    entry: int | None = Field(description="Id of the entry")
    checkpoint: int | None = Field(description="Number of the checkpoint that shows it")
    message: str


class VerificationRead(BaseModel):
    """What was looked at, and what was found; all of the chain has been seen once `next` is null."""

    is_intact: bool
    entries: int
    checkpoints: int
    signatures_checked: bool = Field(description="False where this service was given no key")
    found: int = Field(description="How many breaks there are; the first hundred are listed")
    breaks: list[BreakRead]
    waiting: int = Field(description="Entries that are not sealed yet")
    position: int = Field(description="Up to where the chain was looked at")
    next: int | None = Field(description="Go on with `after` at this position")
