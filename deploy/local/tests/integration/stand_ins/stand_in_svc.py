"""A service for tests of the runner: healthy, tells its process id, migrates by doing nothing."""

import os
import sys

from fastapi import FastAPI

from service_kit.serving import serve


def main(command: str) -> None:
    """Behave like `python -m <service> api|worker|migrate`."""
    if command == "migrate":
        return
    app = FastAPI(openapi_url=None)

    @app.get("/health/ready")
    @app.get("/{path:path}")
    async def answer(path: str = "") -> dict[str, int | str]:
        return {"pid": os.getpid(), "path": path, "database": os.environ["OPENPMM_DATABASE_URL"].rpartition("/")[2]}

    serve(app, "127.0.0.1", int(os.environ["OPENPMM_HTTP_PORT" if command == "api" else "OPENPMM_WORKER_PORT"]))


if __name__ == "__main__":
    main(sys.argv[1])
