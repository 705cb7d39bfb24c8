"""What is wrong with an object that came from elsewhere."""

from __future__ import annotations


class InvalidObject(ValueError):
    """The bytes are not an object that this version may use; they change nothing.

    `code` is what scripts and the quarantine name: `too_large` (packed or unpacked, or a list in
    it), `form` (not written as this version writes), `version` (of another version), `suite`,
    `codec` (unknown), `kind`, `space` (of another kind or space), `cipher` (not sealed with this
    key, or altered), `name` (not the bytes its name stands for), `root`, `chain` (the operations
    are not those the header names), `role` (of somebody who may not make such objects).
    """

    def __init__(self, code: str, detail: str = "") -> None:
        self.code = code
        super().__init__(f"{code}: {detail}" if detail else code)
