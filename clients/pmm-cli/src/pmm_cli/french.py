"""What tables and sentences say in French, by what they say in English."""

_FRENCH = {
    # tables
    "Causes": "Causes",
    "Cycles": "Cycles",
    "Inputs of {cycle}": "Données demandées par {cycle}",
    "KPIs, calculated from them": "KPI, calculés à partir de ces données",
    "KPIs: {number} of {all} not missing": "KPI : {number} sur {all} ne manquent pas",
    "Rules that are not kept": "Règles non respectées",
    "The first of them|The first {number} of them": "La première|Les {number} premières",
    "Warnings": "Avertissements",
    "What it would score": "Scores que cela donnerait",
    # columns
    "KPI": "KPI",
    "about": "objet",
    "band": "classe",
    "cause": "cause",
    "claims that may be made": "déclarations possibles",
    "closes on": "clôture le",
    "code": "code",
    "column": "colonne",
    "coverage": "couverture",
    "figures": "chiffres",
    "first": "première",
    "fiscal year": "exercice fiscal",
    "formula": "formule",
    "id": "identifiant",
    "kind": "genre",
    "maximum": "maximum",
    "minimum": "minimum",
    "name": "nom",
    "node": "nœud",
    "reason": "motif",
    "reason given before": "motif donné auparavant",
    "row": "ligne",
    "rows": "lignes",
    "rule": "règle",
    "score": "score",
    "state": "état",
    "type": "type",
    "unit": "unité",
    "value": "valeur",
    "weight": "gravité",
    "what": "constat",
    "what to do": "que faire",
    "year": "année",
    "years": "années",
    # words
    "asks for a reason": "demande un motif",
    "closed": "clos",
    "ended": "terminé",
    "error": "erreur",
    "late": "en retard",
    "no": "non",
    "not in force yet": "pas encore en vigueur",
    "not open yet": "pas encore ouvert",
    "open": "ouvert",
    # stages of a push
    "sending": "envoi",
    "queued": "en attente",
    "reading": "lecture",
    "checking": "vérification",
    "saving": "enregistrement",
    "marking": "marquage des erreurs",
    "done": "terminé",
    "warning": "avertissement",
    "yes": "oui",
    # sentences
    "... and {number} more note; --json has it.|... and {number} more notes; --json has them.": "... et {number} autre "
    "remarque ; --json la donne.|... et {number} autres remarques ; --json les donne.",
    "  broken rule {rule}: {what}": "  règle non respectée {rule} : {what}",
    "  row {row}, {column}: {what}": "  ligne {row}, {column} : {what}",
    "  row {row}: {what}": "  ligne {row} : {what}",
    "  {column}: {what}": "  {column} : {what}",
    "  {what}": "  {what}",
    "All of them: {command}": "Toutes : {command}",
    "All of them: {command}, then `pmm errors` for the job.": "Toutes : {command}, puis `pmm errors` pour ce travail.",
    "All {number} errors: the same with --errors all.csv": "Les {number} erreurs : la même commande avec "
    "--errors all.csv",
    "No projected scores: {why}": "Pas de scores estimés : {why}",
    "Note on row {row}: {what}": "Remarque sur la ligne {row} : {what}",
    "Note: {what}": "Remarque : {what}",
    "Nothing was saved: this was a dry run.": "Rien n'a été enregistré : c'était un essai.",
    "The server does not answer; these are its rules of {moment} UTC.": "Le serveur ne répond pas ; ce sont ses règles "
    "du {moment} UTC.",
    "Written to {file}.": "Écrit dans {file}.",
    "Written to {file}. Fill in the yellow cells, then: {command}": "Écrit dans {file}. Remplissez les cellules "
    "jaunes, puis : {command}",
    "{file}: {said}.": "{file} : {said}.",
    "{file}: {number} row without an error.|{file}: {number} rows without an error.": "{file} : {number} ligne sans "
    "erreur.|{file} : {number} lignes sans erreur.",
    "{kpis} (from {inputs})": "{kpis} (à partir de {inputs})",
    "{number} created": "{number} créé|{number} créés",
    "{number} error in {file}|{number} errors in {file}": "{number} erreur dans {file}|{number} erreurs dans {file}",
    "{number} received": "{number} reçu|{number} reçus",
    "{number} removed": "{number} supprimé|{number} supprimés",
    "{number} unchanged": "{number} inchangé|{number} inchangés",
    "{number} updated": "{number} modifié|{number} modifiés",
    "{number} of {all} without a reason.": "{number} sur {all} sans motif.",
    # refusals, and what to do then
    "Before your own is accepted, `pmm scores CYCLE --preview` shows what it would score.": "Avant que la vôtre soit "
    "acceptée, `pmm scores CYCLE --preview` montre les scores qu'elle donnerait.",
    "It may have arrived all the same. To go on with it, repeat the command with --key {key}.": "L'envoi est "
    "peut-être arrivé malgré tout. Pour le reprendre, relancez la commande avec --key {key}.",
    "No answer yet ({why}); trying again, {attempt} of {attempts}.": "Pas encore de réponse ({why}) ; nouvel essai, "
    "{attempt} sur {attempts}.",
    "The job was cancelled; nothing was saved.": "Le travail a été annulé ; rien n'a été enregistré.",
    "The server asks to wait ({why}); trying again until it comes back.": "Le serveur demande d'attendre ({why}) ; "
    "nouveaux essais jusqu'à son retour.",
    "The server asks to wait ({why}); trying again, {attempt} of {attempts}.": "Le serveur demande d'attendre "
    "({why}) ; nouvel essai, {attempt} sur {attempts}.",
    "The server does it as the job {job}; `pmm jobs` tells how far it is.": "Le serveur en fait le travail {job} ; "
    "`pmm jobs` dit où il en est.",
    "The server goes on with the job {job}: see `pmm jobs CYCLE`, later `pmm errors CYCLE {job}`.": "Le "
    "serveur continue le travail {job} : voyez `pmm jobs CYCLE`, puis `pmm errors CYCLE {job}`.",
    "The stream broke off; trying again until it comes back.": "Le flux s'est interrompu ; nouveaux essais jusqu'à son "
    "retour.",
    "Whether it has arrived is not known: look with `pmm threads list` before you say it again.": "On ne sait pas si "
    "c'est arrivé : voyez avec `pmm threads list` avant de le redire.",
    "With pmm: `pmm threads reopen CYCLE THREAD`.": "Avec pmm : `pmm threads reopen CYCLE THREAD`.",
    "With pmm: `pmm warnings CYCLE` shows the figures, `pmm explain CYCLE ID` gives a reason.": "Avec pmm : "
    "`pmm warnings CYCLE` montre les chiffres, `pmm explain CYCLE ID` donne un motif.",
    "With pmm: `pmm withdraw CYCLE` takes it back, `pmm revise CYCLE` opens what was accepted.": "Avec pmm : "
    "`pmm withdraw CYCLE` la reprend, `pmm revise CYCLE` rouvre ce qui a été accepté.",
    "{url} does not answer as OpenPMM: {asked} was answered with {status}. Check the address.": "{url} ne répond pas "
    "comme OpenPMM : réponse {status} à {asked}. Vérifiez l'adresse.",
    "{url} does not answer as OpenPMM: {asked} was answered with {status} and sends to {address}.": "{url} "
    "ne répond pas comme OpenPMM : réponse {status} à {asked}, avec renvoi à {address}.",
    "{url} does not answer: {why}.": "{url} ne répond pas : {why}.",
    "{why} The rules of {cycle} were never fetched here: do this once while the server answers.": "{why} Les règles de "
    "{cycle} n'ont jamais été chargées ici : faites-le une fois quand le serveur répond.",
}

NO_BREAK = "\u00a0"
FRENCH = {
    english: french.replace(" :", f"{NO_BREAK}:").replace(" ;", f"{NO_BREAK};").replace("'", "\u2019")
    for english, french in _FRENCH.items()
}
