"""Words for figures and calendar years."""

from answer_intake.texts.form import Entry, Texts, Words

OF_VALUES: Texts = {
    "answers.year_required": Entry(
        Words("The year is missing.", "Write the calendar year with four digits, like 2024."),
        Words("L'année manque.", "Écrivez l'année civile avec quatre chiffres, comme 2024."),
    ),
    "answers.not_a_year": Entry(
        Words(
            "“{found}” is not a calendar year.",
            "Write the calendar year with four digits, like 2024.",
            "Not a calendar year",
        ),
        Words(
            "« {found} » n'est pas une année civile.",
            "Écrivez l'année civile avec quatre chiffres, comme 2024.",
            "Ce n'est pas une année civile",
        ),
    ),
    "answers.wrong_year": Entry(
        Words("{input} is not asked for {year}.", "For {input} give {years}."),
        Words("{input} n'est pas demandé pour {year}.", "Pour {input}, donnez {years}."),
    ),
    "answers.value_required": Entry(
        Words(
            "The value is missing.",
            "Give the figure. If there is none, write missing into state; to delete an answer, write none.",
        ),
        Words(
            "La valeur manque.",
            "Donnez le chiffre. S'il n'existe pas, écrivez missing (manquant) dans state (état) ; "
            "pour supprimer une réponse, écrivez none.",
        ),
    ),
    "answers.not_a_number": Entry(
        Words(
            "“{found}” is not a number.",
            "Write digits with a decimal point, like 1234.5, without unit, currency or separator between thousands.",
            "Not a number",
        ),
        Words(
            "« {found} » n'est pas un nombre.",
            "Écrivez des chiffres avec un point décimal, comme 1234.5, sans unité, monnaie ni séparateur de milliers.",
            "Ce n'est pas un nombre",
        ),
    ),
    "answers.number_as_text": Entry(
        Words("“{found}” is text, not a number.", "Send {found} without quotes.", "Numbers sent as text"),
        Words(
            "« {found} » est un texte, pas un nombre.",
            "Envoyez {found} sans guillemets.",
            "Nombres envoyés comme du texte",
        ),
    ),
    "answers.ambiguous_number": Entry(
        Words(
            "“{found}” can be read as {first} or as {second}.",
            "Write {write} or {second}: decimals with one mark throughout the file, thousands without separator.",
            "Numbers that can be read in two ways",
        ),
        Words(
            "« {found} » peut se lire {first} ou {second}.",
            "Écrivez {write} ou {second} : les décimales avec un même signe dans tout le fichier, "
            "les milliers sans séparateur.",
            "Nombres qui peuvent se lire de deux façons",
        ),
    ),
    "answers.mixed_decimals": Entry(
        Words(
            "“{found}” can be read as {first} or as {second}: "
            "row {comma_row} has a decimal comma, row {point_row} a decimal point.",
            "Write decimals with a point throughout the file, and thousands without separator.",
            "Decimal commas (row {comma_row}) and decimal points (row {point_row}) in one file",
        ),
        Words(
            "« {found} » peut se lire {first} ou {second} : "
            "la ligne {comma_row} a une virgule décimale, la ligne {point_row} un point décimal.",
            "Écrivez les décimales avec un point dans tout le fichier, et les milliers sans séparateur.",
            "Virgules décimales (ligne {comma_row}) et points décimaux (ligne {point_row}) dans un même fichier",
        ),
    ),
    "answers.decimal_comma": Entry(
        Words(
            "Decimals in this file have a comma: {found} was read as {first}.",
            "Nothing needs to be done if that is right; else write decimals with a point.",
        ),
        Words(
            "Les décimales de ce fichier ont une virgule : {found} a été lu {first}.",
            "Si c'est exact, il n'y a rien à faire ; sinon, écrivez les décimales avec un point.",
        ),
    ),
    "answers.looks_like_date": Entry(
        Words(
            "“{found}” is a date, not a number; a spreadsheet program may have turned a number into it.",
            "Format the column as number, then enter the figure again.",
            "Dates where a number is expected",
        ),
        Words(
            "« {found} » est une date, pas un nombre ; un tableur a pu transformer un nombre en date.",
            "Mettez la colonne au format nombre, puis saisissez de nouveau le chiffre.",
            "Dates à la place d'un nombre",
        ),
    ),
    "answers.spreadsheet_error": Entry(
        Words(
            "“{found}” is the error of a formula in a spreadsheet.",
            "Mend the formula, or write missing into state and leave value empty.",
        ),
        Words(
            "« {found} » est l'erreur d'une formule de tableur.",
            "Corrigez la formule, ou écrivez missing (manquant) dans state (état) et laissez value (valeur) vide.",
        ),
    ),
    "answers.not_finite": Entry(
        Words(
            "“{found}” is not a number that can be kept.",
            "If there is no figure, leave value empty and write missing into state.",
        ),
        Words(
            "« {found} » n'est pas un nombre qui puisse être conservé.",
            "S'il n'y a pas de chiffre, laissez value (valeur) vide et écrivez missing (manquant) dans state (état).",
        ),
    ),
    "answers.too_large": Entry(
        Words(
            "{found} is far too large to be kept.",
            "Check the figure; one with an E, like 1E400, has that many zeros.",
            "Numbers too large to be kept",
        ),
        Words(
            "{found} est bien trop grand pour être conservé.",
            "Vérifiez le chiffre ; avec un E, comme 1E400, il a autant de zéros.",
            "Nombres trop grands pour être conservés",
        ),
    ),
    "answers.too_many_digits": Entry(
        Words(
            "{found} has more digits than can be kept without loss.",
            "Numbers are kept with 15 to 17 significant digits. Send {kept} if that is what you mean.",
            "Numbers with more digits than can be kept",
        ),
        Words(
            "{found} a plus de chiffres qu'il n'est possible d'en conserver sans perte.",
            "Les nombres sont conservés avec 15 à 17 chiffres significatifs. Envoyez {kept} si c'est bien cela.",
            "Nombres avec plus de chiffres qu'il n'est possible d'en conserver",
        ),
    ),
    "answers.below_minimum": Entry(
        Words(
            "{value} is below the minimum, {minimum}.",
            "Check the figure and its unit.",
            "Figures below the minimum, {minimum}",
        ),
        Words(
            "{value} est inférieur au minimum, {minimum}.",
            "Vérifiez le chiffre et son unité.",
            "Chiffres inférieurs au minimum, {minimum}",
        ),
    ),
    "answers.above_maximum": Entry(
        Words(
            "{value} is above the maximum, {maximum}.",
            "Check the figure and its unit.",
            "Figures above the maximum, {maximum}",
        ),
        Words(
            "{value} est supérieur au maximum, {maximum}.",
            "Vérifiez le chiffre et son unité.",
            "Chiffres supérieurs au maximum, {maximum}",
        ),
    ),
    "answers.not_whole": Entry(
        Words(
            "{value} is not a whole number.",
            "This figure is asked for without decimals. Check the figure and its unit.",
            "Figures that should be whole numbers",
        ),
        Words(
            "{value} n'est pas un nombre entier.",
            "Ce chiffre est demandé sans décimales. Vérifiez-le, ainsi que son unité.",
            "Chiffres qui devraient être des nombres entiers",
        ),
    ),
}
