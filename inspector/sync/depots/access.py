"""What it takes to enter a server. Asked of a person or read from a file, never in an address."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Access:
    """Who enters and how; empty where a place needs none.

    user, password: of WebDAV and SFTP; for S3 the key's id and the secret key. key_file: a private
    SSH key, which `password` then opens. host_key: the fingerprint of the SFTP server, as it was
    shown and confirmed ("ssh-ed25519 SHA256:…").
    """

    user: str = ""
    password: str = field(default="", repr=False)
    key_file: str = ""
    host_key: str = ""


NO_ACCESS = Access()
