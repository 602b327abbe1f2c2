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
    seen_by,
    submissions,
    template,
    threads,
    warnings,
)

ROUTERS = (
    cycles.router,
    extensions.router,
    contacts.router,
    participation.router,
    submissions.router,
    answers.router,
    template.router,
    jobs.router,
    disclosure.router,
    seen_by.router,
    evidence.router,
    review.router,
    past.router,
    threads.router,
    warnings.router,
    audit.router,
)
