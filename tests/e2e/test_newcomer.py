"""What `make run` prints works when it is copied: the two commands, on a stack with its demo data."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from local_stack.guide import guide
from local_stack.settings import StackSettings
from local_stack.stack import Stack, running_stack
from tests.support.embedded import wait_until
from tests.support.gateway import Api


@pytest.fixture(scope="module")
def demo() -> Iterator[Stack]:
    """A stack with demo data, within the ordinary rate limit."""
    with running_stack(demo=True) as stack:
        yield stack


def commands(stack: Stack) -> list[str]:
    """The commands that the guide prints, continued lines joined."""
    settings = StackSettings(port=stack.port, internal_port_base=stack.internal_port_base)
    text = guide(settings).replace("\\\n", " ")
    return [line.strip() for line in text.splitlines() if re.match(r"\s+(TOKEN=|curl )", line)]


def test_the_printed_commands_push_a_kpi_and_read_a_score(demo: Stack) -> None:
    token, push, read = commands(demo)
    done = subprocess.run(["bash", "-c", f"{token}\n{push}"], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["received"] == 1
    done = subprocess.run(["bash", "-c", read], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["nodes"][0]["score"] > 0


def test_the_commands_of_the_readme_work(demo: Stack) -> None:
    text = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    section = text.split("## Push a KPI, read a score")[1].split("\n## ")[0]
    push, accept, read = (
        block.replace("http://127.0.0.1:8080", demo.url) for block in re.findall(r"```sh\n(.+?)```", section, re.DOTALL)
    )
    done = subprocess.run(["bash", "-c", push], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["received"] == 1
    done = subprocess.run(["bash", "-c", accept], capture_output=True, text=True, check=True)
    assert '"status":"submitted"' in done.stdout
    assert '"status":"accepted"' in done.stdout
    done = subprocess.run(["bash", "-c", read], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["nodes"][0]["score"] > 0


def test_the_demo_is_62_synthetic_submissions_with_all_states(demo: Stack) -> None:
    api = Api(demo)
    submissions = api.do("GET", "/api/v1/cycles/demo-2024/submissions", "secretariat")["items"]
    assert len(submissions) == 62
    assert {row["status"] for row in submissions} == {"draft", "submitted", "returned", "accepted"}
    accepted = [row["administration"] for row in submissions if row["status"] == "accepted"]
    wait_until(lambda: len(api.do("GET", "/api/v1/scores/demo-2024", "secretariat")["items"]) == len(accepted))
    states = {
        node["state"]
        for administration in accepted
        for node in api.do("GET", f"/api/v1/scores/demo-2024/{administration}", "secretariat")["nodes"]
    }
    assert states == {"scored", "missing", "not_applicable", "opted_out", "under_threshold", "context_only"}
    cycle = api.do("GET", "/api/v1/cycles/demo-2024")
    assert "synthetic" in cycle["name"]["en"]
    assert "synthétiques" in cycle["name"]["fr"]
    api.close()
