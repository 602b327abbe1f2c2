"""The dashboard: pages rendered here, readable without a script, in English and French."""

from reporting_svc.entrypoints.pages import about, administrations, cycles, my_submission

ROUTERS = (cycles.router, administrations.router, about.router, *my_submission.ROUTERS)
