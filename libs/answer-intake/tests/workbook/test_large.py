"""A workbook of 100,000 rows is read and checked quickly and in little memory, also when every row is wrong."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from answer_intake.formats import Format
from answer_intake.writing import write

ROWS = 100_000
SECONDS, MEGABYTES = 10, 500  # of the processor: other tests may run beside it
MEASURE = """
import json, sys, time
from pathlib import Path
from answer_intake.checking import check
from answer_intake.reading import read
from answer_intake.rulebook import Rulebook
from framework_spec.rules.pack import PackedInput, RulePack
from framework_spec.rules import RulePack

body = Path(sys.argv[1]).read_bytes()
inputs = [PackedInput(code=f"INPUT_{n}", minimum=0, maximum=1e9, years=("T", "T-1")) for n in range(1000)]
pack = RulePack(framework="large", version="1", languages=("en",), inputs=tuple(inputs), kpis=(), rules=())
rulebook = Rulebook.of(pack, 2024)
def peak_megabytes():  # not ru_maxrss, which counts what the parent had when it forked
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else ["VmHWM: 0 kB"]
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))
start = time.process_time()
checked = check(read(body, "xlsx", many=True), rulebook, member=None, members=[f"M{n}" for n in range(50)])
seconds = time.process_time() - start
peak = peak_megabytes()
print(json.dumps([len(checked.taken.answers), len(checked.findings), seconds, peak]))
"""


@pytest.mark.parametrize("is_wrong", [False, True])
def test_100_000_rows_within_10_seconds_and_500_megabytes(tmp_path: Path, is_wrong: bool) -> None:
    items = (
        {
            "administration": f"M{number // 2000}",
            "code": f"INPUT_{number % 2000 // 2}",
            "year": 2023 + number % 2,
            "value": -1.5 if is_wrong else number * 1.5,
            "comment": f"taken from report {number}",
        }
        for number in range(ROWS)
    )
    path = tmp_path / "large.xlsx"
    path.write_bytes(write(items, Format.XLSX, many=True))
    found = subprocess.run([sys.executable, "-c", MEASURE, path], capture_output=True, text=True, check=True)
    answers, findings, seconds, megabytes = json.loads(found.stdout)
    assert (answers, findings) == ((0, ROWS) if is_wrong else (ROWS, 0))
    assert seconds < SECONDS
    assert megabytes < MEGABYTES
