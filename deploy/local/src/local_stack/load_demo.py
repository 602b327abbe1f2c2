"""`python -m local_stack.load_demo URL`: push the demo data through the gateway, with tokens of the local issuer."""

import sys

import httpx

from local_stack import demo
from local_stack.issuer.personas import SECRET, SUBMIT

_EVERY = 10


def main(url: str) -> int:
    """Load everything and say how far it is."""
    with httpx.Client(base_url=url, timeout=30) as http:

        def token_for(client_id: str) -> str:
            form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": SECRET}
            if client_id.startswith("system-"):
                form["scope"] = f"submission:push {SUBMIT}"  # the demo grants systems the right to submit
            return str(http.post("/auth/oauth2/token", data=form).raise_for_status().json()["access_token"])

        loaded = demo.load(url, token_for, _report)
    print(f"{loaded} synthetic submissions loaded")
    return 0


def _report(done: int, of: int) -> None:
    if done % _EVERY == 0 or done == of:
        print(f"{done} of {of} submissions", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
