"""Refusals that commands and queries share, in one wording."""

from uuid import UUID

from service_kit.errors import Kind, ProblemError
from submission_svc.domain.job import KEPT, MOST_KEPT


def cycle_not_found(code: str) -> ProblemError:
    """There is no such cycle, or the viewer may not know of it."""
    french = f"Il n'y a pas de cycle {code}."
    return ProblemError("cycle.not_found", Kind.NOT_FOUND, f"There is no cycle {code}.", french=french)


def administration_not_found(population: str, administration: str) -> ProblemError:
    """The register of the cycle's population does not have it."""
    return ProblemError(
        "administration.not_found",
        Kind.NOT_FOUND,
        f"The population {population} of this cycle has no administration {administration}.",
        french=f"La population {population} de ce cycle n'a pas d'administration {administration}.",
    )


def submission_not_found(administration: str) -> ProblemError:
    """The administration has begun nothing in this cycle."""
    return ProblemError(
        "submission.not_found",
        Kind.NOT_FOUND,
        f"{administration} has no submission in this cycle. The first push, or choice of disclosure, begins one.",
        french=f"{administration} n'a pas de soumission dans ce cycle. Le premier envoi, ou choix de qui voit quoi, en "
        "commence une.",
    )


def job_not_found(job: UUID) -> ProblemError:
    """There is no such job any more, or it is of another administration."""
    kept = f"Jobs are kept for {KEPT.days} days, and at most the last {MOST_KEPT}; a file can be sent again."
    return ProblemError(
        "job.not_found",
        Kind.NOT_FOUND,
        f"This administration has no job {job} in this cycle. {kept}",
        french=f"Cette administration n'a pas de tâche {job} dans ce cycle. Les tâches sont conservées {KEPT.days} "
        f"jours, et au plus les {MOST_KEPT} dernières ; un fichier peut être renvoyé.",
    )


def extension_not_found(cycle: str, administration: str) -> ProblemError:
    """The administration has the deadline of everybody."""
    return ProblemError(
        "extension.not_found",
        Kind.NOT_FOUND,
        f"{administration} has no extension in the cycle {cycle}.",
        french=f"{administration} n'a pas de prolongation dans le cycle {cycle}.",
    )
