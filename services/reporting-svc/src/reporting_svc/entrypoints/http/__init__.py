"""The HTTP API, one module a resource, schemas beside it."""

from reporting_svc.entrypoints.http import events, reports

ROUTERS = (reports.router, events.router)
