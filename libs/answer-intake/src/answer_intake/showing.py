"""Shows what was sent, short and clean enough for a text about it."""

import re

SHOWN_CHARACTERS = 60
# Control characters (but not tab and line breaks), and halves of surrogate pairs: no text that a person wrote has
# them, and databases refuse some of them.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def row_on(row: int | None, sheet: str | None) -> str | int | None:
    """A row, with its sheet where there are several."""
    return f"{row} ({shown(sheet)})" if sheet else row


def has_unwritable(text: str) -> bool:
    """Whether the text has characters that cannot be kept."""
    return not text.isprintable() and _UNWRITABLE.search(text) is not None


def shown(value: object) -> str:
    """What was sent, for an error text: as JSON writes it, without line breaks, of at most 60 characters."""
    if type(value) is str and len(value) <= SHOWN_CHARACTERS and value.isprintable():
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):  # not spelled out: however deep it is, saying so must not fail
        return "[...]" if isinstance(value, list) else "{...}"
    text = _UNWRITABLE.sub("\ufffd", str(value)[: SHOWN_CHARACTERS + 1])
    text = text.replace("\n", " ").replace("\r", " ").replace("\t", " ")
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}..."
