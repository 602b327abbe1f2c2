"""`make test-kafka`: the tests that need a broker, against Apache Kafka; says so where Java or Maven are missing."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.kafka import jars
from tests.kafka.apache_kafka import SETTING

ROOT = Path(__file__).resolve().parents[2]
END_TO_END = "tests/e2e/test_main_job.py"
NEEDS_A_BROKER = re.compile(r"\b(embedded_broker|kafka_settings)\b")


def messaging_tests() -> list[str]:
    """Test modules of the packages that ask for a broker, by the names of its fixtures."""
    modules = sorted([*ROOT.glob("libs/*/tests/**/test_*.py"), *ROOT.glob("services/*/tests/**/test_*.py")])
    return [
        str(path.relative_to(ROOT))
        for path in modules
        if NEEDS_A_BROKER.search(path.read_text(encoding="utf-8")) is not None
    ]


def main(options: list[str]) -> int:
    """Fetch the jars if need be and run pytest; 0 as well where Apache Kafka cannot run, after saying why."""
    missing = jars.what_is_missing()
    if missing:
        print(f"make test-kafka is NOT run: {' and '.join(missing)} cannot be found here.", flush=True)
        return 0
    print(f"Apache Kafka {jars.version()}, its jars from {jars.fetch()}", flush=True)
    # The end-to-end stack comes last: it lives until the end of the run, and one stack at a time is enough.
    command = [sys.executable, "-m", "pytest", "tests/kafka", *messaging_tests(), END_TO_END, *options]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, SETTING: "apache"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
