"""The texts of a template, in English and French."""

from collections.abc import Mapping
from typing import NamedTuple

from answer_intake.workbook.vocabulary import Language


class TemplateWords(NamedTuple):
    """Everything that a template says in its own words."""

    answers: str
    instructions: str
    claims: str
    deadline: str
    lead: str
    rest: str
    elsewhere: str
    whole: str
    at_least: str
    at_most: str
    between: str
    any_number: str
    refused_title: str
    refused_whole: str
    refused_number: str
    refused_list: str
    percent: str
    claims_lead: str
    page: str
    steps: tuple[tuple[str, str], ...]


ENGLISH = TemplateWords(
    answers="Answers",
    instructions="Instructions",
    claims="KPIs left out",
    deadline="Send it by {deadline}.",
    lead="Fill in the yellow cells; leave empty what you do not know yet. Then upload this file as it is.",
    rest="Other figures",
    elsewhere="(all its figures are asked for above)",
    whole="whole number",
    at_least="{minimum} or more",
    at_most="{maximum} or less",
    between="{minimum} to {maximum}",
    any_number="number",
    refused_title="This is not possible",
    refused_whole="A whole number, {range}, without unit.",
    refused_number="A number, {range}, without unit.",
    refused_list="Please choose from the list.",
    percent="85 % is written 85, without the sign.",
    claims_lead=(
        "Only where a KPI cannot apply to you, or where you choose to leave it out: pick a state, give the reason."
    ),
    page="Page &P of &N",
    steps=(
        ("What this is", "{framework}, version {version}. Cycle: {cycle}. Administration: {administration}."),
        (
            "Figures",
            "On the sheet “{answers}”, each row is one figure of one calendar year. Write it into “Value”: "
            "digits only, no unit, no percent sign, no formula to another file. Grey cells are for reading.",
        ),
        ("Nothing known yet", "Leave the row as it is. An empty row says nothing and changes nothing."),
        ("No figure exists", "Choose “missing” as State and leave Value empty. This is an answer, too."),
        ("Taking a figure back", "Choose “none” as State and leave Value empty: what was sent before is deleted."),
        (
            "Status",
            "Empty or normal: a figure like any other. Otherwise choose estimated, provisional, or break in series "
            "(the way of counting has changed).",
        ),
        (
            "Reason and Comment",
            "Reason: why an unusual figure is right, if the check warns of it. Comment: whatever the "
            "reader should know.",
        ),
        (
            "Period",
            "Only where the cell is yellow: the first and last day of a fiscal year, like 2023-07-01/2024-06-30.",
        ),
        (
            "Filled in already",
            "A value that stands here from the start was accepted before for the same year. Leave it, or "
            "correct it and give the reason. “Earlier value” is the accepted figure of the year before, to compare.",
        ),
        (
            "KPIs left out",
            "On the sheet “{claims}”: not applicable (it cannot apply to you) or opted out (your choice), "
            "always with a reason. Leave the others empty.",
        ),
        (
            "Sending",
            "The contact point of the administration uploads this file on the page “My submission”. {deadline} "
            "Rows and sheets may stay as they are. You may upload it as often as you like until then: every error is "
            "shown at once, with its cell, and the file can come back with the faulty cells marked.",
        ),
        (
            "This file",
            "It is made for this administration, cycle and version only and is refused elsewhere. The sheets are "
            "protected against slips without a password: Review, Unprotect Sheet.",
        ),
    ),
)
FRENCH = TemplateWords(
    answers="Réponses",
    instructions="Mode d'emploi",
    claims="KPI écartés",
    deadline="À envoyer au plus tard le {deadline}.",
    lead=(
        "Remplissez les cellules jaunes ; laissez vide ce que vous ne savez pas encore. Puis déposez ce "
        "fichier tel quel."
    ),
    rest="Autres chiffres",
    elsewhere="(tous ses chiffres sont demandés plus haut)",
    whole="nombre entier",
    at_least="{minimum} ou plus",
    at_most="{maximum} ou moins",
    between="de {minimum} à {maximum}",
    any_number="nombre",
    refused_title="Ce n'est pas possible",
    refused_whole="Un nombre entier, {range}, sans unité.",
    refused_number="Un nombre, {range}, sans unité.",
    refused_list="Choisissez dans la liste.",
    percent="85 % s'écrit 85, sans le signe.",
    claims_lead=(
        "Seulement si un KPI ne peut pas s'appliquer à vous, ou si vous l'écartez : choisissez un état, "
        "donnez le motif."
    ),
    page="Page &P sur &N",
    steps=(
        ("De quoi il s'agit", "{framework}, version {version}. Cycle : {cycle}. Administration : {administration}."),
        (
            "Chiffres",
            "Sur la feuille « {answers} », chaque ligne est un chiffre d'une année civile. Écrivez-le dans "
            "« Valeur » : "
            "des chiffres seulement, sans unité, sans signe de pourcentage, sans formule vers un autre fichier. "
            "Les cellules grises sont à lire.",
        ),
        ("Rien de connu encore", "Laissez la ligne telle quelle. Une ligne vide ne dit rien et ne change rien."),
        (
            "Il n'existe pas de chiffre",
            "Choisissez « manquant » comme État et laissez Valeur vide. C'est aussi une réponse.",
        ),
        (
            "Retirer un chiffre",
            "Choisissez « retirer » comme État et laissez Valeur vide : ce qui a été envoyé est supprimé.",
        ),
        (
            "Statut",
            "Vide ou normal : un chiffre comme un autre. Sinon choisissez estimé, provisoire ou rupture de série "
            "(la manière de compter a changé).",
        ),
        (
            "Motif et Commentaire",
            "Motif : pourquoi un chiffre inhabituel est juste, si le contrôle avertit. Commentaire : tout ce "
            "que le lecteur doit savoir.",
        ),
        (
            "Période",
            "Seulement si la cellule est jaune : premier et dernier jour de l'exercice, comme 2023-07-01/2024-06-30.",
        ),
        (
            "Déjà rempli",
            "Une valeur présente dès le début a été acceptée auparavant pour la même année. Laissez-la, ou "
            "corrigez-la en donnant le motif. « Valeur antérieure » est le chiffre accepté de l'année "
            "précédente, pour comparer.",
        ),
        (
            "KPI écartés",
            "Sur la feuille « {claims} » : sans objet (il ne peut s'appliquer à vous) ou écarté (votre choix), "
            "toujours avec un motif. Laissez les autres vides.",
        ),
        (
            "Envoi",
            "Le point de contact de l'administration dépose ce fichier sur la page « Ma soumission ». {deadline} "
            "Lignes et feuilles "
            "peuvent rester telles quelles. Jusque-là vous pouvez le déposer aussi souvent que vous voulez "
            ": toutes les "
            "erreurs sont montrées à la fois, avec leur cellule, et le fichier peut revenir avec les "
            "cellules fautives marquées.",
        ),
        (
            "Ce fichier",
            "Il est fait pour cette administration, ce cycle et cette version, et il est refusé ailleurs. "
            "Les feuilles sont protégées contre les fausses manœuvres, sans mot de passe : Révision, Ôter "
            "la protection.",
        ),
    ),
)
WORDS: Mapping[Language, TemplateWords] = {"en": ENGLISH, "fr": FRENCH}
UNITS: Mapping[Language, Mapping[str, str]] = {
    "en": {},
    "fr": {
        **{"count": "nombre", "share": "part", "percent": "pour cent", "hours": "heures", "days": "jours"},
        **{"years": "années", "currency": "monnaie", "rate": "taux", "points": "points", "index": "indice"},
        **{"number": "nombre"},
    },
}
