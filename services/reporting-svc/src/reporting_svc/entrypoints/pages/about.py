"""Pages about the system: what it is and how to read it, and the documentation of its API."""

from fastapi import APIRouter, Response

from access_policy import LEVELS
from reporting_svc.entrypoints.pages.frame import POLICY, PageFrame
from reporting_svc.entrypoints.pages.route import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)
APIS = ("framework", "submission", "scoring", "reporting")
# swagger-ui writes style attributes and draws inline images.
DOCS_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")


@router.api_route("/about", methods=["GET", "HEAD"])
def get_about(frame: PageFrame) -> Response:
    """What this is and how to read it."""
    return frame.page("about.html", levels=LEVELS)


@router.api_route("/docs", methods=["GET", "HEAD"])
def get_docs(frame: PageFrame) -> Response:
    """The API documentation."""
    return frame.page("docs.html", policy=DOCS_POLICY, apis=APIS)
