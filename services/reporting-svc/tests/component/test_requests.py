"""What every request meets: odd text never reaches the database, and answers belong to one reader."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

Token = Callable[..., str]
ODD = ["%00", "c%00d", "%F0%9F%92%A9", "'%20or%201=1", "%0A", "c-2024%0A", "-", "x" * 65, "..%3B", "%3Cb%20x%3E"]
PATHS = [
    "/api/v1/reports/{}/participation",
    "/api/v1/reports/{}/regions/ESA",
    "/api/v1/reports/{}/administrations/KEN",
    "/api/v1/reports/c-2024/regions/{}",
    "/api/v1/reports/c-2024/administrations/{}",
    "/cycles/{}",
    "/cycles/{}/regions/ESA",
    "/cycles/{}/administrations/KEN",
    "/cycles/c-2024/regions/{}",
    "/cycles/c-2024/administrations/{}",
]


@pytest.mark.parametrize("path", PATHS)
def test_odd_text_in_a_path_is_refused_before_the_database(world: Any, path: str) -> None:
    asked: list[str] = []
    event.listen(world.app.state.dependencies.reader._engine, "connect", lambda *_: asked.append("connected"))
    expected = 422 if path.startswith("/api") else 404
    for odd in ODD:
        answer = world.get(path.format(odd))
        assert answer.status_code == expected, odd
        assert "<b x>" not in answer.text
    assert asked == []


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/about",
        "/cycles/c-2024",
        "/cycles/none",
        "/nothing",
        "/api/v1/events",
        "/api/v1/events?after=99",
        "/api/v1/reports/c-2024/participation",
        "/api/v1/reports/c-2024/regions/ESA",
        "/api/v1/reports/c-2024/administrations/KEN",
        "/api/v1/reports/c-2024/administrations/QQQ",
    ],
)
def test_no_shared_cache_keeps_what_depends_on_the_reader(world: Any, token: Token, path: str) -> None:
    world.catalogue()
    world.open()
    world.score("KEN", {"D1-A": 80.0})
    for reader in (None, token("secretariat")):
        headers = world.get(path, reader).headers
        assert headers["cache-control"] in ("private, no-cache", "no-store")
        needed = {"authorization"} if path.startswith("/api") or path == "/nothing" else {"authorization", "cookie"}
        assert needed <= {each.strip() for each in headers["vary"].lower().split(",")}


def test_static_files_are_for_every_cache(world: Any) -> None:
    headers = world.get("/static/openpmm.css").headers
    assert headers["cache-control"].startswith("public")
    assert "vary" not in headers
