"""The speed of pushes besides committed ones: files that are only validated, and large workbooks."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from answer_intake.formats import Format
from answer_intake.writing import write
from tests.bench.figures import Figure, timed
from tests.support.gateway import Api, T

ROWS = 100_000
CSV = {"content-type": "text/csv"}
LISTED = {**CSV, "accept": "application/x-ndjson"}
WORKBOOK = """
import json, resource, sys, time
from pathlib import Path
from answer_intake.checking import check
from answer_intake.reading import read
from answer_intake.rulebook import Bounds, Rulebook
from framework_spec.rules import RulePack

codes = [f"I{number}X" for number in range(540)]
pack = RulePack(framework="f", version="1", languages=("en",), inputs=(), kpis=(), rules=())
rules = {(code, 2024): Bounds(0.0, 1e9, False) for code in codes}
rulebook = Rulebook(2024, rules, {code: (2024,) for code in codes}, {}, frozenset(), pack)
body, members = Path(sys.argv[1]).read_bytes(), [f"M{number}" for number in range(200)]
began = time.perf_counter()
checked = check(read(body, "xlsx", many=True), rulebook, member=None, members=members)
seconds = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps([len(checked.taken.answers), len(checked.findings), seconds, peak]))
"""


def pushes(api: Api, cycle: str, codes: Sequence[str]) -> list[Figure]:
    """Validating only, at the cycle of the bulk push, and a large workbook."""
    return [good_rows(api, cycle, codes), wrong_rows(api, cycle, codes[0]), workbook()]


def good_rows(api: Api, cycle: str, codes: Sequence[str]) -> Figure:
    """A dry run of rows that are all good and all say something new."""
    inputs = ROWS // len(codes)
    lines = [f"{code},I{number}X,{T},{number + 0.5}" for code in codes for number in range(inputs)]
    body = "\n".join(["administration,code,year,value", *lines]).encode()
    path = f"/api/v1/cycles/{cycle}/answers?dry_run=true"
    return _rate(
        "validate only, good rows", len(lines), timed(lambda: api.do("POST", path, "loader", content=body, headers=CSV))
    )


def wrong_rows(api: Api, cycle: str, member: str) -> Figure:
    """A file in which no row is right: every error is found, worded and listed."""
    faults = ("I1Y,{year},1", "I{row}X,{year},x{row}", "I{row}X,1999,1", "I1X,{year},-{row}")
    lines = [faults[row % len(faults)].format(row=row % 540, year=T) for row in range(ROWS)]
    body = "\n".join(["code,year,value", *lines]).encode()
    path = f"/api/v1/cycles/{cycle}/submissions/{member}/answers?dry_run=true"
    listed: list[int] = []

    def push() -> None:
        answer = api.call("POST", path, f"system-{member.lower()}", content=body, headers=LISTED)
        listed.append(answer.content.count(b"\n"))

    api.token(f"system-{member.lower()}")
    seconds = timed(push)
    if listed[0] < ROWS:
        raise RuntimeError(f"{listed[0]:,} errors were listed of at least {ROWS:,}")
    return _rate("validate only, every row wrong, all errors listed", ROWS, seconds)


def _rate(name: str, rows: int, seconds: float) -> Figure:
    rate = rows / seconds
    return Figure(f"{name} ({rows:,})", f"{rate:,.0f} rows/s", ">= 20,000 rows/s", rate >= 20_000)


def workbook() -> Figure:
    """Reading and validating a workbook, in a process of its own, whose memory is looked at."""
    items = (
        {"administration": f"M{row // 540}", "code": f"I{row % 540}X", "year": 2024, "value": row + 0.25}
        for row in range(ROWS)
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.xlsx"
        file.write_bytes(write(items, Format.XLSX, many=True))
        command = [sys.executable, "-c", WORKBOOK, str(file)]
        taken, found, seconds, peak = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    if (taken, found) != (ROWS, 0):
        raise RuntimeError(f"{taken:,} rows were taken, {found:,} errors found")
    holds = seconds < 10 and peak < 500
    return Figure(f"XLSX of {ROWS:,} rows read and validated", f"{seconds:.1f} s, {peak} MB", "< 10 s, < 500 MB", holds)
