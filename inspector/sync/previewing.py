"""Thumbnails go in packs between facts and files: pictures are seen before any original came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from inspector.base.i18n import N_
from inspector.ledger.sshsig import InvalidSignature
from inspector.storage import exchange
from inspector.sync import names, thumbs
from inspector.sync.files import fits
from inspector.sync.invalid import InvalidObject
from inspector.sync.sealed import THUMBS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector.sync.files import Wanted
    from inspector.sync.thumbs import Pack
    from inspector.sync.work import Work

#: The reason why a pack is put aside that holds something else than pictures.
NO_PICTURE = "picture"
#: Why a pack waits: entries are to come before it.
_EARLY = "before"
#: With which heads the packs of a depot were looked at: a local setting for each.
_LOOKED = "packs_looked:"
#: What is noted instead of a pack for what there is no picture of.
_NONE = "-"
_PICTURES = "SELECT DISTINCT sha256 FROM evidence WHERE mime LIKE 'image/%' AND void IS NULL"


class Small(Protocol):
    """Makes small pictures of originals, and keeps those that others made; decodes apart."""

    def lacks(self, sha256: str) -> bool:
        """Tell whether there is neither the original nor any picture of it."""
        ...

    def made(self, sha256: str) -> bytes | None:
        """Return a small JPEG of an original that is here, None if it shows nothing."""
        ...

    def take(self, sha256: str, jpeg: bytes) -> bool:
        """Keep what is decoded of a picture that another made; False if it is none."""
        ...

    def came(self, sha256: str) -> None:
        """The original is here: nothing stands in for it any more."""
        ...


def look(work: Work) -> None:
    """Look which packs there are; what was in those that are gone is sent again.

    Whoever sends packs writes another head: while no head is new, nothing is looked for.
    """
    if work.limits.verify or work.store.local(_LOOKED + work.id) != work.heads_there:
        work.packs = work.listing(exchange.THUMBS, names.folder(work.space, names.THUMBS))


def receive(work: Work, small: Small) -> Iterator[None]:
    """Take in the packs that are not known."""
    if not work.packs:
        _looked(work)
        return
    held = exchange.held(work.store.db, work.id, exchange.THUMBS)
    early = _early(work)
    wanted = [
        name
        for name in sorted(work.packs.keys() - held.keys())
        if name not in early and not work.skipped(name)
    ]
    work.progress.start(N_("Receiving thumbnails"), len(wanted))
    for name in wanted:
        yield
        if fits(work, work.packs[name]):
            with work.tolerant(name):
                yield from _take(work, small, name)
        work.progress.step()
    held = exchange.held(work.store.db, work.id, exchange.THUMBS)
    if all(name in held or work.aside.reason(name) for name in work.packs):
        _looked(work)


def _early(work: Work) -> set[str]:
    """Return the packs that name files of which nothing was heard yet, while no entries came."""
    unread = exchange.held(work.store.db, work.id, exchange.UNREAD)
    stand = _before(work)
    early = {name for name in work.packs if name in unread and unread[name].what == stand}
    for _ in early:
        work.later(_EARLY)
    return early


def _before(work: Work) -> str:
    """Return what is noted of a pack that came before the entries it hangs on."""
    return f"{_EARLY} {work.store.log.last_place()}"


def _looked(work: Work) -> None:
    """Note that everything is here of what was there with these heads."""
    if work.store.local(_LOOKED + work.id) != work.heads_there:
        work.store.set_local(_LOOKED + work.id, work.heads_there)


def _take(work: Work, small: Small, name: str) -> Iterator[None]:
    data, payload = work.read(name, THUMBS)
    pack = thumbs.parse(payload)
    devices = work.roster.signers(pack.log)
    if not devices:
        work.leave_unread(name, "unknown_device")
        return
    if not _is_signed(pack, [each.key for each in devices if each.revoked_after is None]):
        raise InvalidSignature("not signed by a member")
    known = {row[0] for row in work.store.db.execute("SELECT sha256 FROM evidence")}
    for sha256, jpeg in pack.files.items():
        if sha256 in known and small.lacks(sha256):
            yield
            if not small.take(sha256, jpeg):
                raise InvalidObject(NO_PICTURE, sha256)
            work.done.received.thumbs += 1
    if not pack.files.keys() <= known:
        work.later(_EARLY)  # entries that name them are on their way
        with work.store.transaction():
            work.note(exchange.UNREAD, name, _before(work), 0)
        return
    _note(work, name, data, pack.files)


def _is_signed(pack: Pack, keys: list[bytes]) -> bool:
    for key in keys:
        try:
            thumbs.verify(pack, key)
        except InvalidSignature:
            continue
        return True
    return False


def _note(work: Work, name: str, data: bytes, files: Mapping[str, bytes]) -> None:
    with work.store.transaction():
        work.note(exchange.THUMBS, name, "", len(data))
        for sha256 in files:
            work.note(exchange.THUMB, sha256, name, 0)


# -- sending -----------------------------------------------------------------------------------


def send(work: Work, small: Small, wanted: Wanted) -> Iterator[None]:
    """Send thumbnails of the originals that are here and of which no pack there has one."""
    there = exchange.held(work.store.db, work.id, exchange.THUMB)
    pictures = {row[0] for row in work.store.db.execute(_PICTURES)}
    lacking = [
        each
        for each in wanted
        if each in pictures and each not in there and work.blobs.size(each) is not None
    ]
    if not lacking or not fits(work, thumbs.BLOCK):
        return
    work.progress.start(N_("Sending thumbnails"), len(lacking))
    chosen: dict[str, bytes] = {}
    size = 0
    for sha256 in lacking:
        yield
        jpeg = small.made(sha256)
        work.progress.step()
        if jpeg is None:
            with work.store.transaction():
                work.note(exchange.THUMB, sha256, _NONE, 0)
            continue
        if size + len(jpeg) > thumbs.ROOM or len(chosen) == thumbs.MOST_FILES:
            if not _write(work, chosen):
                return
            chosen, size = {}, 0
        chosen[sha256] = jpeg
        size += len(jpeg)
    if chosen:
        _write(work, chosen)


def _write(work: Work, chosen: Mapping[str, bytes]) -> bool:
    """Write a pack; tell whether it fits into the limits."""
    payload = thumbs.build(work.me.log, chosen, work.me.public, work.me.sign)
    data = work.seal(THUMBS, payload)
    if not fits(work, len(data)):
        return False
    name = names.thumbs(work.space, names.hash_of(data))
    if work.try_write(name, data):
        _note(work, name, data, chosen)
        work.done.sent.thumbs += len(chosen)
    return True
