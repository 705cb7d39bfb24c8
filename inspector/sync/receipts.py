"""Receipts: who says, in a chain that the device signs, that it holds what others recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from inspector.base.steps import at_once
from inspector.ledger.operation import RECEIPT, parse
from inspector.storage import exchange
from inspector.storage.keyring import own_chains
from inspector.storage.log import BEFORE_ALL
from inspector.storage.log_state import is_forked
from inspector.storage.store import Edit
from inspector.sync import receipt_file

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterable, Iterator

    from inspector.storage.store import Store
    from inspector.sync.receipt_file import Receipt
    from inspector.sync.work import Work

#: Hashes of files in one receipt.
_FILES_PER_RECEIPT = 200
#: Receipts that are read in one step.
_AT_ONCE = 100
#: Local setting: up to which place of the record, and by which statements, receipts were seen to.
_SEEN_TO = "receipts_seen_to"

#: Chain that receives, place up to which it has another's chain.
Places = dict[str, int]


@dataclass(slots=True)
class Acknowledged:
    """What is acknowledged: for each chain by which chains and how far, and files by which chains.

    Of a chain with branches, `chains` tells up to which place all branches are acknowledged; `ends`
    are the operations that receipts name. Whose receipt it is follows from the chain that its
    operation stands in, whoever is named there. Of files, also the counter of the last receipt:
    what a computer freed since (`storage.freed`) it holds no more.
    """

    chains: dict[str, Places] = field(default_factory=dict)
    files: dict[str, dict[str, int]] = field(default_factory=dict)
    ends: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    count: int = 0

    def up_to(self, log: str, *, without: Collection[str] = ()) -> int:
        """Return how far anybody acknowledged the chain, `without` what these chains say."""
        listed = self.chains.get(log, {})
        return max((n for by, n in listed.items() if by not in without), default=0)


def acknowledged(store: Store) -> Acknowledged:
    """Read every receipt in the record.

    One that names an operation which does not stand at that place of the chain says nothing, and
    neither does a chain about itself.
    """
    return at_once(acknowledged_steps(store))


def acknowledged_steps(store: Store) -> Generator[None, None, Acknowledged]:
    """Do `acknowledged` in steps between which others may work on the same thread."""
    found, after = Acknowledged(), 0
    while read := list(islice(exchange.receipts(store.db, after), _AT_ONCE)):
        for _place, raw in read:
            _take(store, found, raw)
        after = read[-1][0]
        yield
    _take_brought(store, found)
    for log in found.ends:
        if is_forked(store.db, log):
            _follow_branches(store, found, log)
    return found


def _take(store: Store, found: Acknowledged, raw: bytes) -> None:
    operation = parse(raw)
    for change in operation.changes:
        if change is not None and change.entity == "receipt":
            found.count += 1
            header = operation.header
            _count_in(store, found, header.log, header.lc, change.fields)


def _take_brought(store: Store, found: Acknowledged) -> None:
    """Count receipts that were brought by hand, as long as whose device signed them is a member.

    They stand in no chain, so nothing says whether they were signed before a revocation, nor
    whether before or after that computer freed a file.
    """
    roster = store.membership.roster()
    for text in exchange.brought(store.db):
        receipt = receipt_file.parse(text.encode())
        device = roster.device(receipt.by)
        if device is None or device.revoked_after is not None or receipt.space != store.space:
            continue
        found.count += 1
        for place in receipt.held:
            _count_in(store, found, receipt.by, 0, place._asdict())
        _count_in(store, found, receipt.by, 0, {"files": list(receipt.files)})


def _count_in(store: Store, found: Acknowledged, by: str, counter: int, fields: Any) -> None:
    log, n, op, files = (fields.get(name) for name in ("log", "n", "op", "files"))
    if isinstance(log, str) and isinstance(n, int) and isinstance(op, str) and log != by:
        listed = found.chains.setdefault(log, {})
        if _stands_at(store, log, n, op):
            listed[by] = max(n, listed.get(by, 0))
            found.ends.setdefault(log, {}).setdefault(by, set()).add(op)
    for sha256 in files if isinstance(files, list) else ():
        told = found.files.setdefault(str(sha256), {})
        told[by] = max(counter, told.get(by, 0))


def _stands_at(store: Store, log: str, n: int, op: str) -> bool:
    try:
        head = store.log.head_at(op)
    except ValueError:
        return False
    return head is not None and (head.log, head.n) == (log, n)


# -- chains with branches ----------------------------------------------------------------------


class _Branches:
    """The operations of a chain, each with its place, the one before, and whether it is a fact."""

    def __init__(self, store: Store, log: str) -> None:
        headers = {each.id: each.header for each in map(parse, store.log.of_chain(log, 0))}
        self.place = {op: header.n for op, header in headers.items()}
        self.before = {op: header.prev for op, header in headers.items()}
        self.facts = {op for op, header in headers.items() if header.kind != RECEIPT}

    def below(self, ends: Iterable[str]) -> set[str]:
        """Return the operations that these ones stand on, and they themselves."""
        covered: set[str] = set()
        for op in ends:
            while op in self.before and op not in covered:
                covered.add(op)
                op = self.before[op]
        return covered

    def tips(self) -> list[str]:
        """Return the last operation of each branch."""
        followed = set(self.before.values())
        return [op for op in self.place if op not in followed]


def _follow_branches(store: Store, found: Acknowledged, log: str) -> None:
    """A receipt for the end of one branch says nothing of what stands on the others."""
    known = _Branches(store, log)
    last = max(known.place.values(), default=0)
    for by, ends in found.ends[log].items():
        lacking = [known.place[op] for op in known.place.keys() - known.below(ends)]
        found.chains[log][by] = min(lacking, default=last + 1) - 1


def _ends(store: Store, told: Acknowledged, log: str) -> Iterator[tuple[int, str]]:
    """Yield the operations to acknowledge: the end of the chain, or those of its branches.

    Never one for the sake of receipts alone, or two laptops would do so for ever.
    """
    if not is_forked(store.db, log):
        head = store.log.head(log)
        yield head.n, head.id
        return
    known, own = _Branches(store, log), own_chains(store)
    mine = [op for by, ends in told.ends.get(log, {}).items() if by in own for op in ends]
    covered = known.below(mine)
    for tip in known.tips():
        if (known.below([tip]) - covered) & known.facts:
            yield known.place[tip], tip


# -- writing -----------------------------------------------------------------------------------


def acknowledge(work: Work) -> None:
    """Record receipts for the facts and files that arrived: signed with what is sent next.

    Also for those of a visit that was stopped before it came to this.
    """
    store = work.store
    edits = [
        Edit("receipt", store.new_id(), {"log": log, "n": n, "op": op})
        for log, n, op in _facts_to_acknowledge(work)
    ]
    waiting = exchange.arriving(store.db)
    arrived = sorted(each for each in waiting if work.blobs.size(each) is not None)
    for start in range(0, len(arrived), _FILES_PER_RECEIPT):
        listed = arrived[start : start + _FILES_PER_RECEIPT]
        edits.append(Edit("receipt", store.new_id(), {"files": listed}))
    if store.local(_SEEN_TO) == _stand(work) and not edits and not waiting:
        return
    with store.transaction():
        if edits:
            store.commit(edits, kind=RECEIPT)
        exchange.forget_arriving(store.db, waiting)
        store.set_local(_SEEN_TO, _stand(work))
    work.done.receipts = len(edits)


def receipt_by_hand(work: Work, logs: Iterable[str], files: Iterable[str]) -> Receipt:
    """Return a receipt for these chains, as far as they are here, and for files that are here.

    It goes where this computer cannot write: for others to take in by hand. The end of a chain with
    branches says nothing of the other branches, so such a chain is left out.
    """
    store, own = work.store, own_chains(work.store)
    named = sorted(set(logs) - own)[: receipt_file.MOST_CHAINS]
    held = []
    for log in named:
        head = store.log.head(log)
        if head.n and not is_forked(store.db, log):
            held.append(receipt_file.Place(log, head.n, head.id))
    here = [each for each in sorted(files) if work.blobs.size(each) is not None]
    return receipt_file.sign(
        *(work.space, work.me.log, held, here[: receipt_file.MOST_FILES]),
        work.me.public,
        work.me.sign,
    )


def _stand(work: Work) -> str:
    """Return what has arrived, and by which statements and keys chains are known."""
    return f"{work.store.log.last_place()} {work.stand}"


def _facts_to_acknowledge(work: Work) -> Iterator[tuple[str, int, str]]:
    """Yield chain, place and id of the operations to acknowledge.

    All receipts are read only where it may matter: there are as many as there were visits.
    """
    store, logs = work.store, set(work.to_acknowledge)
    told: Acknowledged | None = None
    if not _arrived_since(work) <= logs:
        told = acknowledged(store)
        logs |= _unacknowledged(work, told)
    for log in sorted(logs):
        if told is None and is_forked(store.db, log):
            told = acknowledged(store)
        yield from ((log, n, op) for n, op in _ends(store, told or Acknowledged(), log))


def _arrived_since(work: Work) -> set[str]:
    """Return the chains of others of which facts came since receipts were last seen to."""
    place, _, stand = (work.store.local(_SEEN_TO) or "").partition(" ")
    after = int(place) if stand == work.stand else BEFORE_ALL
    found = work.store.db.execute(
        "SELECT DISTINCT log FROM op WHERE seq > ? AND k <> ?", (after, RECEIPT)
    )
    return {log for (log,) in found} - own_chains(work.store)


def _unacknowledged(work: Work, told: Acknowledged) -> set[str]:
    """Return the chains of which facts are here without a receipt: an earlier visit was stopped."""
    store, own = work.store, own_chains(work.store)
    found = set()
    for log in set(store.log.logs()) - own:
        last = max((told.chains.get(log, {}).get(by, 0) for by in own), default=0)
        beyond = store.db.execute(
            "SELECT 1 FROM op WHERE log = ? AND n > ? AND k <> ? LIMIT 1", (log, last, RECEIPT)
        ).fetchone()
        if beyond and work.roster.device(log) is not None:
            found.add(log)
    return found
