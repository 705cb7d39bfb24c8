"""What tells this computer from others."""

from __future__ import annotations

import contextlib
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from inspector.base.hashing import hashed

_LINUX = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
_WINDOWS = r"SOFTWARE\Microsoft\Cryptography"


@cache
def machine() -> str:
    """Return 32 hex digits that stay the same on this installation, "" where it has no id.

    The id itself is confidential (machine-id(5)) and never leaves this function. A disk copied
    sector by sector has it too.
    """
    found = _windows() if sys.platform == "win32" else _linux()
    return hashed(f"mingcha:{found}".encode()).hexdigest()[:32] if found else ""


def _linux() -> str:
    for path in _LINUX:
        with contextlib.suppress(OSError):
            return path.read_text(encoding="ascii", errors="replace").strip()
    return ""


def _windows() -> str:
    registry: Any = import_module("winreg")
    with (
        contextlib.suppress(OSError),
        registry.OpenKey(registry.HKEY_LOCAL_MACHINE, _WINDOWS) as key,
    ):
        return str(registry.QueryValueEx(key, "MachineGuid")[0])
    return ""
