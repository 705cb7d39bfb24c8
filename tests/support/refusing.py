"""Asking for what the program refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from inspector.base.errors import MingchaError

if TYPE_CHECKING:
    from collections.abc import Callable


def refused(code: str, act: Callable[..., Any], *args: Any, **kwargs: Any) -> MingchaError:
    """See that `act` raises the expected failure of that code, and return it."""
    with pytest.raises(MingchaError) as caught:
        act(*args, **kwargs)
    assert caught.value.code == code
    return caught.value
