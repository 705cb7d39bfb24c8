"""Statements and envelopes in depots: what is kept, and who can read what they are about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inspector.storage import aside
from inspector.sync import membership, names
from inspector.sync.sealed import STATEMENT
from tests.support.laptops import ADMIN, Laptop, new_depot, team
from tests.support.records import edit
from tests.support.statements import administrator, member, signer, stated
from tests.sync.test_attacks import lay, put

EVE = signer("eve")


def _reasons(laptop: Laptop) -> list[str]:
    return [each.reason for each in aside.quarantined(laptop.store.db)]


def _names(laptop: Laptop) -> set[str]:
    return {each.name for each in laptop.store.membership.roster().devices()}


def test_what_nobody_may_state_is_not_stored_and_waits_for_who_could_say_otherwise(tmp_path):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        known = wang.store.membership.count()
        for each in range(5):
            put(root, li, STATEMENT, member(f"stranger {each}", EVE, "office").raw)
        wang.sync(depot)
        assert _reasons(wang) == ["signer"] * 5
        wang.sync(depot)
        assert (len(_reasons(wang)), wang.store.membership.count()) == (5, known)
        # The root appoints her: what she stated counts from now on.
        office.statements.append(administrator("eve"))
        office.tell(li)
        li.sync(depot)
        wang.sync(depot)
        assert _reasons(wang) == ["signer"] * 5  # the news came in this visit
        wang.sync(depot)
        assert _reasons(wang) == []
        assert wang.store.membership.count() == known + 6


def test_a_flood_of_statements_fills_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(membership, "_MOST_ASIDE", 3)
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        for each in range(7):
            put(root, li, STATEMENT, member(f"stranger {each}", EVE, "office").raw)
        done = wang.sync(depot)
        assert (len(_reasons(wang)), done.waiting["signer"]) == (3, 4)
        wang.sync(depot)
        assert len(_reasons(wang)) == 3


def test_statements_count_in_whatever_pieces_they_come(tmp_path, monkeypatch):
    """An appointment may be read after what the administrator stated."""
    monkeypatch.setattr(membership, "_AT_ONCE", 1)
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        office.statements.append(administrator("eve"))
        office.statements += [member(f"other {each}", EVE, "office") for each in range(6)]
        office.tell(li)
        li.sync(depot)
        wang.sync(depot)
        assert len(_names(wang)) == 8
        assert _reasons(wang) == []


def test_who_was_revoked_learns_it_and_nothing_else(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        li.store.commit([edit("finding", "f", text="x")])
        li.sync(depot)
        wang.sync(depot)
        last = li.store.log.head(li.store.chain)
        office.revoke(li.store.chain, last.n, last.id)
        office.statements.append(member("zhao", ADMIN, "office"))
        office.tell(wang)
        wang.store.commit([edit("finding", "g", text="geheim")])
        wang.sync(depot)
        done = li.sync(depot)
        assert done.ended is not None
        assert (done.ended.n, done.ended.reason) == (last.n, "遗失")
        assert _names(li) == {"li", "wang"}
        assert li.store.state("finding", "g").creator is None
        assert wang.sync(depot).ended is None


def test_who_was_revoked_learns_it_from_a_stick_that_knows_nothing_of_before(tmp_path):
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        office.revoke(li.store.chain)
        office.tell(wang)
        other = new_depot(tmp_path / "other")
        wang.sync(other)
        assert li.sync(other).ended is not None


def test_who_was_not_given_the_new_key_yet_learns_of_the_revocation_and_is_given_it(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        zhao = Laptop("zhao", tmp_path / "zhao")
        office.admit(zhao, "administrator")
        wang.sync(depot)
        kept = office.recipients.pop(wang.store.chain)
        office.revoke(li.store.chain)
        office.tell(zhao)
        # Zhao's computer holds the key, but nobody wrapped it for Wang.
        zhao.store.db.execute("DELETE FROM envelope WHERE recipient = ?", (kept,))
        body = zhao.store.membership.roster().device(zhao.store.chain)
        assert body is not None
        reporter = [each for each in office.statements if each.id in body.statements]
        demoted = stated(replace(reporter[0].body, roles=("reporter",)), ADMIN, (reporter[0].id,))
        with zhao.store.transaction():
            zhao.store.membership.add([demoted])
        zhao.sync(depot)
        done = wang.sync(depot)
        assert set(wang.store.membership.roster().revocations) == {li.store.chain}
        assert not wang.store.membership.roster().epoch_due
        assert done.waiting["no_key_to_send"] == 1
        again = stated(reporter[0].body, ADMIN, (demoted.id,))
        with zhao.store.transaction():
            zhao.store.membership.add([again])
        zhao.sync(depot)
        done = wang.sync(depot)
        assert "no_key_to_send" not in done.waiting
        assert len(wang.store.membership.epoch_keys()) == 2
        zhao.store.close()


@pytest.mark.parametrize("data", [b"", b"age-encryption.org/v1\nnothing"])
def test_an_envelope_that_cannot_be_opened_makes_room_for_a_good_one(tmp_path, data):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        office.new_epoch()
        office.tell(li)
        newest = list(office.keys)[-1]
        name = names.envelope(wang.store.space, wang.key.recipient, newest)
        lay(root, name, data)
        wang.sync(depot)
        assert not (root / name).exists()
        li.sync(depot)
        wang.sync(depot)
        assert newest in wang.store.membership.epoch_keys()
        assert _reasons(wang) == []
