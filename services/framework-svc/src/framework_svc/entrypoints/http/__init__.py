"""The HTTP entrypoints, one module a resource, schemas beside it."""

from framework_svc.entrypoints.http import catalogue, frameworks, populations, versions

ROUTERS = (frameworks.router, versions.router, catalogue.router, populations.router)
