"""Reads names for pages: of an administration from the register, of KPIs and inputs from a framework version."""

from sqlalchemy import Connection, text

from framework_spec.document import Framework
from reporting_svc.application.queries.cycles import framework_of

_NAME = text("select name from administration where population = :population and code = :code")
_DOCUMENT = text("select document from framework_version where code = :code and version = :version")


def administration_name(connection: Connection, population: str, code: str) -> str:
    """The name in the register; the code where the register has not arrived."""
    found = connection.execute(_NAME, {"population": population, "code": code}).scalar_one_or_none()
    return code if found is None else str(found)


def framework_version(connection: Connection, code: str, version: str) -> Framework | None:
    """A published version; None where it has not arrived."""
    document = connection.execute(_DOCUMENT, {"code": code, "version": version}).scalar_one_or_none()
    return None if document is None else framework_of(document)
