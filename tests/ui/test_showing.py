"""A form knows what was typed since it was filled, and of which thing that is."""

from __future__ import annotations

from ui.widgets.showing import Showing


def test_what_is_typed_since_is_told_from_what_is_recorded() -> None:
    fields = {"name": ""}
    showing = Showing(lambda: dict(fields))
    assert not showing.is_changed
    fields["name"] = "北苑"
    assert not showing.is_changed, "it was filled by nobody yet"
    showing.begin()
    assert not showing.is_changed
    fields["name"] = "北苑中心"
    assert showing.is_changed
    assert showing.typed == {"name": "北苑中心"}
    showing.take({"name": "北苑中心"})
    assert not showing.is_changed
    fields["name"] = "北苑中心站"
    showing.take({"name": "北苑中心"})
    assert showing.is_changed, "what was typed while it was saved is not saved"


def test_what_is_saved_of_an_earlier_showing_is_known_as_such() -> None:
    showing = Showing(lambda: "")
    showing.begin()
    turn = showing.turn
    assert showing.is_at(turn)
    showing.begin()
    assert not showing.is_at(turn)
