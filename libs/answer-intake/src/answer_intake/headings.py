"""Knows the headings of columns, in English and French, however they are cased and spaced."""

import unicodedata
from collections.abc import Mapping, Sequence

from answer_intake.findings import Parameter
from answer_intake.rows import ADMINISTRATION, COLUMNS, EXPLAINING, MOST_COLUMNS, Table, columns_for
from answer_intake.showing import shown
from answer_intake.suggesting import nearest

REQUIRED = ("code", "year", "value")
HEADING_WITHIN = 20  # rows; titles may stand above it
PRINTED = frozenset({ADMINISTRATION, "code", "year"})  # what a row of a template has before anybody has filled it in
SYNONYMS: Mapping[str, str] = {
    **{name: name for name in COLUMNS},
    **{"annee": "year", "annee civile": "year", "calendar year": "year"},
    **{"valeur": "value", "etat": "state", "statut": "status", "observation status": "status"},
    **{"statut d'observation": "status", "motif": "reason", "raison": "reason"},
    **{"commentaire": "comment", "periode": "period", "code de l'administration": ADMINISTRATION},
}


def plain(heading: str) -> str:
    """The heading in small letters, without accents, underscores, marks at its ends, or spaces too many."""
    bare = unicodedata.normalize("NFKD", heading.replace("\u2019", "'").replace("_", " ")).casefold()
    kept = "".join(character for character in bare if not unicodedata.combining(character))
    return " ".join(kept.split()).strip(" *:")


def column_of(heading: str) -> str | None:
    """The column that a heading means, in English or French; None when it means none."""
    return SYNONYMS.get(plain(heading))


def columns_in(cells: Sequence[str]) -> frozenset[str]:
    """The columns that the cells of a row name."""
    return frozenset(column for cell in cells[:MOST_COLUMNS] if (column := column_of(cell)))


def heading_among(rows: Sequence[Sequence[str]]) -> int:
    """The place of the heading among the first rows: the first, or one below it with code and more names of columns."""
    named = [columns_in(cells) for cells in rows]
    below = [place for place, columns in enumerate(named) if "code" in columns]
    return max([0, *below], key=lambda place: len(named[place]))


def places(heading: Sequence[str], table: Table, *, row: int, many: bool) -> dict[str, int] | None:
    """Where each column stands, from 0, for those that are there; None when rows cannot be read with this heading.

    Findings about the heading go into the table. Columns without a name are the caller's to watch.
    """
    known = columns_for(many=many)
    if len(heading) > MOST_COLUMNS and any(heading[MOST_COLUMNS:]):
        table.find(row, None, "answers.too_many_columns", {"columns": len(heading), "expected": known})
        return None
    found: dict[str, int] = {}
    before = len(table.findings)
    for place, written in enumerate(heading[:MOST_COLUMNS]):
        column = column_of(written)
        if column is None or column not in known:
            _not_known(written, column, table, row, known)
        elif column in found:
            parameters = {"column": column, "heading": shown(written), "first": shown(heading[found[column]])}
            table.find(row, column, "answers.column_twice", parameters)
        else:
            found[column] = place
    if not found and any(map(plain, heading)):
        del table.findings[before:]
        shown_row = shown(", ".join(heading[:MOST_COLUMNS]))
        table.find(
            row, None, "answers.no_heading", {"found": shown_row, "expected": ", ".join(known[: len(known) - 5])}
        )
        return None
    table.headings = {
        column: shown(heading[place].strip()) for column, place in found.items() if plain(heading[place]) != column
    }
    missing = [name for name in known if name not in found and (name in REQUIRED or name == ADMINISTRATION)]
    for name in missing:
        table.find(row, name, "answers.missing_column", {"column": name, "expected": known})
    return None if missing else found


def _not_known(written: str, column: str | None, table: Table, row: int, known: tuple[str, ...]) -> None:
    if not plain(written) or plain(written) in EXPLAINING:
        return
    if column == ADMINISTRATION:
        table.find(row, ADMINISTRATION, "answers.administration_unexpected")
        return
    like = nearest(plain(written), SYNONYMS)
    parameters: dict[str, Parameter] = {"heading": shown(written), "expected": known}
    if like is not None:
        parameters |= {"like": SYNONYMS[like], "advice": "did_you_mean"}
    table.find(row, shown(written), "answers.unknown_column", parameters)
