"""Write `contracts/openapi/*.json` from the code of the services: `make contracts`."""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.support.services import SERVICES, application  # noqa: E402 - the path above makes it importable

if __name__ == "__main__":
    folder = ROOT / "contracts" / "openapi"
    folder.mkdir(parents=True, exist_ok=True)
    for service in SERVICES:
        document = json.dumps(application(service).openapi(), indent=2, ensure_ascii=False, sort_keys=True)
        (folder / f"{service}.json").write_text(document + "\n", encoding="utf-8")
        print(f"contracts/openapi/{service}.json")
