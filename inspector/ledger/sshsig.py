"""SSH signatures (SSHSIG): what stock `ssh-keygen -Y verify` accepts, made and verified here.

The form is that of OpenSSH's PROTOCOL.sshsig with Ed25519 keys (RFC 8709) and SHA-512. Anything
else – another version, key type, hash or namespace, a byte too many – is refused: an unknown suite
fails closed. Keys are 32 raw bytes, signatures 64 (RFC 8032); a secret key never comes here, only
the function that signs with it.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Callable

#: Returns the raw Ed25519 signature (64 bytes) of what it is handed.
Sign = Callable[[bytes], bytes]

#: What a signature was made for: one made for something else is never taken for it.
SEAL = "iv-seal@1"
STATEMENT = "mingcha-statement@1"
SEGMENT = "mingcha-segment@1"
HEAD = "mingcha-head@1"
SNAPSHOT = "mingcha-snapshot@1"
THUMBS = "mingcha-thumbs@1"
REQUEST = "mingcha-request@1"
RECEIPT = "mingcha-receipt@1"

KEY_BYTES = 32
SIGNATURE_BYTES = 64
#: A signature of ours is some 300 characters; nothing longer is looked into.
MAX_ARMORED = 2048

_MAGIC = b"SSHSIG"
_VERSION = 1
_KEY_TYPE = b"ssh-ed25519"
_HASH = b"sha512"
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_WIDTH = 70


class InvalidSignature(ValueError):
    """The signature is not one of this key over this message in this namespace."""


def armored(public: bytes, namespace: str, message: bytes, sign: Sign) -> str:
    """Return the armoured signature of `message` by the key `public`, ending in a line feed."""
    signature = sign(_signed(namespace, message))
    blob = (
        _MAGIC
        + _VERSION.to_bytes(4, "big")
        + _string(_wire(public))
        + _string(namespace.encode())
        + _string(b"")
        + _string(_HASH)
        + _string(_string(_KEY_TYPE) + _string(signature))
    )
    text = b64encode(blob).decode()
    lines = [text[start : start + _WIDTH] for start in range(0, len(text), _WIDTH)]
    return "\n".join((_BEGIN, *lines, _END, ""))


def verify(armored_text: str, public: bytes, namespace: str, message: bytes) -> None:
    """Return if `armored_text` is the signature of `message` by `public` for `namespace`.

    Raises InvalidSignature otherwise, also for whatever this version does not know.
    """
    # Loaded where something is verified: the first window must not wait for it.
    from cryptography import exceptions
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    signer, signature = _taken_apart(armored_text, namespace)
    if signer != public:
        raise InvalidSignature("another key")
    try:
        key = Ed25519PublicKey.from_public_bytes(public)
        key.verify(signature, _signed(namespace, message))
    except (exceptions.InvalidSignature, ValueError) as error:
        raise InvalidSignature("not the signature of this message") from error


def signer_of(armored_text: str, namespace: str) -> bytes:
    """Return the key that a signature says it was made with. Nothing is verified by this.

    Raises InvalidSignature for what is no signature of the known form.
    """
    return _taken_apart(armored_text, namespace)[0]


def signature_of(armored_text: str, namespace: str) -> bytes:
    """Return the raw signature (64 bytes) in an armoured one. Nothing is verified by this.

    Raises InvalidSignature for what is no signature of the known form.
    """
    return _taken_apart(armored_text, namespace)[1]


def fingerprint(public: bytes) -> str:
    """Return the fingerprint of a key as `ssh-keygen -l` prints it: "SHA256:…"."""
    digest = hashlib.sha256(_wire(public)).digest()
    return f"SHA256:{b64encode(digest).decode().rstrip('=')}"


def public_line(public: bytes) -> str:
    """Return a key as OpenSSH writes it in one line, without a comment."""
    return f"{_KEY_TYPE.decode()} {b64encode(_wire(public)).decode()}"


def _signed(namespace: str, message: bytes) -> bytes:
    """Return the bytes that are signed for `message`: its hash and what it was signed for."""
    digest = hashlib.sha512(message).digest()
    parts = (namespace.encode(), b"", _HASH, digest)
    return _MAGIC + b"".join(map(_string, parts))


def _wire(public: bytes) -> bytes:
    return _string(_KEY_TYPE) + _string(public)


def _string(data: bytes) -> bytes:
    """Return `data` as SSH writes a string (RFC 4251): its length in four bytes, then itself."""
    return len(data).to_bytes(4, "big") + data


def _taken_apart(armored_text: str, namespace: str) -> tuple[bytes, bytes]:
    """Return the key and the raw signature of an armoured signature of the known form."""
    rest = _unarmored(armored_text)
    head = _MAGIC + _VERSION.to_bytes(4, "big")
    if not rest.startswith(head):
        raise InvalidSignature("another version")
    parts = _strings(rest[len(head) :], 5)
    if parts[1:4] != [namespace.encode(), b"", _HASH]:
        raise InvalidSignature("another namespace or hash")
    public = _of_key_type(parts[0], KEY_BYTES)
    return public, _of_key_type(parts[4], SIGNATURE_BYTES)


def _unarmored(text: str) -> bytes:
    if len(text) > MAX_ARMORED:
        raise InvalidSignature("too long")
    lines = text.replace("\r\n", "\n").strip("\n").split("\n")
    if lines[0] != _BEGIN or lines[-1] != _END:
        raise InvalidSignature("no armour")
    try:
        return b64decode("".join(lines[1:-1]), validate=True)
    except ValueError as error:
        raise InvalidSignature(str(error)) from error


def _of_key_type(data: bytes, length: int) -> bytes:
    kind, content = _strings(data, 2)
    if kind != _KEY_TYPE or len(content) != length:
        raise InvalidSignature("another kind of key")
    return content


def _strings(data: bytes, count: int) -> list[bytes]:
    """Take exactly `count` SSH strings apart."""
    found = []
    for _ in range(count):
        length = int.from_bytes(data[:4], "big")
        if len(data) < 4 + length:
            raise InvalidSignature("cut off")
        found.append(data[4 : 4 + length])
        data = data[4 + length :]
    if data:
        raise InvalidSignature("more than a signature")
    return found
