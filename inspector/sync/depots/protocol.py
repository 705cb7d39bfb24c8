"""What a depot can do, whatever kind of place it is.

Objects are whole: read whole, written whole, never changed. Nothing here depends on times, on
locks or on "create only if absent", which places keep differently or not at all.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, runtime_checkable

from inspector.base.errors import MingchaError
from inspector.base.i18n import Bilingual
from inspector.sync import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: away: cannot be reached, may come back; full; denied: not allowed; broken: anything else.
Trouble = Literal["away", "full", "denied", "broken"]

#: Details of failures that no system words. A place without its marker: a stick that was pulled,
#: another one plugged in.
GONE = Bilingual("那里没有交换站", "no depot lies there")
DIFFERS = Bilingual("读回的内容与写入的不同", "what was written reads differently")
NOT_LET_IN = Bilingual("登录未获准", "not let in")
NO_HOST = Bilingual("找不到这台服务器", "no such host")
NO_BUCKET = Bilingual("没有这个存储桶", "no such bucket")
NO_KEY = Bilingual("没有访问密钥", "no access key")
UNLISTED = Bilingual("读不出它的目录", "its listing cannot be read")
LINKED = Bilingual("其中有文件夹是指向别处的链接", "a folder in it is a link to another place")
ONLY_READ = Bilingual("交接文件只能读取", "a file that was handed over is only read")


class Missing(LookupError):
    """The depot is there and says that it has no such object."""


class DepotError(MingchaError):
    """The depot failed; `trouble` says how. Nothing is known about what was being done.

    medium: whether something that is denied is so by what the place is – a disc, a switch on a
    stick – and not for want of a right that somebody could give.
    """

    def __init__(
        self, trouble: Trouble, place: str, detail: str | Bilingual, *, medium: bool = False
    ) -> None:
        self.trouble = trouble
        self.medium = medium
        super().__init__(f"depot_{trouble}", place=place, detail=detail)


class Entry(NamedTuple):
    """An object as a listing shows it. That it is listed does not say that it is sound."""

    name: str
    size: int


@contextmanager
def unless_denied() -> Iterator[None]:
    """Leave a folder out that may not be read: it hides nothing but itself."""
    try:
        yield
    except DepotError as error:
        if error.trouble != "denied":
            raise


def is_name(name: str) -> bool:
    """Tell whether what was listed can be the name of an object or of a folder of objects."""
    try:
        names.require(name)
    except ValueError:
        return False
    return True


class Depot(Protocol):
    """A place that holds objects by name (`names.require`).

    Every method raises DepotError when the place fails, and ValueError for a name that is none.
    Used by one thread at a time.
    """

    #: Whether a folder with all below it is listed by few requests.
    lists_at_once: bool
    #: How often the place was asked for something, so that tests can count.
    requests: int

    @property
    def place(self) -> str:
        """What a person calls the place: without user name, without password."""
        ...

    def read(self, name: str, limit: int) -> bytes:
        """Return the bytes of an object.

        Raises Missing, and InvalidObject if it has more than `limit` bytes (`too_large`) or is
        no file (`form`).
        """
        ...

    def write(self, name: str, data: bytes) -> None:
        """Put an object there under its name, whole or not at all, and prove that it is there.

        Returns only after the bytes were read back and are the same. What was there under this
        name before is replaced: it may be torn.
        """
        ...

    def write_all(self, objects: Sequence[tuple[str, bytes]]) -> None:
        """Put several objects there, each as `write` does, all of them proved when it returns.

        A place where much of the time goes into making each single one durable does so for all
        together. After an error some of them may be there.
        """
        ...

    def entries(self, folder: str, *, below: bool = False) -> Iterator[Entry]:
        """List the objects in a folder ("" is all the depot), with `below` also those deeper.

        In no particular order; names that this program cannot have given are left out. An absent
        folder has no entries: absence never means that something was deleted.
        """
        ...

    def remove(self, name: str) -> None:
        """Remove an object; it may be absent already."""
        ...

    def free(self) -> int | None:
        """Return how many bytes there is room for, None where that cannot be known."""
        ...

    def close(self) -> None:
        """End the connection; nothing may be asked after it."""
        ...


@runtime_checkable
class Sweepable(Protocol):
    """A depot that finds what writes left there which the power ended: not every place can."""

    def sweep(self, name: str) -> None:
        """Remove what a write of an object by this computer left beside it. Raises DepotError."""
        ...
