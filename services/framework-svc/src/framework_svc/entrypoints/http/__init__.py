"""The HTTP entrypoints, one module a resource, schemas beside it."""

from framework_svc.entrypoints.http import frameworks, populations

ROUTERS = (frameworks.router, populations.router)
