"""When Python looks for garbage in circles: not in the midst of work that makes none."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def no_circles() -> Iterator[None]:
    """Do not look for circles among what is made within: there are none, and many objects.

    Reading 2,000 operations makes so many of them that looking took an eighth of the time.
    Everything that is in no circle is freed as always. Nested uses and a program that has switched
    the search off are left as they are.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
