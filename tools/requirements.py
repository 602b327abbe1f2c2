"""Print every third-party requirement of the tree, one a line: the input of `make lock`."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def third_party_requirements() -> list[str]:
    """The requirements named by any pyproject.toml, without the project's own packages."""
    found: set[str] = set()
    for path in ROOT.glob("**/pyproject.toml"):
        if any(part.startswith(".") for part in path.relative_to(ROOT).parts):
            continue
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        found.update(document["project"]["dependencies"])
        for group in document.get("dependency-groups", {}).values():
            found.update(group)
    return sorted(requirement for requirement in found if not requirement.startswith("openpmm-"))


if __name__ == "__main__":
    print("\n".join(third_party_requirements()))
