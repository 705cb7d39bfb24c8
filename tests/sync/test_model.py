"""Invariants of the exchange, driven on the real engine: workspaces, folders, faults of all kinds.

What is checked at the end knows nothing of how the engine works: all operations that exist
anywhere must be everywhere, and each field must show exactly the writes that no other one names.
"""

from __future__ import annotations

import os
import random
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from inspector.base.errors import MingchaError
from inspector.base.ids import system_entropy
from inspector.base.paths import Workspace
from inspector.base.progress import SILENT
from inspector.ledger.operation import RECEIPT, parse
from inspector.storage import backup, exchange, preparing
from inspector.storage.integrity import audit_projection
from inspector.storage.store import Edit
from inspector.sync import packing, unpacking
from inspector.sync.depots import marker
from inspector.sync.depots.folder import FolderDepot
from inspector.sync.depots.protocol import DepotError
from inspector.sync.outcome import Limits
from tests.support.depot_reader import everything_in
from tests.support.faulty_depot import Crashed, Fault, FaultyDepot
from tests.support.fixed import START, CountingEntropy
from tests.support.laptops import Laptop
from tests.support.team_template import Template

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from unittest import TestCase

    from inspector.ledger.operation import Operation

MOST = 6
DEVICES, DEPOTS = st.integers(0, MOST - 1), st.integers(0, 1)
#: Without it a depot is none; mending that is for people.
MARKER = "depot.json"


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


class Exchange(RuleBasedStateMachine):
    """Some laptops, two depots, and everything that goes wrong."""

    template: Template

    @initialize(seed=st.integers(0, 2**32), count=st.integers(3, 4))
    def start(self, seed: int, count: int) -> None:
        self.chance = random.Random(seed)
        self.folder, self.office = self.template.copied()
        self.laptops = [Laptop(f"l{n}", self.folder / f"l{n}") for n in range(count)]
        for laptop in self.laptops:
            laptop.store.entropy = CountingEntropy(f"{seed}:{laptop.name}")
        self.gone: set[int] = set()
        self.rotten: set[int] = set()
        self.shared: set[str] = set()
        self.snapshots: dict[str, Path] = {}
        self.photographs: set[str] = set()
        self.made = 0

    def laptop(self, number: int) -> Laptop:
        return self.laptops[number % len(self.laptops)]

    # -- what people do --------------------------------------------------------------------

    @rule(
        who=DEVICES,
        entity=st.integers(0, 3),
        field=st.sampled_from(["text", "severity", "void", "newer"]),
        value=st.integers(0, 3),
    )
    def edit(self, who: int, entity: int, field: str, value: int) -> None:
        given: Any = value if field == "severity" else f"值{value}"
        self.laptop(who).store.commit([Edit("finding", f"f{entity}", {field: given})], visit="v")

    @rule(who=DEVICES, content=st.integers(0, 3))
    def photograph(self, who: int, content: int) -> None:
        laptop = self.laptop(who)
        stored = laptop.blobs.add_bytes(b"photo %d" % content)
        fields = {"sha256": stored.sha256, "size": stored.size}
        laptop.store.commit([Edit("evidence", f"e{content}", fields)], visit="v")

    @rule(
        who=DEVICES,
        where=DEPOTS,
        chance=st.sampled_from([0.0, 0.02, 0.1]),
        verify=st.sampled_from([False, False, True]),
        snapshot=st.sampled_from([False, False, True]),
    )
    def sync(self, who: int, where: int, chance: float, verify: bool, snapshot: bool) -> None:
        laptop, root = self.laptop(who), self.folder / f"d{where}"
        other = FolderDepot(self.folder / f"d{1 - where}")
        depot = FaultyDepot(FolderDepot(root), self.chance.getrandbits(32), chance, other)
        try:
            done = laptop.sync(depot, Limits(verify=verify, snapshot=snapshot))
        except (DepotError, Crashed):
            laptop.reopen()
            return
        except MingchaError as error:
            # The wrong stick is in, or what should say which one it is cannot be read.
            if error.code not in ("depot_other", "depot_unmarked", "depot_newer"):
                raise
            laptop.reopen()
            return
        finally:
            shutil.copyfile(self.template.root / f"d{where}" / MARKER, root / MARKER)
            self.note(where, {fault for fault, _name in depot.happened})
        assert not done.differs, "the same entries made other tables"
        # The other one may have been in from the beginning, and then it is what was visited.
        visited = where if self.depot_id(where) == done.depot else 1 - where
        # What rots after it was read back is found by reading everything back again.
        if done.safe and (visited not in self.rotten or (verify and not depot.happened)):
            self.must_be_there(laptop, self.folder / f"d{visited}")

    def depot_id(self, where: int) -> str:
        return marker.read(FolderDepot(self.folder / f"d{where}")).depot

    def note(self, where: int, faults: set[Fault]) -> None:
        """After these, what was proved once need not be so any more."""
        if faults & {Fault.ROT, Fault.LIED}:
            self.rotten.add(where)
            if Fault.OTHER in faults:
                self.rotten.add(1 - where)

    @rule(where=DEPOTS)
    def everybody_visits(self, where: int) -> None:
        """So that what is changed next was known to all, and what is changed apart is apart."""
        for who in range(len(self.laptops)):
            self.sync(who, where, 0.0, verify=False, snapshot=False)

    def must_be_there(self, laptop: Laptop, root: Path) -> None:
        """“Safe to remove” is a promise."""
        operations, files = everything_in(root, laptop)
        mine = {parse(row.raw).id for row in laptop.store.log.rows()}
        assert mine <= operations, "called safe, and entries are not there"
        here = {sha256 for sha256 in laptop.wanted() if laptop.blobs.size(sha256)}
        assert here <= files, "called safe, and files are not there"

    # -- what happens to them --------------------------------------------------------------

    @rule(
        what=st.sampled_from(["remember", "roll back", "rot"]),
        where=DEPOTS,
        which=st.integers(0, 10**6),
        bit=st.integers(0, 10**6),
    )
    def trouble_with_a_depot(self, what: str, where: int, which: int, bit: int) -> None:
        if what == "remember":
            self.snapshot(f"d{where}")
        elif what == "roll back":
            self.take_back(f"d{where}")
        else:
            self.rot(where, which, bit)

    @rule(
        what=st.sampled_from(["remember", "roll back", "clone", "restore", "skew", "revoke"]),
        who=DEVICES,
        years=st.integers(-50, 50),
    )
    def trouble_with_a_laptop(self, what: str, who: int, years: int) -> None:
        if what == "skew":
            self.skew(who, years)
        else:
            acts = {
                "remember": self.remember_laptop,
                "roll back": self.roll_laptop_back,
                "clone": self.clone,
                "restore": self.restore_backup,
                "revoke": self.revoke,
            }
            acts[what](who)

    def skew(self, who: int, years: int) -> None:
        self.laptop(who).clock.start = START + timedelta(days=365 * years)

    def rot(self, where: int, which: int, bit: int) -> None:
        files = sorted(p for p in (self.folder / f"d{where}" / "sp").rglob("*") if p.is_file())
        if files:
            self.rotten.add(where)
            path = files[which % len(files)]
            data = bytearray(path.read_bytes())
            if data:
                data[bit % len(data)] ^= 1 << (bit % 8)
                path.write_bytes(data)

    def remember_laptop(self, who: int) -> None:
        laptop = self.laptop(who)
        laptop.store.close()
        self.snapshot(laptop.root.name)
        laptop.start()

    def roll_laptop_back(self, who: int) -> None:
        """The whole disk is taken back to an earlier state, and the program knows nothing of it."""
        laptop = self.laptop(who)
        laptop.store.close()
        self.take_back(laptop.root.name)
        laptop.start()
        laptop.store.entropy = CountingEntropy(f"again {self.made} {self.chance.random()}")
        self.shared.add(laptop.store.chain)

    def clone(self, who: int) -> None:
        if len(self.laptops) == MOST:
            return
        laptop = self.laptop(who)
        laptop.store.close()
        root = self.folder / f"c{len(self.laptops)}"
        shutil.copytree(laptop.root, root)
        laptop.start()
        copy = Laptop(root.name, root)
        copy.store.entropy = CountingEntropy(f"copy {self.chance.random()}")
        if who % len(self.laptops) in self.gone:
            self.gone.add(len(self.laptops))
        self.laptops.append(copy)
        self.shared.add(laptop.store.chain)

    def restore_backup(self, who: int) -> None:
        laptop = self.laptop(who)
        workspace = Workspace(laptop.root)
        backup.back_up(laptop.store.db, workspace)
        laptop.store.close()
        backup.restore(workspace, backup.newest(workspace), system_entropy, SILENT)
        laptop.start()

    def revoke(self, who: int) -> None:
        """A laptop is lost, and the office ends its chain where the others know it to be."""
        number = who % len(self.laptops)
        chain = self.laptops[number].store.chain
        others = [each for at, each in enumerate(self.laptops) if at != number]
        if (
            self.office.gone
            or number == 0
            or chain in self.shared
            or any(o.store.chain == chain for o in others)
        ):
            return
        last = max((o.store.log.head(chain) for o in others), key=lambda head: head.n)
        self.office.revoke(chain, last.n, last.id)
        self.office.tell(self.laptops[0])
        self.gone.add(number)

    # -- helpers ---------------------------------------------------------------------------

    def snapshot(self, name: str) -> None:
        self.made += 1
        target = self.folder / f"s{self.made}"
        shutil.copytree(self.folder / name, target)
        self.snapshots[name] = target

    def take_back(self, name: str) -> None:
        if name in self.snapshots:
            shutil.rmtree(self.folder / name)
            shutil.copytree(self.snapshots[name], self.folder / name)

    # -- in the end ------------------------------------------------------------------------

    def teardown(self) -> None:
        if not hasattr(self, "folder"):
            return
        try:
            self.settle()
            self.check()
        finally:
            for laptop in self.laptops:
                laptop.store.close()
            shutil.rmtree(self.folder)

    def settle(self) -> None:
        """Nothing fails any more, and everybody visits both depots."""
        self.living = [each for at, each in enumerate(self.laptops) if at not in self.gone]
        self.expected = {parse(row.raw).id for each in self.living for row in each.store.log.rows()}
        self.files = {
            sha256 for each in self.living for sha256 in each.wanted() if each.blobs.size(sha256)
        }
        depots = [FolderDepot(self.folder / f"d{n}") for n in range(2)]
        for turn in range(10):
            before = self.stand()
            for laptop in self.living:
                for depot in depots:
                    laptop.sync(depot, Limits(verify=turn == 0))
                if laptop.store.chain not in self.office.recipients:
                    self.office.admit(laptop)
            self.office.tell(self.laptops[0])
            # Two turns are enough, and two more whenever somebody had to be admitted anew.
            if turn and self.stand() == before:
                return
        raise AssertionError("it never comes to an end")

    def stand(self) -> list[object]:
        """Return what changes as long as anything travels."""
        known = [each.store.log.count() for each in self.living]
        return [*known, len(self.office.statements)]

    def check(self) -> None:
        held = {each.name: self.operations(each) for each in self.living}
        everything = {name: op for known in held.values() for name, op in known.items()}
        assert self.expected <= everything.keys(), "something is lost"
        ends = self.laptops[0].store.membership.roster().revocations
        # What a revoked laptop wrote later stays where it was taken in before that was known, for a
        # person to judge, and comes to nobody else.
        later = {
            name
            for name, op in everything.items()
            if op.header.log in ends and op.header.n > ends[op.header.log].n
        }
        for laptop in self.living:
            mine = held[laptop.name].keys()
            assert everything.keys() - mine <= later, "something is lacking"
            told = {row.log for row in exchange.quarantined(laptop.store.db, all_of_them=True)}
            assert {everything[name].header.log for name in later & mine} <= told
            files = self.files & laptop.wanted().keys()
            sound = all(laptop.blobs.verify(sha256) == "ok" for sha256 in files)
            assert sound, "a file is lacking"
        digests = {(frozenset(held[each.name]), each.store.digest()) for each in self.living}
        assert len(digests) == len({known for known, _digest in digests})
        laptop = self.chance.choice(self.living)
        found = audit_projection(laptop.store.db, self.folder, SILENT)
        assert {each.code for each in found} <= {"chain_fork"}
        self.check_registers(laptop, list(held[laptop.name].values()))

    @staticmethod
    def operations(laptop: Laptop) -> dict[str, Operation]:
        parsed = (parse(row.raw) for row in laptop.store.log.rows())
        return {operation.id: operation for operation in parsed}

    @staticmethod
    def check_registers(laptop: Laptop, operations: list[Operation]) -> None:
        """The candidates of a field are the writes that no other write names."""
        writes: dict[tuple[str, str], set[str]] = {}
        replaced: dict[tuple[str, str], set[str]] = {}
        for operation in operations:
            for change in operation.changes if operation.header.kind != RECEIPT else ():
                if change is not None and change.entity == "finding":
                    for name in change.fields:
                        key = (change.id, name)
                        writes.setdefault(key, set()).add(operation.short)
                        replaced.setdefault(key, set()).update(change.over.get(name, ()))
        for (entity, name), shorts in writes.items():
            state = laptop.store.state("finding", entity)
            shown = {item[1] for item in state.registers.get(name, ())}
            assert shown == shorts - replaced[entity, name], "other values than were written last"


_SHRINK = "MINGCHA_MODEL_SHRINK"
#: Runs of each of the parts, which workers of the tests share among them.
RUNS = int(os.environ.get("MINGCHA_MODEL_RUNS", "80")) // 4
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


TestExchange1, TestExchange2, TestExchange3, TestExchange4 = map(_part, range(1, 5))
