"""Queries refuse by themselves, whatever route has called them: nobody can forget the check."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection

from access_policy import PUBLIC_VIEWER, Role, Viewer
from service_kit.audit.keys import NO_KEYS
from service_kit.errors import ProblemError
from submission_svc.application.queries.audit import list_audit, verify_audit
from submission_svc.application.queries.contacts import read_contacts

MEMBER = replace(PUBLIC_VIEWER, roles=frozenset({Role.CONTACT_POINT}), administration="UGA", population="testers")
SYSTEM = replace(PUBLIC_VIEWER, roles=frozenset({Role.SYSTEM}), administration="KEN", population="testers")
ELSEWHERE = replace(MEMBER, administration="KEN", population="others")
QUERIES: dict[str, Callable[[Connection, Viewer], Any]] = {
    "audit": lambda connection, viewer: list_audit(connection, viewer, None, 50, None),
    "verification": lambda connection, viewer: verify_audit(connection, viewer, NO_KEYS, 0, 50),
    "contacts": lambda connection, viewer: read_contacts(connection, viewer, "c-2024", "KEN"),
}


@pytest.mark.parametrize("viewer", [PUBLIC_VIEWER, MEMBER, SYSTEM, ELSEWHERE])
@pytest.mark.parametrize("query", QUERIES)
def test_a_query_refuses_who_may_not_read(service: Any, query: str, viewer: Viewer) -> None:
    expected = "is not for this administration" if query == "contacts" else "Only the secretariat"
    with service.engine.connect() as connection, pytest.raises(ProblemError, match=expected):
        QUERIES[query](connection, viewer)
