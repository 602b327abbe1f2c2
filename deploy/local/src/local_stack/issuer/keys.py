"""The signing key: made once, kept in the data folder, so that tokens stay valid over restarts."""

import hashlib
import json
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from jwt.algorithms import ECAlgorithm

from local_stack.folders import write_private


def signing_key(path: Path) -> ec.EllipticCurvePrivateKey:
    """Read the key, or make it (P-256, for ES256)."""
    if not path.exists():
        made = ec.generate_private_key(ec.SECP256R1())
        write_private(path, made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{path} does not hold an elliptic curve key")
    return key


def public_jwk(key: ec.EllipticCurvePrivateKey) -> dict[str, Any]:
    """The public half as JSON Web Key; its id is the thumbprint of RFC 7638."""
    jwk: dict[str, Any] = ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
    essential = {name: jwk[name] for name in ("crv", "kty", "x", "y")}
    digest = hashlib.sha256(json.dumps(essential, separators=(",", ":"), sort_keys=True).encode()).hexdigest()
    return {**essential, "kid": digest[:16], "use": "sig", "alg": "ES256"}
