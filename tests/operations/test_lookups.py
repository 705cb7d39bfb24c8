"""Names that people type: what they mean, and what they must not be taken for."""

import pytest

from inspector.base.errors import MingchaError
from inspector.domain.entities import Finding, Window
from inspector.operations.findings import find_finding
from inspector.operations.places import add_windows
from inspector.operations.recording import amend


def code_of(act, *args):
    with pytest.raises(MingchaError) as caught:
        act(*args)
    return caught.value.code


def test_a_number_means_the_window_that_has_it_whatever_others_are_called(field):
    add_windows(field.session, field.hall, [Window(id="", number="01", label="03")])
    assert field.window("03").number == "03"
    assert field.window("3").number == "03"


def test_a_label_that_several_windows_carry_names_none_of_them(field):
    windows = [Window(id="", number=f"{n:02}", label="综合窗口") for n in (1, 2)]
    windows.append(Window(id="", number="03", label="社保"))
    add_windows(field.session, field.hall, windows)
    assert field.window("社保").number == "03"
    assert code_of(field.window, "综合窗口") == "window_not_found"


def test_nothing_typed_names_nothing(field):
    field.finding("空岗")
    assert code_of(field.window, " ") == "window_not_found"
    assert code_of(find_finding, field.session, field.visit, " ") == "finding_not_found"


def test_a_bare_number_is_the_official_one_first(field):
    late, early, new = (field.finding(text) for text in ("后", "先", "新"))
    for finding, number in ((late, "3"), (early, "1")):
        amend(field.session, Finding, finding.id, {"official_number": number})

    def found(name):
        return find_finding(field.session, field.visit, name).text

    assert (found("3"), found("1")) == ("后", "先")
    assert found(f"{new.device}-3") == "新"
    assert code_of(find_finding, field.session, field.visit, "2") == "finding_not_found"
