"""Words for states, observation statuses, periods, reasons and comments."""

from answer_intake.texts.form import Entry, Texts, Words

_KINDS = {
    "missing": ("A missing figure", "Un chiffre manquant", "Leave it empty.", "Laissez la cellule vide."),
    "claim": (
        "A row that leaves a KPI out",
        "Une ligne qui écarte un KPI",
        "Leave it empty: only code, state and reason are needed.",
        "Laissez la cellule vide : code, state (état) et reason (motif) suffisent.",
    ),
    "taking_back": (
        "A row that takes a KPI in again",
        "Une ligne qui reprend un KPI écarté",
        "Leave it empty: only code and state are needed.",
        "Laissez la cellule vide : code et state (état) suffisent.",
    ),
    "deletion": (
        "A row that deletes an answer",
        "Une ligne qui supprime une réponse",
        "Leave it empty: only code, year and state are needed.",
        "Laissez la cellule vide : code, year (année) et state (état) suffisent.",
    ),
}
_NOUNS = {
    "year": "d'année",
    "value": "de valeur",
    "comment": "de commentaire",
    "status": "de statut",
    "reason": "de motif",
    "period": "de période",
}
_UNEXPECTED: Texts = {
    f"answers.{column}_unexpected:{kind}": Entry(
        Words(f"{en} has no {column}.", en_hint), Words(f"{fr} n'a pas {noun}.", fr_hint)
    )
    for column, noun in _NOUNS.items()
    for kind, (en, fr, en_hint, fr_hint) in _KINDS.items()
}


def _of_text(column: str, noun: str) -> Texts:
    return {
        f"answers.{column}_not_text": Entry(
            Words(
                f"The {column} must be text; “{{found}}” is not.",
                "Put it into quotes.",
                f"{column.capitalize()} that is no text",
            ),
            Words(
                f"Le {noun} doit être un texte ; « {{found}} » n'en est pas un.",
                "Mettez-le entre guillemets.",
                f"{noun.capitalize()} qui n'est pas un texte",
            ),
        ),
        f"answers.{column}_too_long": Entry(
            Words(
                f"The {column} has {{characters}} characters.",
                "Shorten it to {most}.",
                f"{column.capitalize()} too long",
            ),
            Words(
                f"Le {noun} compte {{characters}} caractères.", "Ramenez-le à {most}.", f"{noun.capitalize()} trop long"
            ),
        ),
        f"answers.{column}_unwritable": Entry(
            Words(f"The {column} has control characters that cannot be kept.", "Type the text again or remove them."),
            Words(
                f"Le {noun} contient des caractères de contrôle qui ne peuvent être conservés.",
                "Saisissez de nouveau le texte ou supprimez-les.",
            ),
        ),
    }


OF_STATES: Texts = {
    **_UNEXPECTED,
    "answers.value_unexpected:missing": Entry(
        Words("A missing figure has no value.", "Leave value empty, or leave state empty if this is the figure."),
        Words(
            "Un chiffre manquant n'a pas de valeur.",
            "Laissez value (valeur) vide, ou laissez state (état) vide si c'est bien le chiffre.",
        ),
    ),
    **_of_text("reason", "motif"),
    **_of_text("comment", "commentaire"),
    "answers.unknown_state": Entry(
        Words("There is no state “{found}”.", "Leave it empty for a figure, or write {states}."),
        Words("Il n'y a pas d'état « {found} ».", "Laissez vide pour un chiffre, ou écrivez {states}."),
    ),
    "answers.unknown_state:claim": Entry(
        Words("There is no state “{found}” for a KPI.", "Leave it empty to keep the KPI, or write {states}."),
        Words("Il n'y a pas d'état « {found} » pour un KPI.", "Laissez vide pour garder le KPI, ou écrivez {states}."),
    ),
    "answers.unknown_status": Entry(
        Words(
            "There is no observation status “{found}”.",
            "Leave it empty for a normal value, or write E (estimated), P (provisional) or B (break in series).",
        ),
        Words(
            "Il n'y a pas de statut d'observation « {found} ».",
            "Laissez vide pour une valeur normale, ou écrivez E (estimée), P (provisoire) ou B (rupture de série).",
        ),
    ),
    "answers.reason_required": Entry(
        Words("The reason is missing.", "Say in a sentence why this KPI is left out."),
        Words("Le motif manque.", "Dites en une phrase pourquoi ce KPI est laissé de côté."),
    ),
    "answers.not_a_period": Entry(
        Words(
            "“{found}” is not a period.",
            "Write its first and last day, like 2023-07-01/2024-06-30; leave it empty for the calendar year.",
        ),
        Words(
            "« {found} » n'est pas une période.",
            "Écrivez son premier et son dernier jour, comme 2023-07-01/2024-06-30 ; laissez vide pour l'année civile.",
        ),
    ),
    "answers.period_backwards": Entry(
        Words("{found} ends before it begins.", "Write the first day, then the last."),
        Words("{found} finit avant de commencer.", "Écrivez le premier jour, puis le dernier."),
    ),
    "answers.period_length": Entry(
        Words(
            "{found} has {days} days; a fiscal year has twelve months.",
            "Check both days; they are part of the period.",
        ),
        Words(
            "{found} compte {days} jours ; un exercice compte douze mois.",
            "Vérifiez les deux jours ; ils font partie de la période.",
        ),
    ),
    "answers.period_elsewhere": Entry(
        Words("{found} has no day in {year}.", "Check the period and the year."),
        Words("{found} n'a aucun jour en {year}.", "Vérifiez la période et l'année."),
    ),
    "answers.period_refused": Entry(
        Words(
            "{input} is asked for the calendar year; figures of a fiscal year ({found}) are not taken.",
            "Give the figure of the calendar year and leave period empty.",
            "{input} is asked for the calendar year; figures of a fiscal year are not taken",
        ),
        Words(
            "{input} est demandé pour l'année civile ; les chiffres d'un exercice ({found}) ne sont pas admis.",
            "Donnez le chiffre de l'année civile et laissez period (période) vide.",
            "{input} est demandé pour l'année civile ; les chiffres d'un exercice ne sont pas admis",
        ),
    ),
    "answers.fiscal_period": Entry(
        Words(
            "{input} for {year} is of the fiscal year {period}; KPIs that use it are marked as less comparable.",
            "Nothing needs to be done.",
            "Figures of a fiscal year; KPIs that use them are marked as less comparable",
        ),
        Words(
            "{input} pour {year} porte sur l'exercice {period} ; "
            "les KPI qui l'utilisent sont signalés comme moins comparables.",
            "Il n'y a rien à faire.",
            "Chiffres d'un exercice ; les KPI qui les utilisent sont signalés comme moins comparables",
        ),
    ),
}
