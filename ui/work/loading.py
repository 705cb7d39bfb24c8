"""Loading modules ahead, behind what people do: those of the windows on the thread of the windows.

PySide keeps what it knows of each class in one table. It reads it without the interpreter's lock
whenever Qt asks a widget or a layout for its class, and writes it when a class is made. A module
of the windows that was loaded on another thread while a page was laid out ended the program: on a
busy computer 8 starts of 70 (Python 3.11, PySide 6.11). All else can be loaded on any thread,
and takes most of the time.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
import sys
from functools import partial
from typing import TYPE_CHECKING, cast

from inspector.base.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from importlib.abc import InspectLoader

#: What a module imports of ours when it is loaded: what is for types only is indented.
_IMPORT = pattern(r"^from ((?:ui|inspector)\.[\w.]+) import (.*)$", re.MULTILINE)


def load_below(modules: Iterable[str]) -> list[Callable[[], object]]:
    """Load all of `inspector` that these modules of the windows rest on.

    To be called on any thread. Returns steps for the thread of the windows: each loads one module
    that rests on those of the steps before.
    """
    steps: list[Callable[[], object]] = []
    met: set[str] = set()

    def descend(name: str) -> None:
        if name in met or name in sys.modules:
            return
        met.add(name)
        load = partial(importlib.import_module, name)
        if name.startswith("inspector."):
            load()
            return
        for each in _imported_by(name):
            descend(each)
        steps.append(load)

    for module in modules:
        descend(module)
    return steps


def _imported_by(name: str) -> Iterator[str]:
    """Yield our modules that a module imports when it is loaded."""
    found = importlib.util.find_spec(name)
    source = cast("InspectLoader", found.loader).get_source(name) if found else None
    for package, names in _IMPORT.findall(source or ""):
        yield package
        if hasattr(sys.modules.get(package), "__path__"):
            modules = (f"{package}.{each}" for each in names.replace(",", " ").split())
            yield from filter(importlib.util.find_spec, modules)
