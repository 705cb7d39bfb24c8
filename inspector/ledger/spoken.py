"""Fingerprints that two people compare by voice: six groups of five digits.

Digits are told apart on a bad telephone line and in either language. 30 of them are 99 bits: nobody
makes another key whose fingerprint sounds the same.
"""

from __future__ import annotations

import hashlib

GROUPS, DIGITS = 6, 5


def spoken(data: bytes, label: str) -> str:
    """Return the fingerprint of `data`; what is fingerprinted as something else sounds different.

    label: what `data` is, such as "organisation".
    """
    digest = hashlib.sha256(label.encode() + b"\0" + data).digest()
    number = int.from_bytes(digest, "big") % 10 ** (GROUPS * DIGITS)
    digits = f"{number:0{GROUPS * DIGITS}d}"
    return " ".join(digits[at : at + DIGITS] for at in range(0, len(digits), DIGITS))


def sounds_like(said: str, fingerprint: str) -> bool:
    """Tell whether somebody said this fingerprint, however they grouped it."""
    digits = "".join(str(int(each)) for each in said if each.isdecimal())
    return digits == fingerprint.replace(" ", "")
