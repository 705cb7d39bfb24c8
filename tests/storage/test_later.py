"""The search index is behind the record, and nobody who searches or checks ever sees it."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspector.base.errors import MingchaError
from inspector.base.progress import SILENT
from inspector.domain.entities import Finding, Remark, Visit
from inspector.storage import later
from inspector.storage.finding_register import WantedFindings, ordered
from inspector.storage.integrity import audit_projection
from inspector.storage.words import query_phrases
from tests.support.records import edit, opened

#: What the index itself holds, without being brought up to date.
IN_INDEX = "SELECT count(*) FROM search_index WHERE search_index MATCH ?"


def in_index(store, word: str) -> int:
    return store.db.execute(IN_INDEX, (query_phrases(word),)).fetchone()[0]


def found(store, word: str) -> list[str]:
    return [hit.id for hit in store.search(word).hits]


def noted(store) -> list[str]:
    return [row[0] for row in store.db.execute("SELECT text FROM unindexed ORDER BY seq")]


def test_saving_leaves_the_index_alone_and_searching_brings_it_up_to_date(tmp_path):
    with opened(tmp_path / "w") as store:
        store.save(Remark(id="a", text="空岗"))
        assert in_index(store, "空岗") == 0
        store.commit([edit("remark", "a", text="离岗")])
        assert (noted(store), in_index(store, "离岗")) == ([], 0)
        assert (found(store, "空岗"), found(store, "离岗")) == ([], ["a"])
        assert in_index(store, "离岗") == 1


def test_the_text_that_the_index_still_has_is_noted_once(tmp_path):
    with opened(tmp_path / "w") as store:
        store.save(Remark(id="a", text="空岗"))
        assert found(store, "空岗") == ["a"]
        store.commit([edit("remark", "a", text="离岗")])
        store.commit([edit("remark", "a", text="在岗")])
        assert (noted(store), in_index(store, "空岗")) == (["空岗"], 1)
        assert (found(store, "空岗"), found(store, "离岗"), found(store, "在岗")) == ([], [], ["a"])
        assert noted(store) == []


def test_a_fact_that_is_corrected_is_noted_though_nothing_is_written_to_it(tmp_path):
    with opened(tmp_path / "w") as store:
        store.save(Remark(id="a", text="空岗"))
        assert found(store, "空岗") == ["a"]
        store.save(Remark(id="b", text="离岗", replaces="a"))
        assert noted(store) == ["空岗"]
        assert (found(store, "空岗"), found(store, "离岗")) == ([], ["b"])


@pytest.mark.parametrize("stop", ["close", "cut"])
def test_what_was_not_indexed_is_found_after_the_next_start(tmp_path, stop):
    with opened(tmp_path / "w") as store:
        store.save(Remark(id="a", text="空岗"))
        assert found(store, "空岗") == ["a"]
        store.commit([edit("remark", "a", text="离岗")])
        store.save(Remark(id="b", text="群众等候"))
        if stop == "cut":  # the files as they are now, without anything that closing does
            (tmp_path / "cut").mkdir()
            for path in (tmp_path / "w").glob("mingcha.db*"):
                (tmp_path / "cut" / path.name).write_bytes(path.read_bytes())
    with opened(tmp_path / ("w" if stop == "close" else "cut")) as store:
        assert audit_projection(store.db, tmp_path, SILENT) == []
    with opened(tmp_path / ("w" if stop == "close" else "cut")) as store:
        assert (found(store, "空岗"), found(store, "离岗")) == ([], ["a"])
        assert found(store, "等候") == ["b"]


def test_a_check_alone_brings_the_index_up_to_date(tmp_path):
    with opened(tmp_path / "w") as store:
        store.save(Remark(id="a", text="空岗"))
        assert audit_projection(store.db, tmp_path, SILENT) == []
        assert in_index(store, "空岗") == 1


def test_a_register_that_is_narrowed_by_a_word_misses_nothing(tmp_path):
    with opened(tmp_path / "w") as store:
        store.save(Visit(id="v"), Finding(id="a", visit="v", text="空岗"))
        wanted = WantedFindings(phrase=query_phrases("空岗"))
        assert len(ordered(store.db, wanted)) == 1


def test_so_many_texts_wait_and_no_more(tmp_path, monkeypatch):
    monkeypatch.setattr(later, "MOST_WAITING", 3)
    with opened(tmp_path / "w") as store:
        counts = []
        for number in range(7):
            store.save(Remark(id=f"r{number}", text="等候"))
            counts.append(in_index(store, "等候"))
        assert counts == [0, 0, 3, 3, 3, 6, 6]
        store.save(*(Remark(id=f"s{number}", text="等候") for number in range(5)))
        assert in_index(store, "等候") == 12
        assert audit_projection(store.db, tmp_path, SILENT) == []


def test_a_save_that_fails_while_the_index_is_written_leaves_both_as_they_were(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(later, "MOST_WAITING", 2)
    with opened(tmp_path / "w") as store:
        store.save(Remark(id="a", text="空岗"))

        def fail() -> None:
            with store.transaction():
                store.save(Remark(id="b", text="离岗"))
                raise KeyError

        with pytest.raises(KeyError):
            fail()
        assert (in_index(store, "空岗"), in_index(store, "离岗")) == (0, 0)
        assert (found(store, "空岗"), found(store, "离岗")) == (["a"], [])
        assert audit_projection(store.db, tmp_path, SILENT) == []


def test_rebuilding_leaves_nothing_behind(tmp_path):
    with opened(tmp_path / "w") as store:
        store.save(Remark(id="a", text="空岗"))
        assert found(store, "空岗") == ["a"]
        store.commit([edit("remark", "a", text="离岗")])
        store.save(Remark(id="b", text="等候"))
        assert store.rebuild(SILENT) == []
        assert (noted(store), in_index(store, "离岗"), in_index(store, "等候")) == ([], 1, 1)
        store.commit([edit("remark", "b", text="办理")])
        assert noted(store) == ["等候"]
        assert (found(store, "等候"), found(store, "办理")) == ([], ["b"])


def test_on_a_full_disk_everything_is_found_and_nothing_is_written(tmp_path):
    with opened(tmp_path / "w") as store:
        store.save(Remark(id="a", text="空岗"))
        pages = store.db.execute("PRAGMA page_count").fetchone()[0]
        store.db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(MingchaError) as caught:
            store.commit([edit("remark", f"r{n}", text="离岗" * 5000) for n in range(30)])
        assert caught.value.code == "disk_full"
        assert found(store, "空岗") == ["a"]


@pytest.mark.parametrize(
    ("harm", "seen"),
    [
        ("UPDATE unindexed SET text = '别的'", True),
        ("DELETE FROM unindexed", True),
        ("UPDATE local_kv SET v = '999999999' WHERE k = 'indexed'", True),
        ("INSERT INTO unindexed VALUES(64 * 500 * 9 + 63, '字')", False),
        ("UPDATE local_kv SET v = '0' WHERE k = 'indexed'", False),
        ("UPDATE local_kv SET v = 'x' WHERE k = 'indexed'", False),
        ("DELETE FROM local_kv WHERE k = 'indexed'", False),
    ],
)
def test_what_another_program_did_to_the_notes_is_reported_or_has_no_effect(tmp_path, harm, seen):
    with opened(tmp_path / "w") as store:
        store.save(Remark(id="a", text="空岗"))
        assert found(store, "空岗") == ["a"]
        store.commit([edit("remark", "a", text="离岗")])
        store.save(Remark(id="b", text="等候"))
    with closing(sqlite3.connect(tmp_path / "w" / "mingcha.db")) as outside:
        outside.create_function("inspector_core", 0, lambda: 1)
        outside.execute(harm)
        outside.commit()
    with opened(tmp_path / "w") as store:
        problems = audit_projection(store.db, tmp_path, SILENT)
        # What is only indexed once more is found as before.
        assert {problem.code for problem in problems} == ({"search_index"} if seen else set())
        if seen:
            assert store.rebuild(SILENT) == []
            assert audit_projection(store.db, tmp_path, SILENT) == []
        assert (found(store, "空岗"), found(store, "离岗")) == ([], ["a"])
        assert found(store, "等候") == ["b"]


def test_a_row_that_another_program_broke_stops_no_save_and_no_search(tmp_path):
    with opened(tmp_path / "w") as store:
        store.save(Remark(id="a", text="空岗"), Remark(id="b", text="等候"))
    with closing(sqlite3.connect(tmp_path / "w" / "mingcha.db")) as outside:
        outside.create_function("inspector_core", 0, lambda: 1)
        outside.execute("UPDATE remark SET _fc = '[1' WHERE id = 'a'")
        outside.execute("UPDATE remark SET text = CAST(x'e7a9ff' AS TEXT) WHERE id = 'a'")
        outside.commit()
    with opened(tmp_path / "w") as store:
        store.save(Remark(id="c", text="办理"))
        assert (found(store, "等候"), found(store, "办理")) == (["b"], ["c"])
        assert {p.code for p in audit_projection(store.db, tmp_path, SILENT)} >= {"row_changed"}


TEXTS = st.sampled_from(["空岗", "离岗", "群众等候", ""])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.integers(0, 3), TEXTS),
        st.tuples(st.just("void"), st.integers(0, 3), st.sampled_from(["误", None])),
        st.tuples(st.just("replace"), st.integers(0, 3), st.integers(0, 3)),
        st.tuples(st.sampled_from(["search", "check", "rebuild", "fail"])),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("later")
    with opened(folder / "w") as store:
        yield store, folder


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS, most=st.integers(1, 5))
def test_whatever_is_done_in_whatever_order_the_index_is_that_of_a_new_record(kept, steps, most):
    store, folder = kept
    usual, later.MOST_WAITING = later.MOST_WAITING, most
    try:
        for step in steps:
            _take(store, folder, step)
        assert audit_projection(store.db, folder, SILENT) == []
    finally:
        later.MOST_WAITING = usual


def _take(store, folder, step) -> None:
    match step:
        case ("write", number, text):
            store.commit([edit("remark", f"r{number}", text=text)])
        case ("void", number, reason):
            store.commit([edit("remark", f"r{number}", void=reason)])
        case ("replace", number, other):
            store.commit([edit("remark", f"r{number}", replaces=f"r{other}")])
        case ("search",):
            store.search("空岗")
        case ("check",):
            assert audit_projection(store.db, folder, SILENT) == []
        case ("rebuild",):
            assert store.rebuild(SILENT) == []
        case ("fail",):
            with suppress(KeyError), store.transaction():
                store.commit([edit("remark", "r0", text="不留下")])
                raise KeyError
