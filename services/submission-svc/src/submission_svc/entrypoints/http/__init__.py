"""The HTTP entrypoints, one module a resource, schemas beside it."""

from submission_svc.entrypoints.http import answers, cycles, disclosure, submissions

ROUTERS = (cycles.router, submissions.router, answers.router, disclosure.router)
