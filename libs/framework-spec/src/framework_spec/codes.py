"""The shapes of codes, in one place: a code is text that survives a spreadsheet."""

from typing import Annotated

from pydantic import StringConstraints

InputCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$", max_length=64)]
NodeCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]*$", max_length=64)]
NameCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=64)]
AdministrationCode = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{2,8}$")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][A-Za-z]{1,3})?$")]
BandCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9+-]*$", max_length=16)]

# "T" is the reporting year in formulas, so it cannot also be the name of an input.
RESERVED_INPUT_CODES = frozenset({"T"})
