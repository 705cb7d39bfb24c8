"""Reading the record one operation at a time, each verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.ledger.chain import Chains
from inspector.ledger.operation import NO_OPERATION, InvalidOperation, Operation, parse
from inspector.storage.log import BATCH, OperationLog, claims
from inspector.storage.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inspector.ledger.chain import Break


def verified(
    log: OperationLog, at_a_time: int = BATCH
) -> Iterator[tuple[int, Operation | None, list[Problem]]]:
    """Yield (place, operation, problems) over the whole record, following every chain.

    A broken operation, and one that is stored twice, is yielded as None with its problem; the rest
    goes on. The last item, at place 0, holds what only the end shows.
    """
    chains = Chains()
    for stored in log.rows(at_a_time=at_a_time):
        where = f"op {stored.place}"
        try:
            operation = parse(stored.raw)
        except InvalidOperation as error:
            yield stored.place, None, [Problem(f"operation_{error.code}", where)]
            continue
        if bytes.fromhex(operation.id) != stored.id:
            yield stored.place, None, [Problem("operation_id", where)]
            continue
        problems = [_chain_problem(each) for each in chains.add(operation)]
        # Only an operation whose place in the chain is taken can be here for the second time.
        if problems and log.place(operation.short) != stored.place:
            yield stored.place, None, [Problem("operation_twice", where)]
            continue
        if claims(operation) != stored.columns:
            problems.append(Problem("operation_row", where))
        yield stored.place, operation, problems
    yield 0, None, [_chain_problem(each) for each in chains.end()]


def as_branches(problems: Iterable[Problem], log: OperationLog) -> list[Problem]:
    """Return `problems` with those places told as forks where a chain has branches that hold.

    Who follows a chain sees a branch break off where it meets another: each of its operations is
    sound when the one it names is stored right before it.
    """
    return [_as_branch(each, log) if each.code in _BREAKS else each for each in problems]


_BREAKS = ("chain_prev", "chain_counter")


def _as_branch(problem: Problem, log: OperationLog) -> Problem:
    name, _, number = problem.where.rpartition(":")
    found = log.at_place(name, int(number))
    return (
        Problem("chain_fork", problem.where) if all(_holds(raw, log) for raw in found) else problem
    )


def _holds(raw: bytes, log: OperationLog) -> bool:
    try:
        header = parse(raw).header
    except InvalidOperation:
        return False
    if header.prev == NO_OPERATION:
        return header.n == 1
    before = log.head_at(header.prev)
    return (
        before is not None
        and (before.log, before.n + 1) == (header.log, header.n)
        and (before.lc < header.lc)
    )


def _chain_problem(found: Break) -> Problem:
    return Problem(f"chain_{found.code}", f"{found.log}:{found.n}")
