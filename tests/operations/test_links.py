"""Two visits or two places that are the same are linked; nothing is rewritten."""

from __future__ import annotations

from inspector.domain.entities import Hall, Link, Visit
from inspector.operations.board import board
from inspector.operations.hall_history import hall_history
from inspector.operations.links import link, linked, unlink
from inspector.operations.places import add_hall
from inspector.operations.recording import get
from inspector.operations.sealing import seal
from inspector.operations.visits import new_visit
from tests.support.elsewhere import Laptop
from tests.support.refusing import refused


def ids(things):
    return {each.id for each in things}


def test_two_places_are_linked_and_stay_as_they_are(field):
    session = field.session
    other = add_hall(session, Hall(id="", code="H7", name="云溪政务大厅"))
    before = get(session, Hall, field.hall), get(session, Hall, other.id)
    link(session, Hall, field.hall, other.id, "同一处")

    assert ids(linked(session, Hall, field.hall)) == {other.id}
    assert ids(linked(session, Hall, other.id)) == {field.hall}
    assert ids(hall_history(session, other.id).same) == {field.hall}
    assert (get(session, Hall, field.hall), get(session, Hall, other.id)) == before
    refused("link_to_itself", link, session, Hall, field.hall, field.hall)
    refused("not_found", link, session, Hall, field.hall, "nowhere")


def test_who_links_again_makes_no_second_link_and_three_are_one(field):
    session = field.session
    second = new_visit(session, field.hall, [field.li]).id
    third = new_visit(session, field.hall, [field.wang]).id
    link(session, Visit, field.visit, second)
    link(session, Visit, second, field.visit)
    link(session, Visit, third, second)
    assert len(session.store.select(Link)) == 2
    assert ids(linked(session, Visit, field.visit)) == {second, third}
    assert ids(board(session, field.visit).same) == {second, third}
    unlink(session, Visit, third, second, "核实为两次")
    assert ids(linked(session, Visit, field.visit)) == {second}
    assert linked(session, Visit, third) == ()


def test_sealed_visits_are_linked_too_and_what_is_not_here_is_left_out(field):
    session = field.session
    field.go_in()
    seal(session, field.visit)
    other = new_visit(session, field.hall, [field.li]).id
    link(session, Visit, other, field.visit)
    laptop = Laptop(session)
    laptop.write("link", "l-1", {"noun": "visit", "one": field.visit, "other": "elsewhere"})
    laptop.arrive()
    assert ids(linked(session, Visit, field.visit)) == {other}
