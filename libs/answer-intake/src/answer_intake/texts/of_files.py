"""Words for files that cannot be read, or not as what they were sent as."""

from answer_intake.texts.form import Entry, Texts, Words

OF_FILES: Texts = {
    "answers.empty": Entry(
        Words("There is not a single row with answers here.", "Send at least one."),
        Words("Il n'y a ici aucune ligne de réponses.", "Envoyez-en au moins une."),
    ),
    "answers.too_many_rows": Entry(
        Words("A file has at most {most} rows.", "Send it in parts."),
        Words("Un fichier compte au plus {most} lignes.", "Envoyez-le en plusieurs parties."),
    ),
    "answers.encoding": Entry(
        Words(
            "This is not {encoding}: byte {byte}, in line {line}, does not fit.",
            "Save the file as UTF-8 and send it again.",
        ),
        Words(
            "Ce n'est pas de l'{encoding} : l'octet {byte}, à la ligne {line}, ne convient pas.",
            "Enregistrez le fichier en UTF-8 et envoyez-le de nouveau.",
        ),
    ),
    "answers.encoding_assumed": Entry(
        Words(
            "The file is not UTF-8 (see line {line}); it was read as Windows-1252.",
            "Check that accents came through. To be sure, save the file as CSV UTF-8.",
        ),
        Words(
            "Le fichier n'est pas en UTF-8 (voir la ligne {line}) ; il a été lu en Windows-1252.",
            "Vérifiez les accents. Pour plus de sûreté, enregistrez le fichier au format CSV UTF-8.",
        ),
    ),
    "answers.nul": Entry(
        Words("Line {line} has a NUL character, which no text has.", "Save the file as CSV UTF-8 and send it again."),
        Words(
            "La ligne {line} contient un caractère NUL, qu'aucun texte ne contient.",
            "Enregistrez le fichier au format CSV UTF-8 et envoyez-le de nouveau.",
        ),
    ),
    "answers.other_format": Entry(
        Words("This was sent as {format}, but it is something else.", "Send it as what it is."),
        Words("Ce fichier a été envoyé comme {format}, mais c'est autre chose.", "Envoyez-le pour ce qu'il est."),
    ),
    "answers.not_csv": Entry(
        Words("From line {line} on, this is not CSV any more.", "Save the file as CSV again."),
        Words("À partir de la ligne {line}, ce n'est plus du CSV.", "Enregistrez de nouveau le fichier en CSV."),
    ),
    "answers.malformed": Entry(
        Words(
            "This is not JSON: it stops making sense in line {line}, column {position}.",
            "Mend this place; what follows it was not read.",
        ),
        Words(
            "Ce n'est pas du JSON : la lecture s'arrête à la ligne {line}, colonne {position}.",
            "Corrigez cet endroit ; la suite n'a pas été lue.",
        ),
    ),
    "answers.nested_too_deeply": Entry(
        Words("The JSON is nested too deeply.", 'Send {{"answers": [{{"code": ..., "year": ..., "value": ...}}]}}.'),
        Words(
            "Le JSON est imbriqué trop profondément.",
            'Envoyez {{"answers": [{{"code": ..., "year": ..., "value": ...}}]}}.',
        ),
    ),
    "answers.line_malformed": Entry(
        Words(
            "This line is not JSON: it stops making sense at character {position}.",
            "Mend this line; the other lines were read.",
            "Lines that are not JSON",
        ),
        Words(
            "Cette ligne n'est pas du JSON : la lecture s'arrête au caractère {position}.",
            "Corrigez cette ligne ; les autres ont été lues.",
            "Lignes qui ne sont pas du JSON",
        ),
    ),
    "answers.line_nested_too_deeply": Entry(
        Words("This line is nested too deeply.", 'Send {{"code": ..., "year": ..., "value": ...}} on each line.'),
        Words(
            "Cette ligne est imbriquée trop profondément.",
            'Envoyez {{"code": ..., "year": ..., "value": ...}} sur chaque ligne.',
        ),
    ),
    "answers.line_encoding": Entry(
        Words(
            "This line is not UTF-8: character {position} does not fit.",
            "Write the file in UTF-8; the other lines were read.",
            "Lines that are not UTF-8",
        ),
        Words(
            "Cette ligne n'est pas en UTF-8 : le caractère {position} ne convient pas.",
            "Écrivez le fichier en UTF-8 ; les autres lignes ont été lues.",
            "Lignes qui ne sont pas en UTF-8",
        ),
    ),
    "answers.not_an_object": Entry(
        Words("This is not a JSON object.", 'Send {{"code": ..., "year": ..., "value": ...}}.'),
        Words("Ce n'est pas un objet JSON.", 'Envoyez {{"code": ..., "year": ..., "value": ...}}.'),
    ),
    "answers.no_list": Entry(
        Words(
            "The field answers must be there and be a list.",
            'Send {{"answers": [{{"code": ..., "year": ..., "value": ...}}]}}.',
        ),
        Words(
            "Le champ answers doit être présent et être une liste.",
            'Envoyez {{"answers": [{{"code": ..., "year": ..., "value": ...}}]}}.',
        ),
    ),
    "answers.field_twice": Entry(
        Words("A field stands twice here.", "Keep one of them."),
        Words("Un champ figure deux fois ici.", "Gardez-en un seul."),
    ),
    "answers.too_many_fields": Entry(
        Words("This item has {fields} fields.", "Known fields: {expected}.", "Items with far too many fields"),
        Words(
            "Cet élément compte {fields} champs.", "Champs connus : {expected}.", "Éléments avec bien trop de champs"
        ),
    ),
    "answers.unknown_field": Entry(
        Words("The field “{heading}” is not known here.", "Known fields: {expected}."),
        Words("Le champ « {heading} » n'est pas connu ici.", "Champs connus : {expected}."),
    ),
}
