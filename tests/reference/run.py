"""Pushes real values of published indices through the gateway and holds the scores against the published answers.

`make reference` starts a stack of its own; `python -m tests.reference.run --gateway URL` uses one that runs.
"""

import argparse
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from answer_intake.formats import Format
from local_stack.demo_client import ApiClient, settle
from local_stack.stack import running_stack
from tests.reference.cases import CASES, DATA, Case, Published
from tests.reference.compare import compare, report
from tests.reference.score_stream import ScoreStream

LOADER, SECRETARIAT = "loader", "secretariat"
PARALLEL = 4
LONGEST_WAIT_SECONDS = 120.0
NOTHING = Published(None, None)


def main() -> int:
    """Run the chosen indices; the exit status is 0 only when all are as published."""
    options = _options()
    if not DATA.exists():
        print(f"make reference is NOT run: it reads the published values from {DATA}, and that folder is not there.")
        return 0
    cases = [CASES[index]() for index in options.index or CASES]
    if options.gateway:
        return 0 if run_cases(options.gateway, cases, options.suffix) else 1
    with running_stack() as stack:
        return 0 if run_cases(stack.url, cases, options.suffix) else 1


def run_cases(gateway_url: str, cases: list[Case], suffix: str) -> bool:
    """Run the cases one after the other; whether all are as published."""
    token_for = token_source(gateway_url)
    client = ApiClient(gateway_url, token_for)
    try:
        results = [run_case(client, gateway_url, token_for, case, suffix, print) for case in cases]
        return all(results)
    finally:
        client.close()


def run_case(
    client: ApiClient,
    gateway_url: str,
    token_for: Callable[[str], str],
    case: Case,
    suffix: str,
    say: Callable[[str], None],
) -> bool:
    """Push one index, wait for its scores by events, compare, and say what was found."""
    cycle = f"{case.code}{suffix}"
    prepare(client, case, cycle)
    stream = ScoreStream(gateway_url, cycle, lambda: token_for(SECRETARIAT))
    stream.start()
    try:
        administrations = {answer[0] for answer in case.answers}
        last_acceptance = submit_and_accept(client, cycle, sorted(administrations))
        arrived = stream.wait_for(administrations, LONGEST_WAIT_SECONDS)
    finally:
        stream.stop()
    found = read_scores(client, cycle)
    result = compare(case, found)
    differing = sorted(code for code, score in arrived.items() if found.get(code, NOTHING).score != score.score)
    last_score = max(score.at for score in arrived.values())
    say(report(case, result))
    say(f"  events and reads    {'agree' if not differing else 'differ: ' + ', '.join(differing)}")
    say(f"  from the last acceptance to the last score {max(0.0, last_score - last_acceptance):.3f} s")
    return result.is_good and not differing


def prepare(client: ApiClient, case: Case, cycle: str) -> None:
    """Load the register and the framework, open the cycle, push all answers in one CSV file."""
    client.send(LOADER, "PUT", f"/api/v1/populations/{case.population}", case.register)
    client.send(LOADER, "POST", "/api/v1/frameworks", case.framework, {"Content-Type": "application/yaml"})
    settle(lambda: _open(client, case, cycle))
    settle(lambda: _push(client, cycle, case.answers_csv()))


def submit_and_accept(client: ApiClient, cycle: str, administrations: list[str]) -> float:
    """Submit and accept each one; return when the last acceptance was answered, as time.monotonic()."""

    def both(administration: str) -> float:
        path = f"/api/v1/cycles/{cycle}/submissions/{administration}"
        client.send(LOADER, "POST", f"{path}/submit")
        client.send(LOADER, "POST", f"{path}/accept")
        return time.monotonic()

    with ThreadPoolExecutor(PARALLEL) as pool:
        return max(pool.map(both, administrations))


def read_scores(client: ApiClient, cycle: str) -> dict[str, Published]:
    """Read the scores and ranks of a cycle."""
    page: dict[str, Any] = client.send(SECRETARIAT, "GET", f"/api/v1/scores/{cycle}").json()
    return {item["administration"]: Published(item["score"], item["rank"]) for item in page["items"]}


def token_source(gateway_url: str) -> Callable[[str], str]:
    """Get tokens from the local issuer, which exists in the embedded mode only."""

    def token_for(client_id: str) -> str:
        form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": "local-only"}
        response = httpx.post(f"{gateway_url}/auth/oauth2/token", data=form, timeout=30)
        response.raise_for_status()
        return str(response.json()["access_token"])

    return token_for


def _open(client: ApiClient, case: Case, cycle: str) -> None:
    body = {
        "code": cycle,
        "name": {"en": f"Reference check {case.code}"},
        "framework": case.code,
        "framework_version": "1",
        "reporting_year": case.year,
        "opens_on": "2020-01-01",
        "closes_on": "2099-12-31",
        "is_rehearsal": False,
    }
    client.send(SECRETARIAT, "POST", "/api/v1/cycles", body, {"Idempotency-Key": f"{cycle}-open"})


def _push(client: ApiClient, cycle: str, answers: bytes) -> None:
    client.push(LOADER, f"/api/v1/cycles/{cycle}", answers, Format.CSV, f"{cycle}-answers")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gateway", help="address of a running gateway; without it a stack is started and stopped")
    parser.add_argument("--index", action="append", choices=sorted(CASES), help="only this index; may be repeated")
    parser.add_argument("--suffix", default="", help="ending of the cycle code, to run again on the same stack")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
