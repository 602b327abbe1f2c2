"""The HTTP entrypoints, one module a resource, schemas beside it."""

from submission_svc.entrypoints.http import (
    answers,
    audit,
    contacts,
    cycles,
    disclosure,
    evidence,
    extensions,
    jobs,
    participation,
    past,
    review,
    submissions,
    threads,
)

ROUTERS = (
    cycles.router,
    extensions.router,
    contacts.router,
    participation.router,
    submissions.router,
    answers.router,
    jobs.router,
    disclosure.router,
    evidence.router,
    review.router,
    past.router,
    threads.router,
    audit.router,
)
