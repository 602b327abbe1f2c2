"""The worker: each consumer asks the broker again and again, so there is one."""

import pytest
from pydantic import SecretStr

from reporting_svc.bootstrap.worker import loops
from reporting_svc.settings import Settings


def test_one_loop_waits_for_the_messages_of_all_topics(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENPMM_KAFKA_BOOTSTRAP", "127.0.0.1:1")
    nowhere = SecretStr("postgresql+psycopg://nobody@127.0.0.1:1/none")
    settings = Settings(database_url=nowhere, token_issuer="https://issuer.test", jwks_url="http://127.0.0.1:1/")
    assert len(loops(settings)) == 1
