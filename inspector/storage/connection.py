"""The one factory that opens a database.

Everything that must hold for every connection is set here: exclusive locking (one program per
workspace, and no shared memory that a full disk could turn into a crash), write-ahead log,
`synchronous=FULL` (a commit that returned survives a power cut), and the function without which
the guard triggers refuse to write. Encrypted workspaces will choose their driver here.
"""

from __future__ import annotations

import errno
import sqlite3
from contextlib import contextmanager
from functools import cached_property, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from inspector.base.errors import MingchaError
from inspector.base.system_reasons import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    import sqlite_utils

#: What any driver in use may raise.
DATABASE_ERRORS: tuple[type[Exception], ...] = (sqlite3.Error,)

#: What `guarded` turns into catalogued failures.
CATALOGUED: tuple[type[Exception], ...] = (*DATABASE_ERRORS, OSError)

#: What the driver says of text that is none any more; it gives no code.
_NO_TEXT = "Could not decode to UTF-8"

#: "MCHA" as a number: marks the file as ours.
APPLICATION_ID = 0x4D434841

#: The SQL function that only our connections have; see the guard triggers in the schema.
GUARD_FUNCTION = "inspector_core"
#: Pages of the log from which on a commit copies them into the file: SQLite's number, and 64 MB.
#: Every run of received operations changes most pages of the index of their ids. Copied after six
#: runs or so, not after every second one, each costs less (measured: 5 to 10 % of the time).
_LOGGED_USUALLY, _LOGGED_AT_MOST = 1000, 16_000
#: Called for every row that is written, and so not in Python.
_ONE = partial(int, 1)


#: Takes longer to load than opening a workspace and reading what Home shows.
_SQLITE_UTILS = "sqlite_utils"
#: Statements that change nothing which a transaction of its own would have to keep.
_READING = ("SELECT", "PRAGMA")


class Database:
    """An open database: reading and whole transactions go through the driver.

    A write that is a transaction of its own and a transaction within another go through
    sqlite-utils, which is loaded by the first of them.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.conn = connection

    @cached_property
    def whole(self) -> sqlite_utils.Database:
        """All that sqlite-utils does with it."""
        made: sqlite_utils.Database = import_module(_SQLITE_UTILS).Database(
            self.conn, execute_plugins=False
        )
        return made

    def execute(self, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> sqlite3.Cursor:
        """Execute a statement; one that writes, outside `atomic`, is a transaction of its own."""
        if self.conn.in_transaction or sql.lstrip().startswith(_READING):
            return self.conn.execute(sql, values)
        return self.whole.execute(sql, values)

    def atomic(self) -> AbstractContextManager[object]:
        """Return what makes a transaction of the statements within, or of a part of one."""
        return self.whole.atomic() if self.conn.in_transaction else _Transaction(self.conn)

    @contextmanager
    def large(self) -> Iterator[None]:
        """Like `atomic`, for one large transaction of many in a row.

        Each is durable when it ends, as always; the log it stands in is copied into the file less
        often, and with it each page that several of them change.
        """
        self.conn.execute(f"PRAGMA wal_autocheckpoint={_LOGGED_AT_MOST}")
        try:
            with self.atomic():
                yield
        finally:
            self.conn.execute(f"PRAGMA wal_autocheckpoint={_LOGGED_USUALLY}")


class _Transaction:
    """A whole transaction, as sqlite-utils makes it; every saved fact is one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("BEGIN")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self._connection.rollback()
            return
        try:
            self._connection.execute("COMMIT")
        except BaseException:
            self._connection.rollback()
            raise


def connect(path: Path, *, durable: bool = True) -> Database:
    """Open (or create) the database at `path`.

    `durable=False` is for scratch copies that are thrown away. Raises MingchaError
    `workspace_in_use` when another program holds it, `workspace_damaged` when it is no database,
    `disk_error` when the file cannot be opened.
    """
    with guarded():
        connection = sqlite3.connect(path, timeout=1.0, cached_statements=512)
    try:
        with guarded():
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            set_journal(connection, "wal" if durable else "off")
            for pragma in (
                "synchronous=FULL" if durable else "synchronous=OFF",
                "secure_delete=ON",
                "trusted_schema=ON",
                "cache_size=-65536",
                "temp_store=MEMORY",
            ):
                connection.execute(f"PRAGMA {pragma}")
            connection.create_function(GUARD_FUNCTION, 0, _ONE, deterministic=True)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except UnicodeDecodeError as error:
        # What SQLite says of a damaged schema names it, and the name is no text any more.
        connection.close()
        raise MingchaError("workspace_damaged", detail=error.reason) from error
    except BaseException:
        connection.close()
        raise
    return Database(connection)


@contextmanager
def in_memory() -> Iterator[Database]:
    """Give an empty database that vanishes afterwards and never touches the disk."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.create_function(GUARD_FUNCTION, 0, _ONE, deterministic=True)
        yield Database(connection)
    finally:
        connection.close()


def set_journal(connection: sqlite3.Connection, mode: str) -> None:
    """Set the journal. SQLite keeps another mode without an error when the disk refuses a call."""
    kept = connection.execute(f"PRAGMA journal_mode={mode}").fetchone()[0]
    if kept != mode:
        raise MingchaError("disk_error", detail=f"journal {kept}")


def open_plain(path: Path) -> sqlite3.Connection:
    """Open a copy that no store uses, such as a backup in the making, without our settings."""
    return sqlite3.connect(path)


def open_read_only(path: Path) -> sqlite3.Connection:
    """Open a database that is not ours to write; its name may hold any character."""
    name = path.absolute().as_posix()
    root = "" if name.startswith("/") else "/"
    return sqlite3.connect(f"file://{root}{quote(name)}?mode=ro", uri=True)


@contextmanager
def guarded() -> Iterator[None]:
    """Turn failures of the database and of files into catalogued ones; what is saved is safe."""
    try:
        yield
    except CATALOGUED as error:
        raise catalogued(error) from error


#: The place refuses, the disk is sound: rights, a read-only disk, a name that leads nowhere.
_REFUSALS = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR, errno.EISDIR)


def place_refused(error: OSError, path: Path) -> MingchaError:
    """Return the catalogued failure when `path` could not be made or opened for writing."""
    if error.errno in _REFUSALS:
        detail = reason_of(error)
        return MingchaError("workspace_not_writable", path=path, detail=detail)
    return catalogued(error)


def catalogued(error: Exception) -> MingchaError:
    """Return the catalogued failure for an error of the database driver or of a file."""
    if isinstance(error, OSError):
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        if full:
            return MingchaError("disk_full")
        return MingchaError("disk_error", detail=reason_of(error, named=True))
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return MingchaError("disk_full")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return MingchaError("workspace_in_use")
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return MingchaError("workspace_damaged", detail=str(error))
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
        return MingchaError("disk_error", detail=str(error))
    if str(error).startswith(_NO_TEXT):
        # The rest of the sentence is what stands there.
        return MingchaError("workspace_damaged", detail=_NO_TEXT)
    return MingchaError("database_bug", detail=f"{type(error).__name__}: {error}")
