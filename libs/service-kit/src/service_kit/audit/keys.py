"""The key that signs checkpoints (Ed25519), and the public keys that are trusted, read from one file of PEM blocks.

The first block signs: a private key for the worker; for who only verifies, its public half is enough. Blocks after it
are public keys of before, which stay trusted, so that a key can be replaced.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

_BLOCK = re.compile(rb"-----BEGIN ([A-Z ]+)-----.+?-----END \1-----", re.DOTALL)


class AuditKeyError(ValueError):
    """The file has no key that can be used for what is wanted."""


@dataclass(frozen=True)
class AuditKeys:
    """`trusted` are public keys by their id; `signing` is the private one, where this process has it."""

    trusted: Mapping[str, Ed25519PublicKey]
    signing: Ed25519PrivateKey | None = None

    @property
    def signing_id(self) -> str:
        """The id of the key that signs.

        Raises:
            AuditKeyError: this process has none.
        """
        return key_id(self._private.public_key())

    def sign(self, content: bytes) -> str:
        """The signature, in base64.

        Raises:
            AuditKeyError: this process has no private key.
        """
        return base64.b64encode(self._private.sign(content)).decode()

    def is_signed(self, content: bytes, signature: str, key: str) -> bool:
        """Whether the trusted key of that id has signed it."""
        try:
            self.trusted[key].verify(base64.b64decode(signature, validate=True), content)
        except (KeyError, ValueError, InvalidSignature):
            return False
        return True

    @property
    def _private(self) -> Ed25519PrivateKey:
        if self.signing is None:
            raise AuditKeyError("This process has no private key to sign checkpoints with.")
        return self.signing


NO_KEYS = AuditKeys({})


def read_keys(path: Path) -> AuditKeys:
    """The keys of a file.

    Raises:
        AuditKeyError: it has no PEM block, or one that is no Ed25519 key.
        OSError: it cannot be read.
    """
    signing: Ed25519PrivateKey | None = None
    trusted: dict[str, Ed25519PublicKey] = {}
    for number, block in enumerate(_BLOCK.finditer(path.read_bytes())):
        key = _key(block.group(), path)
        if isinstance(key, Ed25519PrivateKey):
            if number:
                raise AuditKeyError(f"{path}: only the first block may be a private key; the others are of before.")
            signing, key = key, key.public_key()
        trusted[key_id(key)] = key
    if not trusted:
        raise AuditKeyError(f"{path} has no PEM block. Make a key: openssl genpkey -algorithm ed25519 -out FILE")
    return AuditKeys(trusted, signing)


def keys_or_none(path: Path | None) -> AuditKeys:
    """The keys of a file, or `NO_KEYS` where none is named.

    Raises:
        AuditKeyError, OSError: like `read_keys`.
    """
    return NO_KEYS if path is None else read_keys(path)


def new_key_pem() -> str:
    """A new private key as PEM, to be kept where only its owner can read it."""
    made = Ed25519PrivateKey.generate()
    return made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_pem(key: Ed25519PublicKey) -> str:
    """A public key as PEM, for who keeps checkpoints."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def key_id(key: Ed25519PublicKey) -> str:
    """The first 16 digits of the SHA-256 of the public key's 32 bytes."""
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]


def _key(block: bytes, path: Path) -> Ed25519PrivateKey | Ed25519PublicKey:
    try:
        key = load_pem_private_key(block, None) if b"PRIVATE" in block[:40] else load_pem_public_key(block)
    except (ValueError, TypeError):
        raise AuditKeyError(f"{path} holds a PEM block that cannot be read; it must not have a password.") from None
    if not isinstance(key, Ed25519PrivateKey | Ed25519PublicKey):
        raise AuditKeyError(f"{path} holds a key of another kind than Ed25519.")
    return key
