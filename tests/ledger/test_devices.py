"""Computers that go on in another chain: who reads, who signs, what is one computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.ledger.roster import Roster
from tests.support.statements import (
    ORG,
    administrator,
    chain,
    member,
    organisation,
    revoked,
    signer,
    succession,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.ledger.devices import Device
    from inspector.ledger.statements import Statement

A, B = signer("A"), signer("B")
OFFICE = [organisation(), administrator("A"), administrator("B")]


def _roster(*statements: Statement) -> Roster:
    return Roster.of(ORG, [*OFFICE, *statements])


LINE = [member("李娜", A, "reporter"), succession("李娜二", "李娜", A),
        succession("李娜三", "李娜二", B)]  # fmt: skip


def _words(devices: Sequence[Device]) -> set[str]:
    named = {chain(word): word for word in ("李娜", "李娜二", "李娜三", "李娜四", "王强")}
    return {named[each.log] for each in devices}


def test_a_former_chain_is_given_no_keys_even_if_its_heir_was_revoked() -> None:
    roster = _roster(*LINE)
    reads = {word: roster.device(chain(word)).may_read() for word in ("李娜", "李娜二", "李娜三")}  # type: ignore[union-attr]
    assert reads == {"李娜": False, "李娜二": False, "李娜三": True}
    left = _roster(*LINE, revoked("李娜三", A, 2))
    assert not any(each.may_read() for each in left.devices())


def test_whoever_goes_a_chain_on_signs_for_it_however_many_lie_between() -> None:
    signs = _words(_roster(*LINE).signers(chain("李娜")))
    assert signs == {"李娜", "李娜二", "李娜三"}
    left = _roster(*LINE, revoked("李娜二", A, 2)).signers(chain("李娜"))
    assert _words(left) == {"李娜", "李娜三"}
    assert _roster(*LINE).signers(chain("李娜三")) == (_roster(*LINE).device(chain("李娜三")),)
    assert _roster(*LINE).signers(chain("王强")) == ()


def test_other_roles_do_not_end_a_succession() -> None:
    again = member("李娜三", B, "office")
    roster = _roster(*LINE, again)
    found = roster.device(chain("李娜三"))
    assert found is not None
    assert (found.succeeds, found.person) == (chain("李娜二"), f"person-{chain('李娜三')}")
    assert not roster.device(chain("李娜二")).may_read()  # type: ignore[union-attr]
    assert chain("李娜三") in {each.log for each in roster.signers(chain("李娜"))}
    # With another key it is somebody else's chain.
    other = member("李娜三", B, "office", key=B.hex)
    assert _roster(*LINE, other).device(chain("李娜三")).succeeds == ""  # type: ignore[union-attr]


def test_a_computer_is_its_whole_line_of_chains_and_not_the_copy_beside_it() -> None:
    copied = [*LINE, succession("李娜四", "李娜", A), member("王强", A, "reporter", key=B.hex)]
    roster = _roster(*copied)
    line = {"李娜", "李娜二", "李娜三"}
    apart = {word: _words(roster.computer(chain(word))) & {*line, "李娜四"} for word in line}
    assert apart["李娜三"] == line
    assert apart["李娜"] == line | {"李娜四"}
    assert "李娜四" not in _words(roster.computer(chain("李娜二"), onward=False))
    assert roster.computer(chain("李娜二"))[-1].log == chain("李娜二")


def test_chains_that_go_each_other_on_are_those_of_their_members() -> None:
    circle = [member("李娜", A, "reporter"), succession("李娜", "李娜二", A),
              member("李娜二", A, "reporter"), succession("李娜二", "李娜", A)]  # fmt: skip
    found = _roster(*circle).devices()
    assert [each.succeeds for each in found] == ["", ""]
    assert all(each.may_read() for each in found)
