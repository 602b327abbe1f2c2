"""The words that cells may hold for states and observation statuses, in English and French."""

from collections.abc import Mapping

from answer_intake.headings import plain
from answer_intake.taken import NONE

CLAIMS = ("not_applicable", "opted_out")
STATES = ("number", "missing", *CLAIMS, NONE)
STATUSES = ("A", "E", "P", "B")
# `none` itself is not here: it deletes, so it must be written exactly (programs write None where they mean nothing).
_STATE_WORDS: Mapping[str, str] = {
    **{"number": "number", "nombre": "number"},
    **{"missing": "missing", "manquant": "missing", "manquante": "missing"},
    **{"not applicable": "not_applicable", "non applicable": "not_applicable", "sans objet": "not_applicable"},
    **{"opted out": "opted_out", "ecarte": "opted_out", "non communique": "opted_out"},
    "retirer": NONE,
}
_STATUS_WORDS: Mapping[str, str | None] = {
    **{"a": None, "normal": None, "normale": None},
    **{"e": "E", "estimated": "E", "estime": "E", "estimee": "E"},
    **{"p": "P", "provisional": "P", "provisoire": "P"},
    **{"b": "B", "break": "B", "break in series": "B", "rupture": "B", "rupture de serie": "B"},
}
STATE_WORDS = (*_STATE_WORDS, NONE)


def state_of(cell: str) -> str | None:
    """The state that a cell names; None when it names none."""
    if cell in STATES:
        return cell
    return _STATE_WORDS.get(plain(cell.replace("-", " ")))


def is_status(cell: str) -> bool:
    """Whether a cell names an observation status."""
    return plain(cell) in _STATUS_WORDS


def status_of(cell: str) -> str | None:
    """The letter of the status that a cell names; None for a normal value."""
    return _STATUS_WORDS[plain(cell)]
