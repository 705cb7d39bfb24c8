"""What was begun on the page of a visit and is not saved: it goes along when the page is made anew.

Each part keeps its own by visit, as what was begun in one visit is not meant for another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

D = TypeVar("D")


class Drafting(Protocol):
    """A part of the page in which something can be begun."""

    @property
    def drafts(self) -> dict[str, Any]:
        """What stands there unsaved and what was begun in other visits, by visit."""

    def take_up(self, drafts: Mapping[str, Any]) -> None:
        """Go on with what stood on another page, each in its own visit."""


class Held(Generic[D]):
    """What was begun in the visits that are not shown.

    read: returns what stands there now, None if nothing does. put: lets something stand there.
    """

    def __init__(self, read: Callable[[], D | None], put: Callable[[D], object]) -> None:
        self._read, self._put = read, put
        self._visit = ""
        self._held: dict[str, D] = {}

    @property
    def drafts(self) -> dict[str, D]:
        """What stands there and what was begun in other visits, by visit."""
        now = self._read()
        return self._held if now is None else {**self._held, self._visit: now}

    def leave(self, visit: str) -> None:
        """Keep what stands there for its own visit if another one is about to be shown."""
        now = self._read()
        if visit != self._visit and now is not None:
            self._held[self._visit] = now

    def show(self, visit: str) -> None:
        """Let what was begun in the visit that is shown now stand there again."""
        self._visit = visit
        held = self._held.pop(visit, None)
        if held is not None:
            self._put(held)

    def take_up(self, drafts: Mapping[str, D]) -> None:
        """Go on with what stood on another page."""
        self._held |= drafts
        if self._visit:
            self.show(self._visit)


class Begun:
    """Hands what was begun to the page that is made in place of this one, part by part."""

    def __init__(self) -> None:
        self._parts: dict[str, Drafting] = {}
        #: What parts that are not made yet will go on with.
        self._waiting: dict[str, Mapping[str, Any]] = {}

    def add(self, name: str, part: Drafting) -> None:
        """Let a part that was made go on with what was begun."""
        self._parts[name] = part
        if name in self._waiting:
            part.take_up(self._waiting.pop(name))

    def hand_over(self) -> dict[str, Mapping[str, Any]]:
        """Return what was begun, by part and visit."""
        return {**self._waiting, **{name: part.drafts for name, part in self._parts.items()}}

    def words(self, visit: str) -> tuple[str, ...]:
        """Return what was typed in a visit ("" for any) and is not saved, as a person reads it."""
        drafts = (
            draft
            for part in self.hand_over().values()
            for of, draft in part.items()
            if visit in ("", of)
        )
        return tuple(words for draft in drafts for words in _words(draft) if words)

    def take_over(self, handed: Mapping[str, Mapping[str, Any]]) -> None:
        """Go on with what was begun; what belongs to parts that are not made yet waits."""
        for name, drafts in handed.items():
            if name in self._parts:
                self._parts[name].take_up(drafts)
            else:
                self._waiting[name] = drafts


def _words(draft: Any) -> tuple[str, ...]:
    """Return the words of a draft; a time that was typed ahead of what it is for has none."""
    if hasattr(draft, "words"):
        return (draft.words,)
    if type(draft) is not tuple:
        return ()
    if all(isinstance(each, str) for each in draft):
        return (" ".join(filter(None, draft)),)
    return tuple(words for each in draft for words in _words(each))
