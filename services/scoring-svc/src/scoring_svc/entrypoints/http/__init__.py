"""The HTTP entrypoints, one module a resource, schemas beside it."""

from scoring_svc.entrypoints.http import scores

ROUTERS = (scores.router,)
