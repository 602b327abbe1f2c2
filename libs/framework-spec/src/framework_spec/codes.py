"""The shapes of codes, in one place: a code is text that survives a spreadsheet."""

import re
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

# What common spreadsheet programs and readers turn into nothing, a truth value, a date or a number.
_MANGLED = re.compile(
    r"^(NA|N-A|NAN|NULL|NONE|TRUE|FALSE|INF"
    r"|(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|SEPT|OCT|NOV|DEC|MARCH|JUNE|JULY)-?\d{1,4}"
    r"|\d+(E\d+)?)$"
)


def survives_spreadsheets(code: str) -> bool:
    """Whether a code stays what it is in a spreadsheet: not "NA" (Namibia), "1E2", "SEP1" or "012"."""
    return _MANGLED.match(code) is None
