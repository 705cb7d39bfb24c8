"""Frozen, slotted dataclasses that cost next to nothing until the first of them is made.

`dataclasses` writes the methods of each class as text and compiles it, half a millisecond for each
of a few hundred classes: that alone would be a third of what the program loads before it shows its
first page. Here the class stands at once, and its methods are made with the first instance, or as
soon as somebody asks for its fields, by `dataclasses` itself: it is a dataclass in every respect.
"""

from __future__ import annotations

import threading
from dataclasses import FrozenInstanceError, dataclass, field
from typing import Any, TypeVar, cast, dataclass_transform

T = TypeVar("T")

#: What `dataclasses` makes of a class, as far as it was asked to.
_ASKED = ("__dataclass_fields__", "__dataclass_params__", "__match_args__")
#: `__init__` comes last: whoever meets another one than `_first` needs all the others.
_MADE = (*_ASKED, "__repr__", "__eq__", "__hash__", "__init__")
#: By class that is not complete yet: what was written, and what is to be made of it.
_waiting: dict[type, tuple[type, dict[str, bool]]] = {}
_completing = threading.RLock()


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """Make a class what `dataclass(frozen=True, slots=True)` makes of it, only later."""
    return made_later(cls, eq=True, repr=True, kw_only=False)


def made_later(cls: type[T], **options: bool) -> type[T]:
    """Return the class, frozen and with slots; `options` are those of `dataclasses.dataclass`."""
    inherited = {name for each in cls.__mro__[1:] for name in vars(each).get("__slots__", ())}
    own = tuple(name for name in vars(cls).get("__annotations__", ()) if name not in inherited)
    taken = ("__dict__", "__weakref__", *own)
    content = {name: each for name, each in vars(cls).items() if name not in taken}
    content |= {"__slots__": own, "__qualname__": cls.__qualname__, "__init__": _first}
    content |= {"__setattr__": _refuse, "__delattr__": _refuse}
    content |= {"__getstate__": _state, "__setstate__": _set_state}
    content |= {name: _Later(name) for name in _ASKED}
    kind: Any = type(cls)
    made = kind(cls.__name__, cls.__bases__, content)
    _waiting[made] = (cls, options)
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
            plain, options = _waiting[each]
            made: type = dataclass(frozen=True, **options)(plain)
            for name in _MADE:
                if name in vars(made):
                    setattr(each, name, vars(made)[name])
            del _waiting[each]


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


def _state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in type(self).__dataclass_fields__]


def _set_state(self: Any, state: list[Any]) -> None:
    for name, each in zip(type(self).__dataclass_fields__, state, strict=True):
        object.__setattr__(self, name, each)
