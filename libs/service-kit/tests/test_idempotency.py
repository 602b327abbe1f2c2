"""Idempotency keys: one effect, the same answer, and no key for two requests."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import MetaData

from service_kit.database import UnitOfWork
from service_kit.errors import ProblemError
from service_kit.idempotency import IdempotencyKeys, StoredAnswer, request_digest

Units = Callable[[], UnitOfWork]


def test_the_second_request_gets_the_first_answer(unit_of_work: Units, metadata: MetaData) -> None:
    with unit_of_work() as uow:
        keys = IdempotencyKeys(uow.connection, metadata)
        assert keys.claim("system-ken", "k1", "d1") is None
        keys.store("system-ken", "k1", 200, '{"received": 3}')
        uow.commit()
    with unit_of_work() as uow:
        answer = IdempotencyKeys(uow.connection, metadata).claim("system-ken", "k1", "d1")
    assert answer == StoredAnswer(200, '{"received": 3}')


def test_a_key_belongs_to_its_caller(unit_of_work: Units, metadata: MetaData) -> None:
    for caller in ("system-ken", "system-fra"):
        with unit_of_work() as uow:
            keys = IdempotencyKeys(uow.connection, metadata)
            assert keys.claim(caller, "k1", "d1") is None
            keys.store(caller, "k1", 200, caller)
            uow.commit()
    for caller in ("system-ken", "system-fra"):
        with unit_of_work() as uow:
            answer = IdempotencyKeys(uow.connection, metadata).claim(caller, "k1", "d1")
        assert answer == StoredAnswer(200, caller)


def test_a_rolled_back_request_frees_its_key(unit_of_work: Units, metadata: MetaData) -> None:
    for _ in range(2):
        with unit_of_work() as uow:
            assert IdempotencyKeys(uow.connection, metadata).claim("system-ken", "k1", "d1") is None


def test_a_key_for_other_content_is_refused(unit_of_work: Units, metadata: MetaData) -> None:
    with unit_of_work() as uow:
        IdempotencyKeys(uow.connection, metadata).claim("system-ken", "k1", request_digest("POST", "/a", b"1"))
        uow.commit()
    with unit_of_work() as uow, pytest.raises(ProblemError, match=r"^idempotency\.key_reused"):
        IdempotencyKeys(uow.connection, metadata).claim("system-ken", "k1", request_digest("POST", "/a", b"2"))


@pytest.mark.parametrize("key", ["", "x" * 201, "a\nb"])
def test_a_malformed_key_is_refused(unit_of_work: Units, metadata: MetaData, key: str) -> None:
    with unit_of_work() as uow, pytest.raises(ProblemError, match=r"^idempotency\.key_malformed"):
        IdempotencyKeys(uow.connection, metadata).claim("system-ken", key, "d1")


def test_two_requests_at_once_have_one_effect(unit_of_work: Units, metadata: MetaData) -> None:
    answers: list[StoredAnswer | None] = []
    first = unit_of_work()
    with first as uow:
        assert IdempotencyKeys(uow.connection, metadata).claim("system-ken", "k1", "d1") is None
        second = threading.Thread(target=lambda: answers.append(_claim(unit_of_work, metadata)))
        second.start()
        IdempotencyKeys(uow.connection, metadata).store("system-ken", "k1", 200, "first")
        uow.commit()
    second.join(timeout=10)
    assert answers == [StoredAnswer(200, "first")]


def _claim(unit_of_work: Units, metadata: MetaData) -> StoredAnswer | None:
    with unit_of_work() as uow:
        return IdempotencyKeys(uow.connection, metadata).claim("system-ken", "k1", "d1")
