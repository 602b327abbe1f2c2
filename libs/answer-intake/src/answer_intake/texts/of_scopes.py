"""Words for rows that do not belong to what a file is to replace."""

from answer_intake.texts.form import Entry, Texts, Words

OF_SCOPES: Texts = {
    "answers.out_of_scope": Entry(
        Words(
            "{code} for {year} is not part of {scope}, which this file replaces.",
            "Leave the row out, or choose a scope that has it.",
            "Answers that are not part of {scope}, which this file replaces",
        ),
        Words(
            "{code} pour {year} ne fait pas partie de {scope}, que ce fichier remplace.",
            "Retirez la ligne, ou choisissez une portée qui la contient.",
            "Réponses qui ne font pas partie de {scope}, que ce fichier remplace",
        ),
    ),
    "answers.out_of_scope:kpi": Entry(
        Words(
            "The claim about {code} is not part of {scope}, which this file replaces.",
            "Leave the row out; claims belong to the scopes all and node.",
            "Claims that are not part of {scope}, which this file replaces",
        ),
        Words(
            "La déclaration sur {code} ne fait pas partie de {scope}, que ce fichier remplace.",
            "Retirez la ligne ; les déclarations font partie des portées all et node.",
            "Déclarations qui ne font pas partie de {scope}, que ce fichier remplace",
        ),
    ),
}
