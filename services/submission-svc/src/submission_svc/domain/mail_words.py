"""The words of mails, in English and French. Nothing that anybody wrote or gave is in them: mail is read by others."""

from collections.abc import Mapping
from string import Template

from submission_svc.domain.contact import MailLanguage
from submission_svc.domain.cycle import WindowState
from submission_svc.domain.mail import Letter, Mail, MailKind

SUBJECTS: Mapping[MailLanguage, Mapping[MailKind, Template]] = {
    "en": {
        "returned": Template("Returned: the submission of $administration, $cycle"),
        "accepted": Template("Accepted: the submission of $administration, $cycle"),
        "deadline": Template("By $deadline: the submission of $administration, $cycle"),
    },
    "fr": {
        "returned": Template("Renvoyée : soumission « $administration », $cycle"),
        "accepted": Template("Acceptée : soumission « $administration », $cycle"),
        "deadline": Template("Avant la fin du $deadline : soumission « $administration », $cycle"),
    },
}
BODIES: Mapping[MailLanguage, Mapping[MailKind, Template]] = {
    "en": {
        "returned": Template(
            "the secretariat has returned the submission of $administration in the cycle “$cycle”. Its reason, and its"
            " questions if there are any, stand with the submission."
        ),
        "accepted": Template(
            "the secretariat has accepted the submission of $administration in the cycle “$cycle” as complete. This is"
            " no judgement on performance."
        ),
        "deadline": Template(
            "the submission of $administration in the cycle “$cycle” has not been submitted yet. The last day for it"
            " is $deadline (UTC)."
        ),
    },
    "fr": {
        "returned": Template(
            "le secrétariat a renvoyé la soumission « $administration » du cycle « $cycle ». Son motif, et ses"
            " questions s’il y en a, figurent avec la soumission."
        ),
        "accepted": Template(
            "le secrétariat a accepté comme complète la soumission « $administration » du cycle « $cycle ». Cela ne"
            " constitue pas un jugement sur la performance."
        ),
        "deadline": Template(
            "la soumission « $administration » du cycle « $cycle » n’a pas encore été remise. Le dernier jour pour"
            " le faire est le $deadline (UTC)."
        ),
    },
}
MENDING: Mapping[MailLanguage, Mapping[WindowState, Template]] = {  # what can be done about a return, by the window
    "en": {
        "not_open_yet": Template("You can mend it and submit it again as soon as the cycle opens."),
        "open": Template("Please mend it and submit it again. The last day for it is $deadline (UTC)."),
        "late": Template(
            "The deadline has passed. Please mend it and submit it again all the same: it is still taken, and marked as"
            " late."
        ),
        "ended": Template(
            "The deadline has passed, so it cannot be changed or submitted at present. To mend it, first ask the"
            " secretariat to extend your deadline or to reopen the cycle."
        ),
        "closed": Template(
            "The cycle is closed, so it cannot be changed or submitted at present. To mend it, first ask the"
            " secretariat to reopen the cycle."
        ),
    },
    "fr": {
        "not_open_yet": Template("Vous pourrez la corriger et la soumettre à nouveau dès l’ouverture du cycle."),
        "open": Template(
            "Veuillez la corriger et la soumettre à nouveau. Le dernier jour pour le faire est le $deadline (UTC)."
        ),
        "late": Template(
            "La date limite est passée. Veuillez tout de même la corriger et la soumettre à nouveau : elle sera encore"
            " prise en compte, avec la mention « en retard »."
        ),
        "ended": Template(
            "La date limite est passée : elle ne peut plus être modifiée ni soumise pour le moment. Pour la corriger,"
            " demandez d’abord au secrétariat de prolonger votre délai ou de rouvrir le cycle."
        ),
        "closed": Template(
            "Le cycle est clos : elle ne peut plus être modifiée ni soumise pour le moment. Pour la corriger, demandez"
            " d’abord au secrétariat de rouvrir le cycle."
        ),
    },
}
FRAMES: Mapping[MailLanguage, Mapping[str, Template]] = {
    "en": {
        "greeting": Template("Dear $name,"),
        "rehearsal": Template("This cycle is a rehearsal: nothing of it is reported."),
        "page": Template("Published results: $page"),
        "mine": Template("Your submission: $mine"),
        "address": Template("The same for systems: $address"),
        "end": Template(
            "You are told because your address is kept as a contact of $administration for this cycle. The contact"
            " point or the secretariat can take it out. Please do not answer this message."
        ),
    },
    "fr": {
        "greeting": Template("Bonjour $name,"),
        "rehearsal": Template("Ce cycle est une répétition : rien n’en est publié."),
        "page": Template("Résultats publiés : $page"),
        "mine": Template("Votre soumission : $mine"),
        "address": Template("La même pour les systèmes : $address"),
        "end": Template(
            "Vous recevez ce message parce que votre adresse est enregistrée comme contact (« $administration ») pour"
            " ce cycle. Le point de contact ou le secrétariat peut la retirer. Merci de ne pas répondre à ce message."
        ),
    },
}


def letter(mail: Mail, public_url: str | None) -> Letter:
    """The mail in the reader's language; without a public address there are no links in it."""
    words = _words(mail, public_url)
    frame = FRAMES[mail.language]
    parts = [frame["greeting"], BODIES[mail.language][mail.kind]]
    if mail.kind == "returned":
        parts.append(MENDING[mail.language][mail.window])
    if mail.is_rehearsal:
        parts.append(frame["rehearsal"])
    parts += [frame[name] for name in ("page", "mine", "address") if name in words]
    parts.append(frame["end"])
    subject = _one_line(SUBJECTS[mail.language][mail.kind].substitute(words))
    body = "\n\n".join(part.substitute(words) for part in parts) + "\n"
    return Letter(mail.id, mail.email, _one_line(mail.name), mail.language, subject, body)


def _words(mail: Mail, public_url: str | None) -> dict[str, str]:
    words = {
        "name": _one_line(mail.name),
        "administration": _in_language(mail.administration_name, mail.language) or mail.administration,
        "cycle": _in_language(mail.cycle_name, mail.language) or mail.cycle,
    }
    if "deadline" in mail.detail:
        words["deadline"] = mail.detail["deadline"]
    if public_url is not None:
        base = public_url.rstrip("/")
        words["mine"] = f"{base}/my-submission/{mail.cycle}"
        words["address"] = f"{base}/api/v1/cycles/{mail.cycle}/submissions/{mail.administration}"
        if mail.kind == "accepted" and not mail.is_rehearsal:
            words["page"] = f"{base}/cycles/{mail.cycle}/administrations/{mail.administration}"
    return words


def _in_language(names: Mapping[str, str], language: str) -> str:
    return _one_line(names.get(language) or names.get("en") or next(iter(names.values()), ""))


def _one_line(text: str) -> str:
    """Without line breaks: what goes into a header can begin no other."""
    return " ".join(text.split())
