"""The HTTP entrypoints, one module a resource, schemas beside it."""

from submission_svc.entrypoints.http import answers, audit, cycles, disclosure, extensions, participation, review, submissions

ROUTERS = (
    cycles.router,
    extensions.router,
    participation.router,
    submissions.router,
    answers.router,
    disclosure.router,
    review.router,
    audit.router,
)
