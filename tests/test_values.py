"""Values are dataclasses in all that is asked of them, though their methods are made later."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
import threading
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from typing import Any

import pytest

from inspector.base.values import frozen, made_later, written
from inspector.domain.times import Seen
from inspector.domain.vocabulary import TimeSource


@frozen
class Place:
    """A value."""

    name: str
    floor: int = 1
    windows: list[int] = field(default_factory=list, compare=False)


@frozen
class Counter(Place):
    """A value on top of another, with a field of its own, and one with another default."""

    number: str = ""
    floor: int = 2


@dataclass(frozen=True, slots=True)
class Usual:
    """The same as the standard library makes it."""

    name: str
    floor: int = 1
    windows: list[int] = field(default_factory=list, compare=False)


def test_it_is_made_compared_and_shown_as_a_dataclass_is() -> None:
    place = Place("East", windows=[3])
    assert (place.name, place.floor, place.windows) == ("East", 1, [3])
    assert repr(place) == repr(Usual("East", windows=[3])).replace("Usual", "Place")
    assert place == Place("East")
    assert place != Place("West")
    assert hash(place) == hash(Place("East"))
    assert place != Usual("East")
    assert Place("a").windows is not Place("a").windows


def test_it_is_a_dataclass_for_whoever_asks_before_one_is_made() -> None:
    @frozen
    class Unmade:
        """Nothing was made of it yet."""

        first: int
        second: str = "b"

    assert is_dataclass(Unmade)
    assert [each.name for each in fields(Unmade)] == ["first", "second"]
    assert Unmade.__match_args__ == ("first", "second")
    assert asdict(replace(Unmade(1), second="c")) == {"first": 1, "second": "c"}


def test_how_one_is_made_is_written_with_the_first_one() -> None:
    @frozen
    class Lazy:
        """Nothing was made of it yet."""

        only: int

    before = Lazy.__init__
    Lazy(1)
    assert Lazy.__init__ is not before


def test_a_value_on_top_of_another_has_the_fields_of_both() -> None:
    assert [each.name for each in fields(Counter)] == ["name", "floor", "windows", "number"]
    assert list(written(Counter)) == ["name", "floor", "windows", "number"]
    assert Counter("a", number="7") == Counter("a", 2, [], "7")
    assert Counter("a", 1) != Place("a", 1)


def test_no_field_can_be_changed_and_none_added() -> None:
    place: Any = Place("East")
    with pytest.raises(FrozenInstanceError):
        place.name = "West"
    with pytest.raises(FrozenInstanceError):
        place.other = 1
    with pytest.raises(FrozenInstanceError):
        del place.name
    assert not hasattr(place, "__dict__")


def test_where_fields_must_be_named_they_must() -> None:
    class Named:
        """A class."""

        name: str

    made: Any = made_later(Named, kw_only=True)
    assert made(name="a").name == "a"
    with pytest.raises(TypeError):
        made("a")


def test_a_method_of_its_own_stays() -> None:
    @frozen
    class Own:
        """Shows itself in its own way."""

        name: str

        def __post_init__(self) -> None:
            if not self.name:
                raise ValueError("no name")

        def __repr__(self) -> str:
            return self.name

    assert repr(Own("x")) == "x"
    with pytest.raises(ValueError, match="no name"):
        Own("")


def test_one_without_fields_is_equal_to_its_like() -> None:
    @frozen
    class Bare:
        """Holds nothing."""

    assert Bare() == Bare()
    assert hash(Bare()) == hash(Bare())


def test_it_is_copied_and_pickled() -> None:
    place = Place("East", 3, [1])
    for again in (copy.copy(place), copy.deepcopy(place), pickle.loads(pickle.dumps(place))):
        assert (again, again.windows) == (place, [1])


def test_it_is_unpickled_where_none_was_made_yet() -> None:
    seen = Seen("p", 1, None, 480, TimeSource.LIVE, 1)
    code = "import pickle, sys; print(pickle.loads(sys.stdin.buffer.read()))"
    done = subprocess.run(
        [sys.executable, "-c", code], input=pickle.dumps(seen), capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == repr(seen)


def test_threads_that_make_the_first_one_together_all_get_one() -> None:
    for _ in range(50):

        @frozen
        class Shared:
            """Made by many at once."""

            name: str

        start = threading.Barrier(4)
        made: list[Shared] = []

        def make(cls: Any = Shared, start: Any = start, made: Any = made) -> None:
            start.wait()
            made.append(cls("a"))

        threads = [threading.Thread(target=make) for _ in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert made == [Shared("a")] * 4
