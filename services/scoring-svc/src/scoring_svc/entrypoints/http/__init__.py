"""The HTTP entrypoints, one module a resource, schemas beside it."""

from scoring_svc.entrypoints.http import projection, scores

ROUTERS = (scores.router, projection.router)
