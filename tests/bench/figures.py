"""What every benchmark has in hand: a figure with its bar, times, and HTTP load from wrk."""

import re
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One measured figure and the bar it is held against."""

    name: str
    value: str
    bar: str
    holds: bool | None


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which the share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def timed(action: Callable[[], Any]) -> float:
    """Seconds that the action takes."""
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def wrk(
    url: str, token: str | None, clients: int = 20, seconds: int = 6, headers: Mapping[str, str] | None = None
) -> dict[str, float] | None:
    """Requests a second and p50 / p99 in milliseconds; None without wrk."""
    if shutil.which("wrk") is None:
        return None
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--latency", url]
    sent = {**({"Authorization": f"Bearer {token}"} if token else {}), **(headers or {})}
    command += [part for name, value in sent.items() for part in ("-H", f"{name}: {value}")]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in text:
        raise RuntimeError(f"{url} did not answer with 2xx:\n{text}")
    units = {"us": 0.001, "ms": 1.0, "s": 1000.0}
    found = {name: re.search(rf"{name}\s+([\d.]+)(us|ms|s)", text) for name in ("50%", "99%")}
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    if rate is None or any(match is None for match in found.values()):
        raise RuntimeError(text)
    times = {name: float(match[1]) * units[match[2]] for name, match in found.items() if match}
    return {"rate": float(rate[1]), **times}
