"""Making an organisation: its root key, who recovers it, its first administrator and member.

The root key is written to a file that is kept off the machine, sealed by a passphrase; the two
recovery keys only to paper. Neither stays here: what was lost of them nobody can make anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyrage

from inspector.base.errors import MingchaError
from inspector.base.files import make_folder
from inspector.base.i18n import translator
from inspector.base.ids import Entropy, system_entropy
from inspector.base.system_reasons import reason_of
from inspector.domain.limits import NAME_LIMIT, clean_name
from inspector.domain.vocabulary import Role
from inspector.ledger import joining, sealed_key, statements
from inspector.ledger.joining import RootFile
from inspector.ledger.roster import Roster
from inspector.ledger.statements import Administrator, Member, Organisation, organisation_id
from inspector.operations.epochs import keep_epoch, new_epoch
from inspector.operations.keys import require_passphrase
from inspector.operations.membership_files import read_file, require_free, write_secret
from inspector.operations.organisation import (
    organisation_fingerprint,
    require_no_organisation,
    require_user,
)
from inspector.operations.roles import enforce
from inspector.report.key_sheet import KeySheet, KeySheetOptions, write_key_sheet
from inspector.storage.keyring import device_key, public_of
from inspector.storage.keyring import signer as signing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from inspector.base.clock import Reading
    from inspector.base.i18n import Lang
    from inspector.ledger.sshsig import Sign
    from inspector.operations.keys import Signer
    from inspector.operations.session import Session

#: What the founder's computer may do: also write the snapshots from which new computers start.
FOUNDER = (Role.ADMINISTRATOR, Role.OFFICE, Role.REVIEWER, Role.SNAPSHOTTER)
#: Recovery keys, each on a sheet of its own that is kept in a place of its own.
SHEETS = 2
#: Letters of a recovery key in one row of the sheet, in groups of four.
_ROW, _GROUP = 20, 4


@dataclass(frozen=True, slots=True)
class Root:
    """An opened root key; kept no longer than the signing takes."""

    public: bytes
    sign: Sign = field(repr=False)

    @property
    def org(self) -> str:
        """The organisation it is the root of."""
        return organisation_id(self.public)


@dataclass(frozen=True, slots=True)
class NewRoot:
    """A fresh root key, its sealed file, and the recovery keys (age identities) for the sheets."""

    root: Root
    file: bytes = field(repr=False)
    recovery: tuple[str, ...] = field(repr=False)

    @property
    def recipients(self) -> tuple[str, ...]:
        """The recipients of the recovery keys, in order."""
        found = (pyrage.x25519.Identity.from_str(each).to_public() for each in self.recovery)
        return tuple(sorted(map(str, found)))


@dataclass(frozen=True, slots=True)
class Founded:
    """A new organisation, and the digits that everybody compares who joins it."""

    org: str
    name: str
    fingerprint: str
    space: str


# -- on any thread -------------------------------------------------------------------------------


def make_root(passphrase: str, entropy: Entropy = system_entropy) -> NewRoot:
    """Return a fresh root key and recovery keys. Slow. Raises MingchaError `passphrase_short`."""
    require_passphrase(passphrase)
    seed = entropy(sealed_key.SEED_BYTES)
    public = public_of(seed)
    sealed = sealed_key.seal(seed, public, passphrase, entropy(sealed_key.SALT_BYTES))
    file = joining.write_root(RootFile(public, sealed))
    recovery = tuple(str(pyrage.x25519.Identity.generate()) for _ in range(SHEETS))
    return NewRoot(Root(public, signing(seed)), file, recovery)


def open_root(path: Path, passphrase: str) -> Root:
    """Open the file of a root key. Slow.

    Raises MingchaError `root_file_bad`, `root_passphrase_wrong`, and as `read_file`.
    """
    found = read_file(path, joining.read_root, joining.MOST_OF_ROOT)
    try:
        seed = sealed_key.unseal(found.sealed, passphrase)
    except sealed_key.WrongPassphrase as error:
        raise MingchaError("root_passphrase_wrong") from error
    except sealed_key.InvalidKey as error:
        raise MingchaError("root_file_bad", path=path) from error
    if public_of(seed) != found.public:
        raise MingchaError("root_file_bad", path=path)
    return Root(found.public, signing(seed))


def write_recovery_sheet(
    made: NewRoot, number: int, name: str, target: Path, lang: Lang, now: Reading
) -> None:
    """Write one of the recovery keys (from 1) to a PDF that is printed and then deleted.

    Raises MingchaError `secret_file_exists`, `export_failed`, `no_chinese_font`.
    """
    require_free(target)
    tr = translator(lang)
    secret = made.recovery[number - 1]
    sheet = KeySheet(
        title=tr("Recovery key of an organisation, sheet {number} of {count}", number=number,
                 count=SHEETS),
        facts=(
            (tr("Organisation:"), name),
            (tr("Fingerprint:"), organisation_fingerprint(made.root.public)),
        ),
        rows=recovery_rows(secret),
        payload=secret,
        what=(
            tr(
                "Whoever holds this sheet can read everything the organisation exchanges. It is "
                "the only way back if the computers of all administrators are lost: keep each of "
                "the two sheets under lock, in different places, with different people."
            ),
            tr("It signs nothing: nobody can admit members or change what was recorded with it."),
        ),
        how=(
            tr("Type the rows into a text file, or scan the code into one."),
            tr("Type: inspector org recover FILE"),
            tr("Row numbers, blanks and small letters do not matter."),
        ),
        checked=False,
    )  # fmt: skip
    options = KeySheetOptions(lang=lang, made_ms=now.ms, made_zone=now.zone)
    try:
        write_key_sheet(sheet, options, target)
    except OSError as error:
        raise MingchaError("export_failed", path=target, detail=reason_of(error)) from error


def write_papers(
    made: NewRoot, name: str, root: Path, sheets: Sequence[Path], lang: Lang, now: Reading
) -> None:
    """Write the root file and a sheet for each recovery key; all of them or none.

    Raises MingchaError as `write_root_file`, `write_recovery_sheet`.
    """
    for target in (root, *sheets):
        require_free(target)
    try:
        write_root_file(made, root)
        for number, target in enumerate(sheets, start=1):
            _make_folder(target)
            write_recovery_sheet(made, number, name, target, lang, now)
            # It is as secret as the root file.
            target.chmod(0o600)
    except BaseException:
        # Nothing of it is worth anything yet, and a second try must find the names free.
        for target in (root, *sheets):
            target.unlink(missing_ok=True)
        raise


def _make_folder(target: Path) -> None:
    try:
        make_folder(target.parent, 0o700)
    except OSError as error:
        raise MingchaError("export_failed", path=target, detail=reason_of(error)) from error


def recovery_rows(secret: str) -> tuple[str, ...]:
    """Return the rows in which a recovery key is printed: groups of letters."""
    rows = [secret[start : start + _ROW] for start in range(0, len(secret), _ROW)]
    return tuple(
        " ".join(row[start : start + _GROUP] for start in range(0, len(row), _GROUP))
        for row in rows
    )


# -- with the store ------------------------------------------------------------------------------


def require_foundable(session: Session, name: str) -> str:
    """Return the name, normalised, if an organisation can be made here.

    Raises MingchaError `organisation_exists`, `organisation_person_missing`, `name_missing`,
    `text_too_long`.
    """
    require_no_organisation(session)
    require_user(session)
    if not name.strip():
        raise MingchaError("name_missing")
    return clean_name("name", name.strip(), limit=NAME_LIMIT)


def write_root_file(made: NewRoot, target: Path) -> None:
    """Write the sealed root key where nothing is. Raises as `membership_files.write_secret`."""
    write_secret(target, made.file)


def found(
    session: Session, made: NewRoot, signer: Signer, name: str, space_name: str = ""
) -> Founded:
    """Make the organisation on this computer, whose workspace becomes its space.

    Write the root file and the sheets before: what exists afterwards must be recoverable. Raises
    MingchaError as `require_foundable`, `device_key_gone`.
    """
    name = require_foundable(session, name)
    store, root = session.store, made.root
    body = Organisation(name, made.recipients, store.space, space_name.strip() or name)
    person = require_user(session)
    appointed = Administrator(person.id, person.name, signer.public)
    stated = [statements.make(each, root.org, root.public, root.sign) for each in (body, appointed)]
    stated += [
        statements.make(each, root.org, bytes.fromhex(signer.public), signer.sign)
        for each in _founders(session, signer)
    ]
    epoch = new_epoch(Roster.of(root.org, stated), signer, store.entropy)
    with store.transaction():
        store.membership.add(stated)
        store.enter(root.org, store.space)
        keep_epoch(store, epoch)
    enforce(session)
    return Founded(root.org, name, organisation_fingerprint(root.public), store.space)


def _founders(session: Session, signer: Signer) -> list[Member]:
    """Return the founder's admission, for each chain that was ever written in this workspace."""
    store, person = session.store, require_user(session)
    device = device_key(store)
    return [
        Member(
            person=person.id,
            name=person.name,
            post=person.post,
            log=log,
            key=device.public.hex(),
            recipient=device.recipient,
            signs=signer.public,
            earlier=(),
            roles=tuple(sorted(FOUNDER)),
        )
        for log in sorted({store.chain, *store.log.logs()})
    ]
