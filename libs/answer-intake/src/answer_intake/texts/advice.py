"""Hints that stand in place of a code's own where more is known: what exactly to do, in English and French."""

from collections.abc import Mapping
from typing import NamedTuple


class Hint(NamedTuple):
    """A hint in each language."""

    en: str
    fr: str


ADVICE: Mapping[str, Hint] = {
    "did_you_mean": Hint("Did you mean {like}?", "Vouliez-vous dire {like} ?"),
    "mangled_from": Hint(
        "Did you mean {like}? Format the column as text so that spreadsheets leave codes alone.",
        "Vouliez-vous dire {like} ? Mettez la colonne au format texte pour que le tableur n'altère pas les codes.",
    ),
    "na_lost": Hint(
        "Give its code. Where it is NA, your software may have taken it for an empty cell.",
        "Donnez son code. Si c'est NA, votre logiciel l'a peut-être pris pour une cellule vide.",
    ),
    "no_claims": Hint(
        "It can be left out by nobody: send the inputs of its formula.",
        "Personne ne peut l'écarter : envoyez les données de sa formule.",
    ),
    "other_claims": Hint(
        "The only state that it may have is {allowed}; else send the inputs of its formula.",
        "Le seul état admis est {allowed} ; sinon, envoyez les données de sa formule.",
    ),
    "no_figure": Hint(
        "If there is no figure, leave value empty and write missing into state.",
        "S'il n'y a pas de chiffre, laissez value (valeur) vide et écrivez missing (manquant) dans state (état).",
    ),
    "truth_value": Hint(
        "A figure is needed here. Write 1 for yes and 0 for no if that is what is asked for.",
        "Il faut ici un chiffre. Écrivez 1 pour oui et 0 pour non si c'est bien ce qui est demandé.",
    ),
    "mend_formula": Hint(
        "This is the error of a formula in a spreadsheet. Mend the formula.",
        "C'est l'erreur d'une formule de tableur. Corrigez la formule.",
    ),
    "formula": Hint(
        "This is a formula of a spreadsheet. Save its result instead.",
        "C'est une formule de tableur. Enregistrez plutôt son résultat.",
    ),
    "percent_sign": Hint(
        "Leave the percent sign out; the unit of the input says how the figure is meant.",
        "Retirez le signe pour cent ; l'unité de la donnée dit comment le chiffre s'entend.",
    ),
    "separators": Hint(
        "Write the figure without separators between thousands, and decimals with a point.",
        "Écrivez le chiffre sans séparateur de milliers, et les décimales avec un point.",
    ),
    "whole_form": Hint(
        "Write it like 12 or 0.5: a digit before and after the point, no plus sign.",
        "Écrivez-le comme 12 ou 0.5 : un chiffre avant et après le point, sans signe plus.",
    ),
    "digits": Hint(
        "Write digits with a decimal point, like 1234.5, without unit, currency or separator between thousands.",
        "Écrivez des chiffres avec un point décimal, comme 1234.5, sans unité, monnaie ni séparateur de milliers.",
    ),
    "one_number": Hint("Send one number.", "Envoyez un seul nombre."),
    "round": Hint(
        "Numbers are kept with 15 to 17 significant digits; round the figure.",
        "Les nombres sont conservés avec 15 à 17 chiffres significatifs ; arrondissez le chiffre.",
    ),
    "years_asked": Hint("For {input} give {years}.", "Pour {input}, donnez {years}."),
    "year_unquoted": Hint("Write {year} without quotes.", "Écrivez {year} sans guillemets."),
    "year_plainly": Hint("Write {year}.", "Écrivez {year}."),
    "year_is_date": Hint(
        "This is a date. Write the calendar year alone: {year}.",
        "C'est une date. Écrivez seulement l'année civile : {year}.",
    ),
    "year_is_serial_day": Hint(
        "A spreadsheet stores the day {day} like this. If that is meant, write {year}.",
        "Un tableur enregistre ainsi le jour {day}. Si c'est bien cela, écrivez {year}.",
    ),
    "year_is_fiscal": Hint(
        "This is a fiscal year. Write the calendar year it is reported for, and its first and last day into period.",
        "C'est un exercice. Écrivez l'année civile pour laquelle il est déclaré, "
        "et son premier et son dernier jour dans period (période).",
    ),
    "year_not_fiscal": Hint(
        "{input} is not taken for fiscal years. Give the figure of a calendar year: {years}.",
        "{input} ne se donne pas par exercice. Donnez le chiffre d'une année civile : {years}.",
    ),
    "is_workbook": Hint(
        "This is a workbook (XLSX) or an archive. Send a workbook as "
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, or save it as CSV UTF-8.",
        "C'est un classeur (XLSX) ou une archive. Envoyez un classeur comme "
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, ou enregistrez-le au format CSV UTF-8.",
    ),
    "is_old_workbook": Hint(
        "This is a workbook in the old format (XLS), or one with a password. Save it as XLSX or as CSV UTF-8.",
        "C'est un classeur à l'ancien format (XLS), ou protégé par un mot de passe. "
        "Enregistrez-le au format XLSX ou CSV UTF-8.",
    ),
    "is_markup": Hint(
        "This is HTML or XML, perhaps a page that asks to sign in. Open the file and see what was saved.",
        "C'est du HTML ou du XML, peut-être une page de connexion. Ouvrez le fichier et voyez ce qui a été enregistré.",
    ),
    "is_json": Hint(
        "This looks like JSON. Send it as application/json.",
        "Cela ressemble à du JSON. Envoyez-le comme application/json.",
    ),
    "close_quotes": Hint(
        "Close every quote; write a quote inside quotes twice.",
        "Fermez tous les guillemets ; à l'intérieur de guillemets, doublez-les.",
    ),
    "field_too_long": Hint(
        "A cell has more than 131,072 characters; probably a quote was never closed.",
        "Une cellule dépasse 131 072 caractères ; un guillemet n'a sans doute pas été fermé.",
    ),
    "bare_list": Hint(
        'This is a bare list. Send {{"answers": [...]}} with the list inside.',
        "C'est une liste seule. Envoyez {{\"answers\": [...]}} avec la liste à l'intérieur.",
    ),
    "whole_document": Hint(
        'Send {{"answers": [{{"code": ..., "year": ..., "value": ...}}]}}.',
        'Envoyez {{"answers": [{{"code": ..., "year": ..., "value": ...}}]}}.',
    ),
    "item": Hint(
        'Each answer is an object: {{"code": ..., "year": ..., "value": ...}}.',
        'Chaque réponse est un objet : {{"code": ..., "year": ..., "value": ...}}.',
    ),
    "json_value": Hint(
        'A value is expected here, like 12.5, "text" or null. A comma before ] or }} is one too many.',
        'Une valeur est attendue ici, comme 12.5, "texte" ou null. Une virgule avant ] ou }} est de trop.',
    ),
    "json_name": Hint(
        "The name of a field is expected here, in double quotes. A comma before }} is one too many, and decimals are "
        "written with a point.",
        "Le nom d'un champ est attendu ici, entre guillemets droits doubles. Une virgule avant }} est de trop, et les "
        "décimales s'écrivent avec un point.",
    ),
    "json_colon": Hint(
        "A colon is expected here, between name and value.",
        "Deux-points sont attendus ici, entre le nom et la valeur.",
    ),
    "json_comma": Hint(
        "A comma or the closing bracket is expected here. Decimals are written with a point.",
        "Une virgule ou le crochet fermant est attendu ici. Les décimales s'écrivent avec un point.",
    ),
    "json_end": Hint("Nothing more is expected here.", "Plus rien n'est attendu ici."),
    "json_control": Hint(
        "A line break or tab inside a text is written \\n or \\t.",
        "Un saut de ligne ou une tabulation dans un texte s'écrit \\n ou \\t.",
    ),
    "json_quote": Hint("The text that begins here is never closed.", "Le texte qui commence ici n'est jamais fermé."),
    "json_other": Hint("Mend this place.", "Corrigez cet endroit."),
}
