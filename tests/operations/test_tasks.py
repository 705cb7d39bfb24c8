"""What others expect of the team at a laptop."""

from __future__ import annotations

import pytest

from inspector.domain.vocabulary import Phase
from inspector.operations.people import add_person, use_person
from inspector.operations.reviews import approve, return_visit
from inspector.operations.sealing import seal, start_supplement
from inspector.operations.tasks import tasks
from inspector.operations.today import Tasks, today
from inspector.operations.visits import change_phase, new_visit
from tests.operations.test_conflicts import differ


@pytest.fixture
def returned(field):
    """A sealed visit that somebody else has returned; Li is typing again."""
    field.go_in()
    field.finding("空岗")
    seal(field.session, field.visit)
    zhao = add_person(field.session, "赵敏")
    use_person(field.session, zhao.id)
    return_visit(field.session, field.visit, "补窗口号")
    use_person(field.session, field.li)
    return field, zhao


def test_nobody_expects_anything_of_a_single_person(field):
    assert tasks(field.session) == Tasks()
    field.go_in()
    seal(field.session, field.visit)
    assert tasks(field.session) == Tasks()


def test_a_returned_visit_is_a_task_of_its_members_until_it_is_answered(returned):
    field, zhao = returned
    session = field.session
    [task] = today(session).tasks.returned
    assert (task.visit.id, task.reasons, task.by) == (field.visit, ("补窗口号",), ("赵敏",))
    assert task.supplement == ""
    use_person(session, zhao.id)
    assert tasks(session).returned == ()
    use_person(session, field.wang)

    supplement = start_supplement(session, field.visit, "补窗口号")
    assert [each.supplement for each in tasks(session).returned] == [supplement.id]
    seal(session, supplement.id)
    assert tasks(session) == Tasks()


def test_visits_of_others_do_not_crowd_out_ones_own(returned, monkeypatch):
    field, zhao = returned
    session = field.session
    monkeypatch.setattr("inspector.operations.tasks._MOST", 1)
    theirs = new_visit(session, field.hall, [field.wang, add_person(session, "钱进").id]).id
    change_phase(session, theirs, Phase.OVERT, field.seen("14:00", who=field.wang))
    seal(session, theirs)
    use_person(session, zhao.id)
    return_visit(session, theirs, "照片不清")
    use_person(session, field.li)
    assert [each.visit.id for each in tasks(session).returned] == [field.visit]


def test_who_changed_their_mind_expects_nothing(returned):
    field, zhao = returned
    use_person(field.session, zhao.id)
    approve(field.session, field.visit)
    use_person(field.session, field.li)
    assert tasks(field.session) == Tasks()


def test_conflicts_are_counted(field):
    field.go_in()
    finding = field.finding("空岗")
    differ(field, "finding", finding.id, "text", "空岗9分钟", "空岗12分钟")
    assert today(field.session).tasks == Tasks(conflicts=1)
