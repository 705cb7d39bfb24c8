"""Real processes on one depot: whatever is killed or stopped, all have everything in the end."""

from __future__ import annotations

import os

import pytest

from inspector.base.progress import SILENT
from inspector.storage.integrity import audit_projection
from tests.rigs.exchange_processes import Rig
from tests.sync import oracle

SECONDS = float(os.environ.get("MINGCHA_RIG_SECONDS", "600"))


def converge(rig: Rig) -> None:
    laptops = rig.opened()
    try:
        rig.visit_all(laptops)
        rig.visit_all(laptops)
        saved = rig.saved()
        assert saved
        assert all(saved <= oracle.operations(each).keys() for each in laptops)
        oracle.require_spread(laptops, {})
        # The receipts for what came in the second turn are known to all after the third.
        rig.visit_all(laptops)
        held = [oracle.operations(each).keys() for each in laptops]
        assert all(each == held[0] for each in held)
        oracle.require_same(laptops)
        files = set(laptops[0].wanted())
        for laptop in laptops:
            assert audit_projection(laptop.store.db, rig.folder, SILENT) == []
            assert all(laptop.blobs.verify(sha256) == "ok" for sha256 in files)
    finally:
        for laptop in laptops:
            laptop.store.close()


def test_two_processes_for_a_moment(tmp_path):
    rig = Rig(tmp_path)
    rig.disturb(3)
    converge(rig)


@pytest.mark.rig
@pytest.mark.parametrize("count", [2, 3])
def test_processes_killed_and_stopped_for_long(tmp_path, count):
    rig = Rig(tmp_path, count)
    rig.disturb(SECONDS)
    print(f"{rig.kills} kills, {rig.stops} stops, {len(rig.saved())} saved entries")
    converge(rig)
