"""The code that ties a signed sheet of paper to what the record says.

It is computed from what the sheet states. Printed on the sheet and shown on screen, it tells
whether the facts that were signed are still those of the record: another text, time or window
gives another code.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from inspector.domain.facts import effective

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector.domain.record import VisitRecord

#: Digits and capitals without those taken for them off a photograph (I, L, O, U).
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUP, _GROUPS = 4, 3


def record_code(record: VisitRecord, findings: Iterable[str]) -> str:
    """Return the code for a sheet about `findings` (ids, in the order of the sheet).

    Twelve characters, 60 bits of the SHA-256 over the visit and, for each finding that holds, its
    number, time, window and text, as JSON in UTF-8 with sorted keys and no blanks. The form must
    not change: signed sheets carry these codes.
    """
    known = {finding.id: finding for finding in effective(record.findings)}
    windows = {window.id: window.number or window.label for window in record.windows}
    stated = {
        "visit": record.visit.id,
        "findings": [
            {
                "number": found.official_number,
                "observed_from": found.observed_from,
                "observed_to": found.observed_to,
                "window": windows.get(found.window or "", ""),
                "text": found.text,
            }
            for each in findings
            if (found := known.get(each)) is not None
        ],
    }
    form = json.dumps(stated, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    bits = int.from_bytes(hashlib.sha256(form.encode()).digest()[:8]) >> 4
    letters = [_ALPHABET[bits >> (5 * place) & 31] for place in range(_GROUP * _GROUPS)]
    text = "".join(reversed(letters))
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))
