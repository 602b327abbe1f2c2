"""The canonical form: one document, one sequence of bytes, whoever wrote it down and in whatever order."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any


def canonical_bytes(value: Any) -> bytes:
    """Write JSON with sorted keys, no spaces and UTF-8; 1.0 and 1 are the same number and written alike."""
    text = json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def sha256_of(value: Any) -> str:
    """Give the digest of the canonical form, as "sha256:" and 64 hexadecimal digits."""
    return "sha256:" + hashlib.sha256(canonical_bytes(value)).hexdigest()


def plain(value: Any) -> Any:
    """Give the value as it stands in the canonical form, so that the same number always looks the same."""
    if isinstance(value, float):
        # Whole numbers within the exact range of floats lose their ".0"; the others keep Python's shortest form.
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if isinstance(value, Decimal):
        return plain(float(value))
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [plain(item) for item in value]
    return value
