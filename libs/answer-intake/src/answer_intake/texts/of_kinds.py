"""Words for files that are never answers, whatever they were sent as."""

from answer_intake.texts.form import Entry, Texts, Words

_KINDS = {
    "pdf": ("a PDF", "un PDF"),
    "picture": ("a picture", "une image"),
    "open_document": ("an OpenDocument file (like .ods)", "un fichier OpenDocument (comme .ods)"),
    "archive": ("an archive (like ZIP or GZIP)", "une archive (comme ZIP ou GZIP)"),
}
OF_KINDS: Texts = {
    f"{code}:{kind}": Entry(
        Words(
            f"This is {english}; answers are not read from it.",
            "Send the workbook (.xlsx) or a CSV file. Files that support a figure go to evidence.",
        ),
        Words(
            f"C'est {french} ; les réponses n'y sont pas lues.",
            "Envoyez le classeur (.xlsx) ou un fichier CSV. Ce qui appuie un chiffre va aux justificatifs.",
        ),
    )
    for code in ("answers.other_format", "workbook.not_a_workbook")
    for kind, (english, french) in _KINDS.items()
}
