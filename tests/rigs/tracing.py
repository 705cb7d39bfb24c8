"""Whether the tests that need strace run here, are skipped, or fail."""

from __future__ import annotations

import os
import sys

import pytest

from tests.rigs.disk_trace import strace_missing


def _verdict() -> tuple[bool, str]:
    if not sys.platform.startswith("linux"):
        return True, "system calls are recorded on Linux only"
    reason = strace_missing()
    if reason is None:
        return False, ""
    if os.environ.get("CI", "").lower() in ("1", "true", "yes"):
        # A build that silently leaves the power cuts out would be worse than a red one.
        raise RuntimeError(f"the rigs cannot run, and in CI they must: {reason}")
    return True, reason


_skip, _reason = _verdict()
needs_strace = pytest.mark.skipif(_skip, reason=_reason)
