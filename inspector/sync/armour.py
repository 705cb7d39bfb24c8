"""The signature inside a segment or a head: an armoured SSHSIG in the one form that we write.

What verifies is left to `ledger.sshsig`. Here only the text is held to one form, so that no bit
of an object can be changed without anybody noticing.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode

from inspector.ledger import sshsig
from inspector.sync.invalid import InvalidObject

_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_WIDTH = 70


def require(signature: bytes) -> str:
    """Return the text of `signature`. Raises InvalidObject (`form`) for any other form."""
    if len(signature) > sshsig.MAX_ARMORED or not signature.isascii():
        raise InvalidObject("form", "the signature")
    text = signature.decode("ascii")
    try:
        blob = b64decode("".join(text.split("\n")[1:-2]), validate=True)
    except binascii.Error as error:
        raise InvalidObject("form", "the signature") from error
    body = b64encode(blob).decode()
    lines = [body[start : start + _WIDTH] for start in range(0, len(body), _WIDTH)]
    if text != "\n".join((_BEGIN, *lines, _END, "")):
        raise InvalidObject("form", "the signature")
    return text
