"""A database that is not there is waited for; one that has answered, whatever it said, is not."""

import psycopg
import pytest
from psycopg import errors
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from service_kit.database import is_database_away


def operational(original: Exception, *, connection_invalidated: bool = False) -> OperationalError:
    """As SQLAlchemy tells of it."""
    return OperationalError("select 1", {}, original, connection_invalidated=connection_invalidated)


@pytest.mark.parametrize(
    "error",
    [
        PoolTimeoutError("all in use"),
        operational(psycopg.OperationalError("connection refused")),
        operational(errors.ConnectionFailure()),
        operational(errors.AdminShutdown()),
        operational(errors.CrashShutdown()),
        operational(errors.CannotConnectNow()),
        operational(errors.DeadlockDetected(), connection_invalidated=True),
    ],
    ids=repr,
)
def test_it_is_away(error: Exception) -> None:
    assert is_database_away(error)


@pytest.mark.parametrize(
    "error",
    [
        ValueError("of ours"),
        psycopg.OperationalError("not told by SQLAlchemy"),
        operational(errors.QueryCanceled()),
        operational(errors.DiskFull()),
        operational(errors.DeadlockDetected()),
        IntegrityError("insert", {}, errors.UniqueViolation()),
        IntegrityError("insert", {}, psycopg.IntegrityError("without a state")),
    ],
    ids=repr,
)
def test_it_has_answered(error: Exception) -> None:
    assert not is_database_away(error)
