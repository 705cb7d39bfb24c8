"""Frozen, slotted dataclasses that cost next to nothing until the first of them is made.

`dataclasses` writes the methods of each class as text and compiles it, half a millisecond for each
of a few hundred classes: that alone would be a third of what the program loads before it shows its
first page. Here the class stands at once. How values compare and show themselves is written once
for all; how one is made is written with the first of them, or as soon as somebody asks for the
fields of the class, which `dataclasses` finds.
"""

from __future__ import annotations

import threading
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, cast, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

#: What is asked of a dataclass.
_ASKED = ("__dataclass_fields__", "__dataclass_params__", "__match_args__")
#: By class that is not complete yet: what was written, and whether all its fields are named.
_waiting: dict[type, tuple[type, bool]] = {}
_completing = threading.RLock()
#: By class: what reads the values of all its fields.
_readers: dict[type, Callable[[object], Any]] = {}


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """Make a class what `dataclass(frozen=True, slots=True)` makes of it, only later."""
    return made_later(cls, kw_only=False)


def made_later(cls: type[T], *, kw_only: bool) -> type[T]:
    """Return the class, frozen and with slots; `kw_only` is that of `dataclasses.dataclass`."""
    inherited = {name for each in cls.__mro__[1:] for name in vars(each).get("__slots__", ())}
    named = tuple(vars(cls).get("__annotations__", ()))
    own = tuple(name for name in named if name not in inherited)
    taken = ("__dict__", "__weakref__", *named)
    content = _COMMON | {name: each for name, each in vars(cls).items() if name not in taken}
    content |= {"__slots__": own, "__qualname__": cls.__qualname__, "__init__": _first}
    content |= {name: _Later(name) for name in _ASKED}
    kind: Any = type(cls)
    made = kind(cls.__name__, cls.__bases__, content)
    _waiting[made] = (cls, kw_only)
    return cast("type[T]", made)


def written(cls: type) -> dict[str, str]:
    """Return the fields of a class with the types written beside them, those of its bases first."""
    found: dict[str, str] = {}
    for each in reversed(cls.__mro__):
        found |= vars(each).get("__annotations__", {})
    return found


def _complete(cls: type) -> None:
    """Make the methods of a class, and before them those of the classes it stands on."""
    with _completing:
        for each in reversed(cls.__mro__):
            if each not in _waiting:
                continue
            plain, kw_only = _waiting[each]
            made: Any = dataclass(init=False, eq=False, repr=False, kw_only=kw_only)(plain)
            for name in _ASKED:
                setattr(each, name, vars(made)[name])
            # Last: whoever meets another one than `_first` needs all the others.
            each.__init__ = _init_of(made, each)  # type: ignore[misc]
            del _waiting[each]


def _init_of(cls: type[Any], slotted: type[Any]) -> Any:
    """Write `__init__` as `dataclasses` does for a frozen class, which it makes two more for.

    `slotted` is the class with the slots of `cls`. Each value is put into its slot directly: to ask
    `object` to find the slot, as `dataclasses` does, takes twice as long.
    """
    known: dict[str, Any] = {"_unsaid": object()}
    given, lines = [], []
    for item in sorted(fields(cls), key=lambda each: bool(each.kw_only)):
        name, found = item.name, item.name
        if item.kw_only and "*" not in given:
            given.append("*")
        if item.default is not MISSING:
            known[f"_usual_{name}"] = item.default
            given.append(f"{name}=_usual_{name}")
        elif item.default_factory is not MISSING:
            known[f"_make_{name}"] = item.default_factory
            given.append(f"{name}=_unsaid")
            found = f"_make_{name}() if {name} is _unsaid else {name}"
        else:
            given.append(name)
        known[f"_put_{name}"] = getattr(slotted, name).__set__
        lines.append(f"_put_{name}(self, {found})")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    exec(f"def __init__(self, {', '.join(given)}):\n " + "\n ".join(lines or ["pass"]), known)
    return known["__init__"]


def _first(self: Any, *values: Any, **named: Any) -> None:
    """Stand for `__init__` until the first instance is made."""
    _complete(type(self))
    type(self).__init__(self, *values, **named)


class _Later:
    """Stands for what `dataclasses` says about a class until somebody asks for it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, _instance: object, cls: type) -> Any:
        _complete(cls)
        return getattr(cls, self._name)


def _refuse(self: object, name: str, *_value: object) -> None:
    raise FrozenInstanceError(f"cannot change field {name!r}")


def _values(self: Any) -> Any:
    cls = type(self)
    if cls not in _readers:
        names = [each.name for each in fields(cls) if each.compare]
        _readers[cls] = attrgetter(*names) if names else lambda _self: ()
    return _readers[cls](self)


def _is_same(self: object, other: object) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    return _values(self) == _values(other)


def _hash(self: object) -> int:
    return hash(_values(self))


def _told(self: Any) -> str:
    told = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({', '.join(told)})"


def _state(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for item, each in zip(fields(self), state, strict=True):
        object.__setattr__(self, item.name, each)


#: What is the same for all of them, unless a class has its own.
_COMMON: dict[str, Any] = {
    **{"__eq__": _is_same, "__hash__": _hash, "__repr__": _told},
    **{"__setattr__": _refuse, "__delattr__": _refuse},
    **{"__getstate__": _state, "__setstate__": _set_state},
}
