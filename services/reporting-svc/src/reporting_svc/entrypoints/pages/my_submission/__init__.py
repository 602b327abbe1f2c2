"""The "My submission" pages: reporting with a spreadsheet, without a command line and without a script."""

from reporting_svc.entrypoints.pages.my_submission import (
    changes,
    contacts,
    disclosure,
    downloads,
    evidence,
    overview,
    seen,
    uploads,
)

# The last one leads whatever else is asked for by a browser's history; all addresses that mean something come before.
ROUTERS = (
    overview.router,
    downloads.router,
    disclosure.router,
    seen.router,
    evidence.router,
    contacts.router,
    changes.router,
    uploads.router,
)
