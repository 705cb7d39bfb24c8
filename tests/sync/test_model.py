"""Invariants of the exchange, driven on the real engine: workspaces, folders, faults of all kinds.

What is checked at the end knows nothing of how the engine works: all operations that exist
anywhere must be everywhere, and each field must show exactly the writes that no other one names.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, settings

from inspector.storage import preparing
from inspector.sync import packing, unpacking
from tests.support.team_template import Template
from tests.sync.machine import Exchange

if TYPE_CHECKING:
    from collections.abc import Iterator
    from unittest import TestCase


@pytest.fixture(scope="module", autouse=True)
def _small_reserve() -> Iterator[None]:
    """Four megabytes for each workspace and start would be most of what is written."""
    before = preparing.RESERVE_BYTES
    preparing.RESERVE_BYTES = 4096
    yield
    preparing.RESERVE_BYTES = before


@pytest.fixture(scope="module", autouse=True)
def _short_snapshots() -> Iterator[None]:
    """Two segments are worth a snapshot, and packs are soon full."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unpacking, "WORTH_IT", 2)
        patch.setattr(packing, "PART_BYTES", 4000)
        patch.setattr(packing, "_FULL", 2000)
        yield


@pytest.fixture(scope="module", autouse=True)
def _template() -> Iterator[None]:
    Exchange.template = Template()
    yield
    shutil.rmtree(Exchange.template.root)


_SHRINK = "MINGCHA_MODEL_SHRINK"
#: Runs of each of the parts, which workers of the tests share among them.
PARTS = 10
RUNS = int(os.environ.get("MINGCHA_MODEL_RUNS", "500")) // PARTS
_SETTINGS = settings(
    max_examples=RUNS,
    stateful_step_count=40,
    deadline=None,
    # Making a failing run small takes longer than all runs; MINGCHA_MODEL_SHRINK=1 asks for it.
    phases=[each for each in Phase if each is not Phase.shrink or os.environ.get(_SHRINK)],
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


def _part(number: int) -> type[TestCase]:
    made: type[TestCase] = type(f"Exchange{number}", (Exchange,), {}).TestCase  # type: ignore[attr-defined]
    made.settings = _SETTINGS  # type: ignore[attr-defined]
    return made


globals().update({f"TestExchange{number}": _part(number) for number in range(1, PARTS + 1)})
