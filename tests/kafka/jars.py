"""Apache Kafka's jars: found in a cache, or fetched into it once by Maven coordinates."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from xml.etree import ElementTree

POM = Path(__file__).with_name("pom.xml")
NAMESPACE = "{http://maven.apache.org/POM/4.0.0}"
SETTING = "OPENPMM_TEST_KAFKA_CACHE"
OLDEST_JAVA = 17
FETCH_SECONDS = 300


def version() -> str:
    """The version of Apache Kafka that pom.xml pins."""
    found = ElementTree.parse(POM).findtext(f"{NAMESPACE}properties/{NAMESPACE}kafka.version")  # noqa: S314 - our own
    assert found, "pom.xml pins no kafka.version"
    return found


def folder() -> Path:
    """Where the jars of this version are kept; the setting moves the cache."""
    cache = Path(os.environ.get(SETTING) or "~/.cache/openpmm").expanduser()
    return cache.resolve() / f"kafka-{version()}"


def what_is_missing() -> list[str]:
    """What this machine lacks to run Apache Kafka, in words; Maven is needed only while the cache is empty."""
    missing = []
    if _java_version() < OLDEST_JAVA:
        missing.append(f"Java {OLDEST_JAVA} or newer")
    if not folder().exists() and shutil.which("mvn") is None:
        missing.append("Maven (to fetch the jars once)")
    return missing


def _java_version() -> int:
    """The main version of the `java` on the path; 0 when there is none."""
    java = shutil.which("java")
    if java is None:
        return 0
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False, timeout=60).stderr
    found = re.search(r'version "(\d+)', said)
    return int(found.group(1)) if found else 0


def fetch() -> Path:
    """The folder of the jars, filled by Maven when it is not there yet; a fetch cut short leaves nothing behind."""
    wanted = folder()
    if wanted.exists():
        return wanted
    wanted.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=wanted.parent, prefix="unfinished-") as unfinished:
        jars = Path(unfinished) / "jars"
        # Strict checksums: a jar that was damaged on its way is an error and not a warning.
        goal = ["dependency:copy-dependencies", f"-DoutputDirectory={jars}"]
        command = ["mvn", "--batch-mode", "--quiet", "--strict-checksums", "--file", str(POM), *goal]
        subprocess.run(command, check=True, timeout=FETCH_SECONDS)
        if not wanted.exists():  # somebody else may have been quicker
            jars.rename(wanted)
    return wanted


def class_path() -> str:
    """Java's class path: the jars, and this folder for the logging configuration."""
    return f"{POM.parent}:{fetch()}/*"
