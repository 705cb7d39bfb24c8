"""Statements and envelopes: who belongs, and the keys for what they may read.

They are exchanged before anything else, so that a revocation is known before what it is about.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from inspector.base.errors import MingchaError
from inspector.ledger import statements
from inspector.ledger.statements import Administrator, Epoch, InvalidStatement, Revoked
from inspector.storage import exchange
from inspector.storage.envelopes import wrap_missing
from inspector.storage.keyring import MAX_WRAPPED
from inspector.storage.membership import Envelope
from inspector.sync import envelopes, names, sealed
from inspector.sync.invalid import InvalidObject
from inspector.sync.sealed import KEY_BYTES, STATEMENT
from inspector.sync.work import DAMAGED, SIGNER, NoKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from inspector.ledger.roster import Roster
    from inspector.ledger.statements import Statement
    from inspector.sync.work import Work

#: Statements held in memory at a time, and unsettled ones that nobody may state in quarantine.
_AT_ONCE = 50
_MOST_ASIDE = 200


def receive(work: Work) -> Iterator[None]:
    """Take in envelopes of this computer and statements; afterwards the roster is up to date."""
    waiting = _prove(work, _wrapped_for_me(work))
    # Statements of a new epoch may be sealed under it: its key is used to read them, and kept only
    # when one of them binds it.
    work.unproved = {each.envelope.epoch: each.key for each in waiting}
    work.know_more()
    try:
        yield from _take_statements(work)
    finally:
        work.unproved = {}
    work.roster = work.store.membership.roster()
    _prove(work, waiting)
    with work.store.transaction():
        # A backup holds no keys: it is opened again by what is wrapped for this computer.
        wrap_missing(work.store.membership, [work.me.recipient])
    work.know_more()


class _Opened(NamedTuple):
    """An envelope for this computer, where it lies, and the key that is in it."""

    name: str
    key: bytes
    envelope: Envelope


def _prove(work: Work, opened: Iterable[_Opened]) -> list[_Opened]:
    """Keep the keys that are those of their epochs; return those whose epoch nobody stated yet.

    Whoever knows a recipient can wrap anything for it. A wrong key is taken away as if it could
    not be opened: as long as it lies there, nobody writes the right one.
    """
    membership, waiting = work.store.membership, []
    epochs = membership.roster().epochs
    for each in opened:
        name, key, envelope = each
        if envelope.epoch not in epochs:
            waiting.append(each)
            continue
        with work.store.transaction():
            kept = membership.keep_key(envelope.epoch, key)
            if kept:
                membership.keep_envelope(envelope)
                work.note(exchange.ENVELOPE, name, "", len(envelope.wrapped))
        if kept:
            work.secrets[envelope.epoch] = key
            work.aside.heal(name)
        else:
            with work.tolerant(name):
                _remove_useless(work, name)
    return waiting


def _remove_useless(work: Work, name: str) -> NoReturn:
    """Take away what is of use to nobody; an administrator writes none beside it."""
    work.depot.remove(name)
    with work.store.transaction():
        exchange.forget_held(work.store.db, work.id, exchange.ENVELOPE, [name])
    raise InvalidObject(DAMAGED, "an envelope that this computer cannot open")


def _wrapped_for_me(work: Work) -> Iterator[_Opened]:
    """Yield the envelopes for this computer with keys that are not known yet."""
    folder = names.recipient_folder(work.space, work.me.recipient)
    held = exchange.held(work.store.db, work.id, exchange.ENVELOPE)
    for name, size in sorted(work.listing(exchange.ENVELOPE, folder).items()):
        epoch = name.rpartition("/")[2].removesuffix(".age")
        if epoch in work.secrets:
            if name not in held:
                with work.store.transaction():
                    work.note(exchange.ENVELOPE, name, "", size)
            continue
        with work.tolerant(name):
            data = work.depot.read(name, MAX_WRAPPED)
            key = _unwrapped(work, data)
            if key is None:
                _remove_useless(work, name)
            yield _Opened(name, key, Envelope(epoch, work.me.recipient, data))


def _unwrapped(work: Work, data: bytes) -> bytes | None:
    try:
        key = work.me.unwrap(data)
    except MingchaError:
        return None
    return key if len(key) == KEY_BYTES else None


class _Read(NamedTuple):
    """A statement that was read, under which epoch, and how many bytes it has there."""

    stated: Statement
    epoch: str
    size: int


def _take_statements(work: Work) -> Iterator[None]:
    """Keep the statements that count; which those are may hang on others that come with them."""
    stated_by = work.judge_anew("stated_by")
    listed = work.listing(exchange.STATEMENT, names.folder(work.space, names.STATEMENTS))
    known = exchange.held(work.store.db, work.id, exchange.STATEMENT)
    wanted = [name for name in sorted(listed.keys() - known.keys()) if not work.skipped(name)]
    while wanted:
        before, left = wanted, list[str]()
        for start in range(0, len(before), _AT_ONCE):
            read: dict[str, _Read] = {}
            for name in before[start : start + _AT_ONCE]:
                yield
                with work.tolerant(name):
                    read[name] = _read(work, name)
            left += _keep(work, read)
        wanted = left if len(left) < len(before) else []
        if not wanted:
            _leave(work, left)
    work.judged("stated_by", stated_by)


def _read(work: Work, name: str) -> _Read:
    data, payload = work.read(name, STATEMENT)
    epoch = sealed.header(data).epoch
    try:
        return _Read(_parsed(work, payload), epoch, len(data))
    except InvalidObject as error:
        if epoch in work.secrets:
            raise
        raise NoKey from error


def _parsed(work: Work, payload: bytes) -> Statement:
    try:
        stated = statements.parse(payload)
    except InvalidStatement as error:
        raise InvalidObject("suite" if error.code == "suite" else "form", str(error)) from error
    if stated.org != work.roster.org:
        raise InvalidObject("space", "a statement of another organisation")
    return stated


def _keep(work: Work, read: Mapping[str, _Read]) -> list[str]:
    """Keep what its signer may state, as far as is known; return the names of the others."""
    left = []
    with work.store.transaction():
        work.store.membership.add(each.stated for each in read.values())
        valid = work.store.membership.roster().valid
        for name, (stated, epoch, size) in read.items():
            if stated.id in valid:
                work.note(exchange.STATEMENT, name, f"{stated.id} {epoch}", size)
            else:
                left.append(name)
    for name in read.keys() - set(left):
        work.aside.heal(name)
    return left


def _leave(work: Work, left: Iterable[str]) -> None:
    """Put aside what nobody may state, without its bytes; another statement may change that."""
    for name in left:
        if work.aside.count(SIGNER) < _MOST_ASIDE:
            work.put_aside(name, "", SIGNER, "")
        else:
            work.later(SIGNER)


def stated_there(work: Work) -> set[tuple[str, str]]:
    """Return the statements that the depot provably holds, with the epochs they are sealed under.

    The epoch is "" where an older version noted it.
    """
    held = exchange.held(work.store.db, work.id, exchange.STATEMENT).values()
    return {(name, epoch) for name, _, epoch in (each.what.partition(" ") for each in held)}


def send(work: Work) -> Iterator[None]:
    """Write the statements and envelopes that the depot does not provably hold."""
    yield from envelopes.send(work)
    there = stated_there(work)
    known = {name for name, _epoch in there}
    newest = work.epoch() or ""
    lacking = [(each, newest) for each in work.roster.valid.values() if each.id not in known]
    lacking += [
        (each, epoch)
        for each, epoch in _for_those_before(work.roster)
        if epoch in work.secrets and epoch != newest and (each.id, epoch) not in there
    ]
    for stated, epoch in lacking:
        data = work.seal(STATEMENT, stated.raw, epoch)
        name = names.statement(work.space, names.hash_of(data))
        if not work.try_write(name, data):
            continue
        with work.store.transaction():
            work.note(exchange.STATEMENT, name, f"{stated.id} {epoch}", len(data))
        yield


def _for_those_before(roster: Roster) -> Iterator[tuple[Statement, str]]:
    """Yield what is to be read with a former key as well, and the epoch of that key.

    Whoever was left out of an epoch, or was not given its key yet, has to learn that and why: the
    revocation under the newest key that its computer had, a new epoch under the one before it, and
    with both the appointment of who stated it. Who belongs since then is not told.
    """
    epochs = list(roster.epochs.values())
    former = {later.epoch: one.epoch for one, later in pairwise(epochs)}
    appointed = {
        each.body.key: each for each in roster.valid.values()
        if isinstance(each.body, Administrator)
    }  # fmt: skip
    for stated in roster.valid.values():
        match stated.body:
            case Revoked(log=log) if log in roster.revocations:
                epoch = next((e.epoch for e in reversed(epochs) if log not in e.without), "")
            case Epoch(epoch=name):
                epoch = former.get(name, "")
            case _:
                continue
        if epoch:
            yield stated, epoch
            if stated.by in appointed:
                yield appointed[stated.by], epoch
