"""Reads this service's own copies of framework versions."""

from sqlalchemy import Connection, text

from framework_spec.document import Framework

_DOCUMENT = text("select document from framework where digest = :digest")


def read_framework(connection: Connection, digest: str) -> Framework:
    """The document of a version that is known."""
    return Framework.model_validate_json(connection.execute(_DOCUMENT, {"digest": digest}).scalar_one())
