"""Text that people send: what can be kept, and what cannot."""

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

# Control characters (but not tab and line breaks) and halves of surrogate pairs: no text that a person wrote has them,
# and the database refuses some of them.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def has_unwritable(text: str) -> bool:
    """Whether the text has characters that cannot be kept."""
    return _UNWRITABLE.search(text) is not None


def _writable(text: str) -> str:
    if has_unwritable(text):
        raise ValueError("control characters cannot be kept; type the text again")
    return text


PlainText = Annotated[
    str, StringConstraints(min_length=1, max_length=2_000, strip_whitespace=True), AfterValidator(_writable)
]
