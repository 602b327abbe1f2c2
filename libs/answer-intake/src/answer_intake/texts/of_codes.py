"""Words for codes: of inputs, KPIs and administrations."""

from answer_intake.texts.form import Entry, Texts, Words

OF_CODES: Texts = {
    "answers.code_required": Entry(
        Words(
            "The code is missing.", "Give the code of the input, or of the KPI to be left out, as the framework has it."
        ),
        Words(
            "Le code manque.",
            "Donnez le code de la donnée, ou du KPI à écarter, tel qu'il figure dans le cadre.",
        ),
    ),
    "answers.code_not_text": Entry(
        Words("A code must be text; “{found}” is not.", "Put it into quotes.", "Codes that are not text"),
        Words(
            "Un code doit être un texte ; « {found} » n'en est pas un.",
            "Mettez-le entre guillemets.",
            "Codes qui ne sont pas du texte",
        ),
    ),
    "answers.administration_required": Entry(
        Words("The administration is missing.", "Give its code in each row."),
        Words("L'administration manque.", "Donnez son code sur chaque ligne."),
    ),
    "answers.administration_not_text": Entry(
        Words(
            "The code of an administration must be text; “{found}” is not.",
            "Put it into quotes.",
            "Codes of administrations that are not text",
        ),
        Words(
            "Le code d'une administration doit être un texte ; « {found} » n'en est pas un.",
            "Mettez-le entre guillemets.",
            "Codes d'administrations qui ne sont pas du texte",
        ),
    ),
    "answers.unknown_administration": Entry(
        Words("No administration {found} takes part in this cycle.", "Take the codes from the register of the cycle."),
        Words("Aucune administration {found} ne participe à ce cycle.", "Reprenez les codes du registre du cycle."),
    ),
    "answers.unknown_input": Entry(
        Words("The framework has no input {found}.", "Take the codes from the framework or from the template."),
        Words("Le cadre n'a pas de donnée {found}.", "Reprenez les codes du cadre ou du modèle."),
    ),
    "answers.unknown_kpi": Entry(
        Words("The framework has no KPI {found}.", "Take the codes from the framework or from the template."),
        Words("Le cadre n'a pas de KPI {found}.", "Reprenez les codes du cadre ou du modèle."),
    ),
    "answers.mangled_code": Entry(
        Words(
            "“{found}” is no code; a spreadsheet program has probably turned a code into it.",
            "Format the column as text, then enter the code again.",
        ),
        Words(
            "« {found} » n'est pas un code ; un tableur a sans doute transformé le code.",
            "Mettez la colonne au format texte, puis saisissez de nouveau le code.",
        ),
    ),
    "answers.kpi_not_input": Entry(
        Words(
            "{kpi} is a KPI: it is calculated, never sent.",
            "Send the inputs of its formula, or, to leave the KPI out, write not_applicable or opted_out into state, "
            "with a reason.",
        ),
        Words(
            "{kpi} est un KPI : il est calculé, jamais envoyé.",
            "Envoyez les données de sa formule, ou, pour écarter le KPI, écrivez not_applicable (sans objet) "
            "ou opted_out (écarté) dans state (état), avec un motif.",
        ),
    ),
    "answers.input_not_kpi": Entry(
        Words(
            "{input} is an input; {state} can be said of a KPI only.",
            "For an input without a figure, write missing into state; to leave a KPI out, give the KPI's code.",
        ),
        Words(
            "{input} est une donnée ; {state} ne se dit que d'un KPI.",
            "Pour une donnée sans chiffre, écrivez missing (manquant) dans state (état) ; "
            "pour écarter un KPI, donnez le code du KPI.",
        ),
    ),
    "answers.claim_not_allowed": Entry(
        Words("The framework does not allow {state} for {kpi}.", "Send the inputs of its formula."),
        Words("Le cadre n'admet pas {state} pour {kpi}.", "Envoyez les données de sa formule."),
    ),
}
