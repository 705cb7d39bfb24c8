"""Taking back the last action. An undo is an operation too: nothing leaves the record."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.base.values import frozen
from inspector.domain.entities import Visit
from inspector.domain.schema import KINDS, plain
from inspector.domain.terms import UNDO_REASON
from inspector.ledger.operation import TX, Operation, parse
from inspector.operations.recording import get, require_open
from inspector.storage.store import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector.ledger.operation import Change
    from inspector.operations.session import Session

_KINDS_OF_FILES = (
    "SELECT DISTINCT substr(mime, 1, instr(mime, '/') - 1) FROM evidence WHERE id IN ("
    "SELECT value FROM json_each(?) UNION "
    "SELECT evidence FROM placement WHERE id IN (SELECT value FROM json_each(?)))"
)

#: What one operation wrote: values by noun, id and field.
_Written = dict[tuple[str, str, str], Any]


@frozen
class LastAction:
    """What an undo would take back: the action and the entities it touched.

    files: the kind of the files that it is about, the first word of their MIME type (“image”,
    “audio”); "" if there are none, or of several kinds.
    """

    action: str
    visit: str
    touched: tuple[tuple[str, str], ...]
    operations: tuple[Operation, ...]
    files: str = ""


def last_action(session: Session) -> LastAction | None:
    """Return this device's last action that can be taken back, None if there is none."""
    undone: set[str] = set()
    newest = map(parse, session.store.log.newest_first(session.store.chain))
    for _action, run in groupby(newest, lambda operation: operation.header.action):
        operations = tuple(run)[::-1]
        header = operations[0].header
        if header.undoes:
            undone.add(header.undoes)
        elif header.kind == TX and header.action not in undone and not _fixes_numbers(operations):
            return _whole(session, operations)
    return None


def _whole(session: Session, run: tuple[Operation, ...]) -> LastAction:
    """Return the action of operations that stand beside each other in the chain.

    In a visit it may have more: an import records its files in batches, others between them.
    """
    action, visit = run[0].header.action, run[0].header.visit
    operations = run
    if visit:
        operations = tuple(map(parse, session.store.log.of_action(action, visit)))
    touched = dict.fromkeys(
        (change.entity, change.id) for op in operations for change in op.changes if change
    )
    return LastAction(action, visit, tuple(touched), operations, _kind_of_files(session, touched))


def _kind_of_files(session: Session, touched: Iterable[tuple[str, str]]) -> str:
    """Return the one kind of the evidence that was touched or placed; "" if there are several."""
    ids: dict[str, list[str]] = {"evidence": [], "placement": []}
    for noun, entity in touched:
        if noun in ids:
            ids[noun].append(entity)
    if not any(ids.values()):
        return ""
    kinds = session.store.db.execute(_KINDS_OF_FILES, [json.dumps(each) for each in ids.values()])
    [kind, *others] = [row[0] for row in kinds] or [""]
    return "" if others else kind


def _fixes_numbers(operations: Iterable[Operation]) -> bool:
    """Tell whether only official numbers were given: nobody did that, and they stand on paper."""
    changes = (change for operation in operations for change in operation.changes if change)
    named = {name for change in changes for name in change.fields}
    return named == {"official_number"}


def undo_last(session: Session, visit: str = "") -> LastAction:
    """Take back this device's last action and return what it was.

    New things become void, changed fields get their former values. With `visit` only an action in
    that visit is taken back. Raises MingchaError `nothing_to_undo`, `visit_sealed`, or
    `undo_overtaken` when a value was changed since.
    """
    last = last_action(session)
    if last is None or (visit and last.visit != visit):
        raise MingchaError("nothing_to_undo")
    if last.visit and not _withdrew_its_visit(session, last):
        require_open(session, last.visit)
    written: dict[str, _Written] = {}
    edits = [
        _reverse(session, operation, change, written)
        for operation in reversed(last.operations)
        for change in reversed(operation.changes)
        if change is not None
    ]
    session.store.commit(edits, visit=last.visit, undoes=last.action)
    return last


def _withdrew_its_visit(session: Session, last: LastAction) -> bool:
    touched = ("visit", last.visit) in last.touched
    return touched and get(session, Visit, last.visit).void is not None


def _reverse(
    session: Session, operation: Operation, change: Change, written: dict[str, _Written]
) -> Edit:
    state = session.store.state(change.entity, change.id)
    if state.creator == (operation.header.lc, operation.short):
        return Edit(change.entity, change.id, {"void": UNDO_REASON}, UNDO_REASON)
    for name in change.fields:
        if [short for _lc, short, _value in state.registers[name]] != [operation.short]:
            raise MingchaError("undo_overtaken")
    before = {name: _before(session, change, name, written) for name in change.fields}
    return Edit(change.entity, change.id, before, UNDO_REASON)


def _before(session: Session, change: Change, name: str, written: dict[str, _Written]) -> Any:
    """Return the value that `change` replaced: from its operation, else the field's default.

    `written` keeps what was read: one large operation may have written what many changes replace.
    """
    for short in change.over.get(name, ()):
        if short not in written:
            written[short] = _registers(session, short)
        register = (change.entity, change.id, name)
        if register in written[short]:
            return written[short][register]
    return _default(change.entity, name)


def _registers(session: Session, short: str) -> _Written:
    raw = session.store.log.get(short)
    return {
        (change.entity, change.id, name): value
        for change in (parse(raw).changes if raw else ())
        if change
        for name, value in change.fields.items()
    }


def _default(kind: str, name: str) -> Any:
    spec = KINDS.get(kind)
    if spec is None or name not in spec.names:
        return None
    return plain(getattr(spec.cls(id=""), name))
