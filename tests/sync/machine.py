"""A state machine of laptops, depots and everything that goes wrong, on the real engine."""

from __future__ import annotations

import random
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from inspector.base.errors import MingchaError
from inspector.base.ids import system_entropy
from inspector.base.paths import Workspace
from inspector.base.progress import SILENT
from inspector.storage import backup
from inspector.storage.store import Edit
from inspector.sync.depots import marker
from inspector.sync.depots.folder import FolderDepot
from inspector.sync.depots.protocol import DepotError
from inspector.sync.outcome import Limits
from tests.support.faulty_depot import Crashed, Fault, FaultyDepot
from tests.support.fixed import START, CountingEntropy
from tests.support.laptops import Laptop
from tests.support.team_template import DEPOTS, LAPTOPS
from tests.sync import oracle

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.domain.changes import Changes
    from tests.support.laptops import Office
    from tests.support.team_template import Template

MOST = 6
WHO, WHERE = st.integers(0, MOST - 1), st.integers(0, DEPOTS - 1)
#: Without it a depot is none; mending that is for people.
MARKER = "depot.json"
#: One in so many visits is followed by a look at every field of the visitor.
_LOOKED_AT = 4
#: Turns after which it must have come to an end, whoever had to be admitted anew meanwhile.
_TURNS = 12


class Ending(RuleBasedStateMachine):
    """How it ends: nothing fails any more, all meet, and everything is checked."""

    folder: Path
    office: Office
    laptops: list[Laptop]
    promises: oracle.Promises
    chance: random.Random
    #: Numbers of laptops that were lost; chains that were ended, with the last place that counts.
    gone: set[int]
    ends: dict[str, int]

    def depot(self, where: int) -> FolderDepot:
        return FolderDepot(self.folder / f"d{where}")

    def teardown(self) -> None:
        if not hasattr(self, "folder"):
            return
        try:
            self.settle()
            self.check()
        finally:
            self.close()

    def close(self) -> None:
        for laptop in self.laptops:
            laptop.store.close()
        shutil.rmtree(self.folder)

    def settle(self) -> None:
        """Nothing fails any more, and everybody visits both depots twice: that must be enough.

        Then only receipts are on their way; they come to an end too.
        """
        self.living = [each for at, each in enumerate(self.laptops) if at not in self.gone]
        self.expected = {op for each in self.living for op in oracle.operations(each)}
        self.files = {sha256 for each in self.living for sha256 in oracle.files(each)}
        self.office.tell(self.laptops[0])
        whole_turns = 2
        for turn in range(_TURNS):
            before = self.stand()
            there = range(DEPOTS) if whole_turns > 0 else [turn % DEPOTS]
            self.turn([self.depot(n) for n in there], verify=turn == 0)
            whole_turns = 2 if self.admitted_anew() else whole_turns - 1
            if whole_turns == 0:
                oracle.require_spread(self.living, self.ends)
            if whole_turns < 0 and self.stand() == before:
                return
        raise AssertionError("it never comes to an end")

    def turn(self, depots: list[FolderDepot], *, verify: bool) -> None:
        for laptop in self.living:
            for depot in depots:
                laptop.sync(depot, Limits(verify=verify))

    def admitted_anew(self) -> bool:
        """Admit the chains that began meanwhile; tell whether there were any."""
        known = len(self.office.recipients)
        for laptop in self.living:
            if laptop.store.chain not in self.office.recipients:
                self.office.admit(laptop)
        anew = len(self.office.recipients) > known
        if anew:
            self.office.tell(self.laptops[0])
        return anew

    def stand(self) -> list[int]:
        """Return what changes as long as anything travels."""
        return [each.store.log.count() for each in self.living]

    def check(self) -> None:
        held = [oracle.operations(each) for each in self.living]
        everything = {op: each for known in held for op, each in known.items()}
        late = oracle.beyond(self.ends, everything)
        owed = self.promises.owed(self.gone, self.office.recipients)
        owed_late = oracle.beyond(self.ends, owed)
        assert self.expected | (owed.keys() - owed_late) <= everything.keys(), "something is lost"
        for laptop, known in zip(self.living, held, strict=True):
            assert everything.keys() - known.keys() <= late, "something is lacking"
            named = self.files & laptop.wanted().keys()
            sound = all(laptop.blobs.verify(sha256) == "ok" for sha256 in named)
            assert sound, "a file is lacking"
            ended = laptop.store.membership.roster().revocations
            assert {log: end.n for log, end in ended.items()} == self.ends, (
                "a revocation is lacking"
            )
        roots = [self.folder / f"d{n}" for n in range(DEPOTS)]
        oracle.require_told(self.living, roots, self.ends)
        oracle.require_same(self.living)
        laptop = self.chance.choice(self.living)
        oracle.require_rebuilt(laptop, self.folder)
        oracle.require_registers(laptop)


class Exchange(Ending):
    """Some laptops, two depots, and everything that goes wrong."""

    template: Template

    @initialize(seed=st.integers(0, 2**32), count=st.integers(3, LAPTOPS), met=st.booleans())
    def start(self, seed: int, count: int, met: bool) -> None:
        self.chance = random.Random(seed)
        self.folder, self.office = self.template.copied(met=met)
        self.laptops = [Laptop(f"l{n}", self.folder / f"l{n}") for n in range(count)]
        for laptop in self.laptops:
            laptop.store.entropy = CountingEntropy(f"{seed}:{laptop.name}")
        self.promises = oracle.Promises()
        self.gone = set()
        self.ends = {}
        self.rotten: set[int] = set()
        self.shared: set[str] = set()
        self.snapshots: dict[str, Path] = {}
        self.made = 0

    def number(self, who: int) -> int:
        return who % len(self.laptops)

    def laptop(self, who: int) -> Laptop:
        return self.laptops[self.number(who)]

    # -- what people do --------------------------------------------------------------------

    @rule(
        who=WHO,
        entity=st.integers(0, 3),
        field=st.sampled_from(["text", "severity", "void", "newer"]),
        value=st.integers(0, 3),
    )
    def edit(self, who: int, entity: int, field: str, value: int) -> None:
        given: Any = value if field == "severity" else f"值{value}"
        self.saved(who, self.commit(who, Edit("finding", f"f{entity}", {field: given})))

    @rule(who=WHO, content=st.integers(0, 3))
    def photograph(self, who: int, content: int) -> None:
        stored = self.laptop(who).blobs.add_bytes(b"photo %d" % content)
        fields = {"sha256": stored.sha256, "size": stored.size}
        self.saved(who, self.commit(who, Edit("evidence", f"e{content}", fields)))

    def commit(self, who: int, edit: Edit) -> Changes:
        return self.laptop(who).store.commit([edit], visit="v")

    def saved(self, who: int, done: Changes) -> None:
        self.promises.note_saved(self.number(who), self.laptop(who), done.operations)

    @rule(
        who=WHO,
        where=WHERE,
        chance=st.sampled_from([0.0, 0.02, 0.1]),
        verify=st.sampled_from([False, False, True]),
        snapshot=st.sampled_from([False, False, True]),
    )
    def sync(self, who: int, where: int, chance: float, verify: bool, snapshot: bool) -> None:
        other = self.depot(1 - where)
        seed = self.chance.getrandbits(32)
        depot = FaultyDepot(self.depot(where), seed, chance, other)
        self.visit(who, where, depot, Limits(verify=verify, snapshot=snapshot))

    @rule(where=WHERE)
    def everybody_visits(self, where: int) -> None:
        """So that what is changed next was known to all, and what is changed apart is apart."""
        for who in range(len(self.laptops)):
            self.visit(who, where, FaultyDepot(self.depot(where)), Limits())

    def visit(self, who: int, where: int, depot: FaultyDepot, limits: Limits) -> None:
        laptop = self.laptop(who)
        late = self.taken_late(laptop)
        try:
            done = laptop.sync(depot, limits)
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
            for n in range(DEPOTS):
                shutil.copyfile(self.template.marker(n, MARKER), self.folder / f"d{n}" / MARKER)
            self.note(where, {fault for fault, _name in depot.happened})
            known = laptop.store.membership.roster().revocations
            now = self.taken_late(laptop)  # its own chain may be another one by now
            more = {log for log, count in late.items() if now.get(log, count) > count}
            assert not more & known.keys(), "taken in although it was revoked"
        assert not done.differs, "the same entries made other tables"
        # The other one may have been in from the beginning, and then it is what was visited; with
        # one bit of its marker turned over it is a third one.
        visited = [n for n in range(DEPOTS) if self.depot_id(n) == done.depot]
        if done.safe and visited:
            self.hold_to(laptop, visited[0], proved_anew=limits.verify and not depot.happened)
        if not self.chance.randrange(_LOOKED_AT):
            oracle.require_registers(laptop)

    def hold_to(self, laptop: Laptop, where: int, *, proved_anew: bool) -> None:
        """Hold it to what it calls safe; what rotted in silence it only finds by reading it all."""
        if where not in self.rotten or proved_anew:
            self.promises.require_there(where, self.folder / f"d{where}", laptop)

    def taken_late(self, laptop: Laptop) -> dict[str, int]:
        """Count what is here of revoked chains of others beyond their ends."""
        count = "SELECT count(*) FROM op WHERE log = ? AND n > ?"
        return {
            log: laptop.store.db.execute(count, (log, end)).fetchone()[0]
            for log, end in self.ends.items()
            if log != laptop.store.chain
        }

    def depot_id(self, where: int) -> str:
        return marker.read(self.depot(where)).depot

    def note(self, where: int, faults: set[Fault]) -> None:
        """After these, what was proved once need not be so any more."""
        if faults & {Fault.ROT, Fault.LIED}:
            self.rots(where)
            if Fault.OTHER in faults:
                self.rots(1 - where)

    def rots(self, where: int) -> None:
        self.rotten.add(where)
        self.promises.safe[where].clear()

    # -- what happens to them --------------------------------------------------------------

    @rule(
        what=st.sampled_from(["remember", "roll back", "rot"]),
        where=WHERE,
        which=st.integers(0, 10**6),
        bit=st.integers(0, 10**6),
    )
    def trouble_with_a_depot(self, what: str, where: int, which: int, bit: int) -> None:
        if what == "remember":
            self.snapshot(f"d{where}")
        elif what == "roll back":
            if self.take_back(f"d{where}"):
                self.promises.safe[where].clear()
        else:
            self.rot(where, which, bit)

    @rule(
        what=st.sampled_from(["remember", "roll back", "clone", "restore", "skew", "revoke"]),
        who=WHO,
        years=st.integers(-50, 50),
    )
    def trouble_with_a_laptop(self, what: str, who: int, years: int) -> None:
        if what == "skew":
            self.laptop(who).clock.start = START + timedelta(days=365 * years)
        else:
            acts = {
                "remember": self.remember_laptop,
                "roll back": self.roll_laptop_back,
                "clone": self.clone,
                "restore": self.restore_backup,
                "revoke": self.revoke,
            }
            acts[what](who)

    def rot(self, where: int, which: int, bit: int) -> None:
        files = sorted(p for p in (self.folder / f"d{where}" / "sp").rglob("*") if p.is_file())
        if files:
            self.rots(where)
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
        self.promises.forget_disk(self.number(who), oracle.operations(laptop))
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
        if self.number(who) in self.gone:
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
        number = self.number(who)
        chain = self.laptops[number].store.chain
        others = [each for at, each in enumerate(self.laptops) if at != number]
        if (
            self.office.gone
            or number == 0
            or chain in self.shared
            or chain not in self.office.recipients
            or any(o.store.chain == chain for o in others)
        ):
            return
        last = max((o.store.log.head(chain) for o in others), key=lambda head: head.n)
        self.office.revoke(chain, last.n, last.id)
        self.office.tell(self.laptops[0])
        self.gone.add(number)
        self.ends[chain] = last.n

    # -- helpers ---------------------------------------------------------------------------

    def snapshot(self, name: str) -> None:
        self.made += 1
        target = self.folder / f"s{self.made}"
        shutil.copytree(self.folder / name, target)
        self.snapshots[name] = target

    def take_back(self, name: str) -> bool:
        if name not in self.snapshots:
            return False
        shutil.rmtree(self.folder / name)
        shutil.copytree(self.snapshots[name], self.folder / name)
        return True
