"""What is told to somebody who asks of a submission what its status does not allow."""

from collections.abc import Collection, Sequence

from service_kit.errors import Kind, ProblemError

IN_FRENCH = {
    "draft": "brouillon",
    "submitted": "soumise",
    "returned": "renvoyée",
    "accepted": "acceptée",
    "withdrawn": "retirée",
    "revised": "en révision",
}


def locked(administrations: Sequence[str], status: str) -> ProblemError:
    """The refusal (409) of a push into submissions that stand fast."""
    words, french = _accepted_words(administrations) if status == "accepted" else _submitted_words(administrations)
    return ProblemError("submission.locked", Kind.CONFLICT, words, french=french)


def wrong_status(status: str, wanted: str, allowed: Collection[str]) -> ProblemError:
    """The refusal (409) of a step that is not possible from this status."""
    possible = sorted(allowed)
    return ProblemError(
        "submission.wrong_status",
        Kind.CONFLICT,
        f"A submission that is {status} cannot become {wanted}; that is possible from {' or '.join(possible)}.",
        french=f"Une soumission à l'état « {IN_FRENCH[status]} » ne peut pas passer à l'état « {IN_FRENCH[wanted]} » ; "
        f"c'est possible depuis {' ou '.join(f'« {IN_FRENCH[each]} »' for each in possible)}.",
        submission_status=status,
    )


def _accepted_words(administrations: Sequence[str]) -> tuple[str, str]:
    names = ", ".join(administrations)
    return (
        f"The submission of {names} cannot be changed: it has been accepted. Open it for a revision "
        "(POST .../revise), then push and submit; until that is accepted, what was accepted counts.",
        f"La soumission de {names} ne peut pas être modifiée : elle a été acceptée. Rouvrez-la pour une révision "
        "(POST .../revise), puis envoyez et soumettez ; d'ici à son acceptation, ce qui a été accepté compte.",
    )


def _submitted_words(administrations: Sequence[str]) -> tuple[str, str]:
    names = ", ".join(administrations)
    return (
        f"The submission of {names} cannot be changed: it waits for acceptance. "
        "Withdraw it (POST .../withdraw), or ask the secretariat to return it; then push again and submit.",
        f"La soumission de {names} ne peut pas être modifiée : elle attend d'être acceptée. Retirez-la "
        "(POST .../withdraw), ou demandez au secrétariat de la renvoyer ; puis envoyez à nouveau et soumettez.",
    )
