"""What is to be known about the code of an administration before it is trusted elsewhere."""

from functools import cache

import pycountry

from framework_spec.codes import survives_spreadsheets

NOT_ISO = "not_iso_3166_1"
SPREADSHEET = "spreadsheet"


def flags_of(code: str) -> list[str]:
    """`not_iso_3166_1`: the code is not in ISO 3166-1, so others may not know it; `spreadsheet`: it may be mangled."""
    flags = [] if is_iso(code) else [NOT_ISO]
    return flags if survives_spreadsheets(code) else [*flags, SPREADSHEET]


def is_iso(code: str) -> bool:
    """Whether it is an alpha-2 or alpha-3 code of ISO 3166-1 (from the list of Debian's iso-codes, in pycountry)."""
    return code in _codes()


@cache
def _codes() -> frozenset[str]:
    return frozenset(code for country in pycountry.countries for code in (country.alpha_2, country.alpha_3))
