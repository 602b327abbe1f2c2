"""Words for workbooks: what keeps one from being read, and what stands in its cells."""

from answer_intake.texts.form import Entry, Texts, Words

_SAVE = "Open the file in your spreadsheet program and save it as an Excel workbook (.xlsx)."
_SAVE_FR = "Ouvrez le fichier dans votre tableur et enregistrez-le comme classeur Excel (.xlsx)."
_FRESH = "Copy the rows into a new workbook, or take the template, and send that."
_FRESH_FR = "Copiez les lignes dans un nouveau classeur, ou prenez le modèle, et envoyez-le."

_OF_BOOKS: Texts = {
    "workbook.not_a_workbook": Entry(
        Words("This is not an Excel workbook, whatever its name says.", _SAVE),
        Words("Ce n'est pas un classeur Excel, quel que soit son nom.", _SAVE_FR),
    ),
    "workbook.old_format": Entry(
        Words("This is a workbook of an old or binary format (.xls or .xlsb).", _SAVE),
        Words("C'est un classeur d'un format ancien ou binaire (.xls ou .xlsb).", _SAVE_FR),
    ),
    "workbook.encrypted": Entry(
        Words("The workbook is locked with a password.", "Save it without a password and send it again."),
        Words("Le classeur est protégé par un mot de passe.", "Enregistrez-le sans mot de passe et renvoyez-le."),
    ),
    "workbook.damaged": Entry(
        Words("The workbook is damaged or was not sent as a whole.", f"Send it again. If that does not help: {_SAVE}"),
        Words("Le classeur est abîmé ou n'est pas arrivé entier.", f"Renvoyez-le. Si cela n'aide pas : {_SAVE_FR}"),
    ),
    "workbook.macros": Entry(
        Words("The workbook has macros in it.", _SAVE),
        Words("Le classeur contient des macros.", _SAVE_FR),
    ),
    "workbook.too_many_parts": Entry(
        Words("The workbook has more sheets or other parts than are read ({most}).", _FRESH),
        Words("Le classeur a plus de feuilles ou d'autres parties qu'on n'en lit ({most}).", _FRESH_FR),
    ),
    "workbook.too_many_cells": Entry(
        Words("A sheet has more than {most} cells.", _FRESH),
        Words("Une feuille a plus de {most} cellules.", _FRESH_FR),
    ),
    "workbook.too_large": Entry(
        Words(
            "The workbook holds more than is read ({megabytes} MB unpacked), or is packed in an odd way.",
            _FRESH,
        ),
        Words(
            "Le classeur dépasse la limite ({megabytes} Mo décompressé) ou est compressé de façon anormale.",
            _FRESH_FR,
        ),
    ),
    "workbook.bad_names": Entry(
        Words("The file has parts with names that no spreadsheet program gives.", _SAVE),
        Words("Le fichier a des parties aux noms qu'aucun tableur ne donne.", _SAVE_FR),
    ),
    "workbook.doctype": Entry(
        Words("The workbook has something inside (XML entities) that no spreadsheet program writes.", _SAVE),
        Words("Le classeur contient des éléments (entités XML) qu'aucun tableur n'écrit.", _SAVE_FR),
    ),
    "workbook.no_sheet": Entry(
        Words("The workbook has no sheet with cells.", _SAVE),
        Words("Le classeur n'a aucune feuille de cellules.", _SAVE_FR),
    ),
    "workbook.no_heading": Entry(
        Words(
            "No sheet has a heading with code, year and value in its first 20 rows.",
            "Name the columns in one row: {expected}. Or take the template. Hidden sheets are not read.",
        ),
        Words(
            "Aucune feuille n'a d'en-tête avec code, année et valeur dans ses 20 premières lignes.",
            "Nommez les colonnes : {expected}. Ou prenez le modèle. Les feuilles masquées ne comptent pas.",
        ),
    ),
}
_OF_TEMPLATES: Texts = {
    "workbook.newer_template": Entry(
        Words("The template has the form {found}; this program knows {expected}.", "Bring the program up to date."),
        Words("Le modèle a la forme {found} ; ce programme connaît {expected}.", "Mettez le programme à jour."),
    ),
    "workbook.other_administration": Entry(
        Words("This template was made for {found}, not for {expected}.", "Send the template of {expected}."),
        Words("Ce modèle a été fait pour {found}, non pour {expected}.", "Envoyez le modèle de {expected}."),
    ),
    "workbook.other_cycle": Entry(
        Words(
            "This template was made for the cycle {found}, not for {expected}.",
            "Fetch the template of {expected} and copy the answers that still hold.",
        ),
        Words(
            "Ce modèle a été fait pour le cycle {found}, non pour {expected}.",
            "Prenez le modèle de {expected} et copiez-y les réponses encore valables.",
        ),
    ),
    "workbook.other_framework": Entry(
        Words(
            "This template was made for the framework version {found}; the cycle has {expected}.",
            "Fetch the template of this cycle anew and copy the answers into it.",
        ),
        Words(
            "Ce modèle a été fait pour la version {found} du cadre ; le cycle a {expected}.",
            "Reprenez le modèle de ce cycle et copiez-y les réponses.",
        ),
    ),
}
_OF_CELLS: Texts = {
    "workbook.percent": Entry(
        Words(
            "The cell shows {found}, but holds {second}.",
            "Format the cell as a number, then write {first} or {second} as the unit of the input means it.",
            "Percentages where a figure is needed",
        ),
        Words(
            "La cellule montre {found}, mais contient {second}.",
            "Mettez la cellule au format nombre, puis écrivez {first} ou {second}, selon l'unité de la donnée.",
            "Pourcentages là où il faut un chiffre",
        ),
    ),
    "workbook.formula_without_result": Entry(
        Words(
            "The formula in this cell has no result in the file.",
            "Open the file in a spreadsheet program, let it calculate, and save it; or write the figure itself.",
        ),
        Words(
            "La formule de cette cellule n'a pas de résultat dans le fichier.",
            "Ouvrez le fichier dans un tableur, laissez-le calculer et enregistrez-le ; ou écrivez le chiffre même.",
        ),
    ),
    "workbook.merged_cell": Entry(
        Words(
            "The cell is merged with {first}, so nothing stands in it.",
            "Unmerge the cells and fill in every row.",
            "Cells merged with others",
        ),
        Words(
            "La cellule est fusionnée avec {first} ; elle ne contient donc rien.",
            "Annulez la fusion et remplissez chaque ligne.",
            "Cellules fusionnées avec d'autres",
        ),
    ),
    "workbook.claim_without_state": Entry(
        Words(
            "There is a reason for {kpi}, but no state.",
            "Choose not applicable or opted out, or empty the reason.",
            "Reasons without a state",
        ),
        Words(
            "Il y a un motif pour {kpi}, mais pas d'état.",
            "Choisissez sans objet ou écarté, ou videz le motif.",
            "Motifs sans état",
        ),
    ),
    "workbook.sheet_not_read": Entry(
        Words(
            "The sheet “{sheet}” looks like answers, too, and was not read; “{read}” was.",
            "Put all rows onto one sheet.",
        ),
        Words(
            "La feuille « {sheet} » semble aussi contenir des réponses et n'a pas été lue ; « {read} » l'a été.",
            "Mettez toutes les lignes sur une même feuille.",
        ),
    ),
    "workbook.hidden_rows": Entry(
        Words(
            "Hidden rows were read like all others: {rows}, the first is row {first}.",
            "Delete them if they should not count.",
        ),
        Words(
            "Des lignes masquées ont été lues comme les autres : {rows}, la première est la ligne {first}.",
            "Supprimez-les si elles ne doivent pas compter.",
        ),
    ),
    "workbook.beside": Entry(
        Words(
            "Something stands in a column without a heading and was not read (first at {first}; cells: {cells}).",
            "Name the column in the heading if it should be read.",
        ),
        Words(
            "Une colonne sans en-tête n'a pas été lue (première cellule : {first} ; cellules : {cells}).",
            "Nommez la colonne dans l'en-tête si elle doit être lue.",
        ),
    ),
}
OF_WORKBOOKS: Texts = {**_OF_BOOKS, **_OF_TEMPLATES, **_OF_CELLS}
