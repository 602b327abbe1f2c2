"""The one metadata that all table modules of this service are registered with, and their usual columns."""

from typing import Any

from sqlalchemy import Column, DateTime, Text

from service_kit.tables import service_metadata

metadata = service_metadata()


def text_column(name: str, *, is_key: bool = False, **options: Any) -> Column[Any]:
    """Text that must be there, unless it says `nullable=True`."""
    return Column(name, Text, primary_key=is_key, nullable=options.pop("nullable", False), **options)


def at_column(name: str, **options: Any) -> Column[Any]:
    """A moment, in UTC."""
    return Column(name, DateTime(timezone=True), **options)
