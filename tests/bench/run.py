"""`make bench`: the speed bars, each against a floor measured in the same run. Prints a table; never a test.

HTTP load comes from wrk (Debian package `wrk`); without it the figures that need it are said to be missing.
"""

import csv
import io
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from local_stack.stack import Stack, running_stack
from tests.bench.figures import Figure, percentile, timed, wrk
from tests.bench.framework import catalogue_reads, large_frameworks
from tests.bench.pushes import pushes
from tests.support.gateway import Api, T, open_cycle

DEMO = "openpmm-demo"
MEMBERS = 187
BULK_INPUTS = 540  # x 187 members = 100,980 rows


def start_up() -> Figure:
    """`make up` with everything installed: the second start of the same data folder, and the very first."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        port = random.SystemRandom().randrange(20_000, 30_000, 40)
        environment = {
            **os.environ, "OPENPMM_DATA_DIR": folder, "OPENPMM_DEMO": "off",
            "OPENPMM_PORT": str(port + 30), "OPENPMM_INTERNAL_PORT_BASE": str(port),
        }  # fmt: skip

        def stack(command: str) -> None:
            arguments = [sys.executable, "-m", "local_stack", command]
            subprocess.run(arguments, env=environment, check=True, capture_output=True)

        first = timed(lambda: stack("up"))
        stack("down")
        later = []
        for _ in range(3):
            later.append(timed(lambda: stack("up")))
            stack("down")
        stack("reset")
    again = statistics.median(later)
    return Figure("make up to ready", f"first {first:.1f} s, later {again:.1f} s", "< 12 s", max(first, again) < 12)


def members(api: Api) -> list[str]:
    """Codes of the WCO members."""
    register = api.do("GET", "/api/v1/populations/wco-members")
    return [row["code"] for row in register["administrations"] if row["region"]][:MEMBERS]


def demo_inputs(api: Api) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The inputs and the KPIs of the demo framework, about 50 KPIs."""
    document = api.do("GET", f"/api/v1/frameworks/{DEMO}/versions/1")
    kpis: list[dict[str, Any]] = []

    def walk(node: dict[str, Any]) -> None:
        if node["kind"] == "kpi":
            kpis.append(node)
        for child in node.get("children", ()):
            walk(child)

    walk(document["root"])
    return document["inputs"], kpis


def full_push(inputs: list[dict[str, Any]], kpis: list[dict[str, Any]], seed: int) -> list[dict[str, Any]]:
    """Answers to every input of the framework, for T and, where a formula wants it, T-1."""
    generator = random.Random(seed)
    formulas = " ".join(kpi.get("formula") or "" for kpi in kpis)
    rows = []
    for item in inputs:
        years = [T] if re.search(rf"\b{item['code']}\b(?!\[T-1\])", formulas) else []
        years += [T - 1] if f"{item['code']}[T-1]" in formulas else []
        low = item.get("minimum") or 0
        high = item["maximum"] if item.get("maximum") is not None else low + 1_000
        for year in years:
            whole = item.get("type") == "integer"
            value = generator.randint(int(low), int(high)) if whole else generator.uniform(low, high)
            rows.append({"code": item["code"], "year": year, "value": value})
    return rows


def one_push(api: Api, codes: list[str]) -> Figure:
    """p95 of pushing all answers of 50 KPIs, one member after the other, each for the first time."""
    cycle = open_cycle(api, "bench-push", framework=DEMO)
    inputs, kpis = demo_inputs(api)
    times = []
    for number, member in enumerate(codes):
        body = {"answers": full_push(inputs, kpis, number)}
        path = f"/api/v1/cycles/{cycle}/submissions/{member}/answers"
        api.token(f"system-{member.lower()}")
        times.append(timed(partial(api.do, "POST", path, f"system-{member.lower()}", json=body)))
    p50, p95 = percentile(times, 0.5) * 1000, percentile(times, 0.95) * 1000
    name = f"one push of {len(kpis)} KPIs ({len(body['answers'])} rows)"
    return Figure(name, f"p50 {p50:.0f} ms, p95 {p95:.0f} ms", "p95 < 80 ms", p95 < 80)


def acceptance_to_score(api: Api, codes: list[str]) -> list[Figure]:
    """From the answer to `accept` until the score is readable through the gateway, all 187 members taking part."""
    cycle = "bench-push"
    for member in codes:
        api.do("POST", f"/api/v1/cycles/{cycle}/submissions/{member}/submit", "loader")
    alone, rest = codes[-40:], codes[:-40]
    began = time.perf_counter()
    with ThreadPoolExecutor(max_workers=4) as pool:
        list(pool.map(lambda member: _accept(api, cycle, member), rest))
    for member in rest:
        _until_scored(api, cycle, member)
    burst = time.perf_counter() - began
    times = []
    for member in alone:
        _accept(api, cycle, member)
        times.append(timed(partial(_until_scored, api, cycle, member)))
    p50, p95 = percentile(times, 0.5) * 1000, percentile(times, 0.95) * 1000
    return [
        Figure("acceptance to readable score", f"p50 {p50:.0f} ms, p95 {p95:.0f} ms", "p95 < 1 s", p95 < 1000),
        Figure(f"{len(rest)} acceptances at once, all scored", f"{burst:.1f} s", "-", None),
    ]


def _accept(api: Api, cycle: str, member: str) -> None:
    api.do("POST", f"/api/v1/cycles/{cycle}/submissions/{member}/accept", "loader")


def _until_scored(api: Api, cycle: str, member: str) -> None:
    deadline = time.monotonic() + 60
    while api.call("GET", f"/api/v1/scores/{cycle}/{member}", "secretariat").status_code != 200:
        if time.monotonic() > deadline:
            raise RuntimeError(f"{member} has no score")
        time.sleep(0.005)


def reads(api: Api, stack: Stack, codes: list[str]) -> list[Figure]:
    """Reading an administration's scores at 20 clients, against a constant route of the same service."""
    token = api.token("secretariat")
    floor = wrk(f"{stack.url}/api/v1/scores", token)
    score = wrk(f"{stack.url}/api/v1/scores/bench-push/{codes[0]}", token)
    if floor is None or score is None:
        return [Figure("read of scores at 20 clients", "wrk is not installed: not measured", "<= 3 x floor", None)]
    ratio = floor["rate"] / score["rate"]
    value = f"{score['rate']:.0f}/s (p50 {score['50%']:.1f}, p99 {score['99%']:.1f} ms); floor {floor['rate']:.0f}/s"
    return [Figure("read of scores at 20 clients", f"{value}; ratio {ratio:.2f}", "<= 3 x floor", ratio <= 3)]


def wide_framework() -> str:
    """A framework with many inputs, so that 187 members make 100,000 rows."""
    numbers = range(BULK_INPUTS)
    inputs = "\n".join(f"  - {{code: I{n}X, name: {{en: Input {n}}}, unit: count, minimum: 0}}" for n in numbers)
    scoring = "{normalisation: goalposts, lower: 0, upper: 10}"
    kpis = "\n".join(
        f"    - {{code: K{n}X, kind: kpi, name: {{en: KPI {n}}}, kpi_kind: performance, formula: I{n}X, unit: count,"
        f" direction: higher_is_better, scoring: {scoring}, confidence: illustrative}}"
        for n in numbers
    )
    return f"""spec: openpmm.framework/1
code: wide
version: "1"
purpose: scoring
population: wco-members
label: {{en: Benchmark}}
name: {{en: Wide}}
languages: [en]
scale: {{lower: 0, upper: 100}}
inputs:
{inputs}
root:
  code: ROOT
  kind: index
  name: {{en: Root}}
  children:
{kpis}
"""


def bulk(api: Api, stack: Stack, codes: list[str]) -> Figure:
    """Rows a second in bulk (validated, audited), against COPY of the same rows into the same PostgreSQL."""
    api.do(
        "POST",
        "/api/v1/frameworks",
        "secretariat",
        content=wide_framework(),
        headers={"content-type": "application/yaml"},
    )
    cycle = open_cycle(api, "bench-bulk", framework="wide")
    generator = random.Random(5)
    rows = [(member, f"I{n}X", T, round(generator.random() * 1e6, 3)) for member in codes for n in range(BULK_INPUTS)]
    text = io.StringIO()
    csv.writer(text).writerows([("administration", "code", "year", "value"), *rows])
    body = text.getvalue().encode()
    path = f"/api/v1/cycles/{cycle}/answers"
    seconds = timed(lambda: api.do("POST", path, "loader", content=body, headers={"content-type": "text/csv"}))
    floor = copy_seconds(stack, rows)
    share = floor / seconds
    value = f"{len(rows) / seconds:,.0f} rows/s; COPY {len(rows) / floor:,.0f}/s; share {share:.3f}"
    return Figure(f"bulk push of {len(rows):,} rows", value, ">= 0.1 of COPY", share >= 0.1)


def copy_seconds(stack: Stack, rows: list[tuple[str, str, int, float]]) -> float:
    """COPY of the rows into a table with the same key, in the submission database."""
    dsn = stack.database_url("submission").replace("postgresql+psycopg://", "postgresql://")
    times = []
    with psycopg.connect(dsn, autocommit=True) as connection:
        for _ in range(3):
            connection.execute("drop table if exists bench_copy")
            connection.execute(
                "create table bench_copy (administration text, code text, year int, value float8,"
                " primary key (administration, code, year))"
            )
            times.append(timed(lambda: _copy(connection, rows)))
        connection.execute("drop table bench_copy")
    return statistics.median(times)


def _copy(connection: psycopg.Connection[Any], rows: list[tuple[str, str, int, float]]) -> None:
    with connection.cursor().copy("copy bench_copy from stdin") as copy:
        for row in rows:
            copy.write_row(row)


@contextmanager
def bench_stack() -> Iterator[tuple[Stack, Api]]:
    """A stack without demo data and without a rate limit in the way."""
    with running_stack(environment={"OPENPMM_RATE_LIMIT_PER_SECOND": "100000"}) as stack:
        api = Api(stack)
        try:
            yield stack, api
        finally:
            api.close()


def main() -> int:
    """Measure everything and print the table."""
    figures = [] if "--without-start" in sys.argv else [start_up()]
    with bench_stack() as (stack, api):
        codes = members(api)
        figures += [
            one_push(api, codes),
            *acceptance_to_score(api, codes),
            *reads(api, stack, codes),
            bulk(api, stack, codes),
            *pushes(api, "bench-bulk", codes),
            *large_frameworks(api),
            *catalogue_reads(api, stack.url),
        ]
    print("| what | measured | bar | |")
    print("|---|---|---|---|")
    for figure in figures:
        verdict = {True: "holds", False: "MISSED", None: ""}[figure.holds]
        print(f"| {figure.name} | {figure.value} | {figure.bar} | {verdict} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
