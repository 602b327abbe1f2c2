"""The words for states and statuses that a workbook offers, in English and French; all of them are read again."""

from collections.abc import Mapping
from typing import Literal

Language = Literal["en", "fr"]
STATES: Mapping[Language, Mapping[str, str]] = {
    "en": {"number": "number", "missing": "missing", "none": "none"},
    "fr": {"number": "nombre", "missing": "manquant", "none": "retirer"},
}
CLAIMS: Mapping[Language, Mapping[str, str]] = {
    "en": {"not_applicable": "not applicable", "opted_out": "opted out", "none": "none"},
    "fr": {"not_applicable": "sans objet", "opted_out": "écarté", "none": "retirer"},
}
STATUSES: Mapping[Language, Mapping[str, str]] = {
    "en": {"A": "normal", "E": "estimated", "P": "provisional", "B": "break in series"},
    "fr": {"A": "normal", "E": "estimé", "P": "provisoire", "B": "rupture de série"},
}
HEADINGS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        **{"administration": "Administration", "code": "Code", "year": "Year", "value": "Value", "state": "State"},
        **{"status": "Status", "reason": "Reason", "comment": "Comment", "period": "Period"},
        **{"name": "Name", "unit": "Unit", "range": "Range", "earlier": "Earlier value"},
    },
    "fr": {
        **{"administration": "Administration", "code": "Code", "year": "Année", "value": "Valeur", "state": "État"},
        **{"status": "Statut", "reason": "Motif", "comment": "Commentaire", "period": "Période"},
        **{"name": "Nom", "unit": "Unité", "range": "Plage", "earlier": "Valeur antérieure"},
    },
}


def language_of(wanted: str) -> Language:
    """The language to write in: French when it is asked for, else English."""
    return "fr" if wanted.lower().startswith("fr") else "en"
