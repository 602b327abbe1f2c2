"""Words for the heading and the shape of tables, and for rows that repeat or gainsay others."""

from answer_intake.texts.form import Entry, Texts, Words

OF_COLUMNS: Texts = {
    "answers.too_many_columns": Entry(
        Words("The heading has {columns} columns.", "Known columns: {expected}."),
        Words("L'en-tête compte {columns} colonnes.", "Colonnes connues : {expected}."),
    ),
    "answers.no_heading": Entry(
        Words("No column is named here: “{found}” is no heading.", "Begin with a heading, like {expected}."),
        Words(
            "Aucune colonne n'est nommée ici : « {found} » n'est pas un en-tête.",
            "Commencez par un en-tête, comme {expected}.",
        ),
    ),
    "answers.unknown_column": Entry(
        Words("The column “{heading}” is not known.", "Known columns: {expected}. Take out any other."),
        Words("La colonne « {heading} » n'est pas connue.", "Colonnes connues : {expected}. Supprimez les autres."),
    ),
    "answers.column_twice": Entry(
        Words("The columns “{first}” and “{heading}” mean the same.", "Keep one of them."),
        Words("Les colonnes « {first} » et « {heading} » désignent la même chose.", "Gardez-en une seule."),
    ),
    "answers.missing_column": Entry(
        Words("The column {column} is missing.", "Add it to the heading. Known columns: {expected}."),
        Words("La colonne {column} manque.", "Ajoutez-la à l'en-tête. Colonnes connues : {expected}."),
    ),
    "answers.nameless_column": Entry(
        Words(
            "“{found}” stands in column {place}, which has no name.",
            "Name the column in the heading, or empty it.",
            "Text in column {place}, which has no name",
        ),
        Words(
            "« {found} » figure dans la colonne {place}, qui n'a pas de nom.",
            "Nommez la colonne dans l'en-tête, ou videz-la.",
            "Contenu dans la colonne {place}, qui n'a pas de nom",
        ),
    ),
    "answers.too_many_cells": Entry(
        Words(
            "This row has {cells} cells, the heading has {columns}.",
            "Put texts that hold the separator into quotes, and write decimals with a point.",
        ),
        Words(
            "Cette ligne compte {cells} cellules, l'en-tête {columns}.",
            "Mettez entre guillemets les textes qui contiennent le séparateur, et écrivez les décimales avec un point.",
        ),
    ),
    "answers.administration_unexpected": Entry(
        Words(
            "The administration is not to be named here: this file is of one administration, known already.",
            "Take the administration out.",
        ),
        Words(
            "L'administration n'est pas à indiquer ici : ce fichier est celui d'une seule administration, déjà connue.",
            "Supprimez l'administration.",
        ),
    ),
    "answers.duplicate": Entry(
        Words(
            "This row repeats row {first}: the same answer for {input} in {year}. It counts once.",
            "Nothing needs to be done.",
            "Rows that repeat an earlier row; each answer counts once",
        ),
        Words(
            "Cette ligne répète la ligne {first} : même réponse pour {input} en {year}. Elle compte une seule fois.",
            "Il n'y a rien à faire.",
            "Lignes qui répètent une ligne précédente ; chaque réponse compte une seule fois",
        ),
    ),
    "answers.duplicate:kpi": Entry(
        Words(
            "This row repeats row {first}: the same answer for the KPI {input}. It counts once.",
            "Nothing needs to be done.",
            "Rows that repeat an earlier row; each answer counts once",
        ),
        Words(
            "Cette ligne répète la ligne {first} : même réponse pour le KPI {input}. Elle compte une seule fois.",
            "Il n'y a rien à faire.",
            "Lignes qui répètent une ligne précédente ; chaque réponse compte une seule fois",
        ),
    ),
    "answers.duplicate_disagrees": Entry(
        Words(
            "This row and row {first} give different answers for {input} in {year}.",
            "Delete the wrong row.",
            "Rows that disagree with an earlier row",
        ),
        Words(
            "Cette ligne et la ligne {first} donnent des réponses différentes pour {input} en {year}.",
            "Supprimez la ligne fausse.",
            "Lignes qui contredisent une ligne précédente",
        ),
    ),
    "answers.duplicate_disagrees:kpi": Entry(
        Words(
            "This row and row {first} give different answers for the KPI {input}.",
            "Delete the wrong row.",
            "Rows that disagree with an earlier row",
        ),
        Words(
            "Cette ligne et la ligne {first} donnent des réponses différentes pour le KPI {input}.",
            "Supprimez la ligne fausse.",
            "Lignes qui contredisent une ligne précédente",
        ),
    ),
}
