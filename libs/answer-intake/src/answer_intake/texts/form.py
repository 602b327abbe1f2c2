"""The form of a text: what is wrong, what to do, and what many rows with the same fault have in common."""

from collections.abc import Mapping
from typing import NamedTuple


class Words(NamedTuple):
    """Templates of `str.format` over the parameters of a finding.

    `cause` stands for all rows with the same fault, so only parameters that name the fault are in it; where it is
    empty, the message says no more than that and stands in its place.
    """

    message: str
    hint: str
    cause: str = ""


class Entry(NamedTuple):
    """The words of one code in each language."""

    en: Words
    fr: Words


Texts = Mapping[str, Entry]
