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
            "{code}, a KPI left out, is not part of {scope}, which this file replaces.",
            "Take the row out; KPIs left out belong to the scopes all and node.",
            "KPIs left out that are not part of {scope}, which this file replaces",
        ),
        Words(
            "{code}, un KPI écarté, ne fait pas partie de {scope}, que ce fichier remplace.",
            "Retirez la ligne ; les KPI écartés font partie des portées all et node.",
            "KPI écartés qui ne font pas partie de {scope}, que ce fichier remplace",
        ),
    ),
}
