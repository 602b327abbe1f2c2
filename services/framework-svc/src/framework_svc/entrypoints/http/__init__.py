"""The HTTP entrypoints, one module a resource, schemas beside it."""

from framework_svc.entrypoints.http import (
    audit,
    catalogue,
    draft_parts,
    drafts,
    frameworks,
    population_parts,
    population_reading,
    populations,
    versions,
)

ROUTERS = (
    frameworks.router,
    versions.router,
    catalogue.router,
    drafts.router,
    draft_parts.router,
    audit.router,
    populations.router,
    population_reading.router,
    population_parts.router,
)
