"""Python's search for circles rests in the midst of work that makes none, and only there."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from inspector.base.garbage import no_circles

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def searching() -> Iterator[None]:
    enabled = gc.isenabled()
    gc.enable()
    yield
    if not enabled:
        gc.disable()


def test_rests_within_and_goes_on_afterwards():
    with no_circles():
        assert not gc.isenabled()
        with no_circles():
            assert not gc.isenabled()
        assert not gc.isenabled(), "the outer use has not ended"
    assert gc.isenabled()


def test_goes_on_after_a_failure():
    with pytest.raises(OSError, match="disk"), no_circles():
        raise OSError("disk")
    assert gc.isenabled()


def test_what_a_program_switched_off_stays_off():
    gc.disable()
    with no_circles():
        assert not gc.isenabled()
    assert not gc.isenabled()
