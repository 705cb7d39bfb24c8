from tests.support.records import edit, opened


def test_the_operations_of_a_visit_are_found_by_their_index(tmp_path):
    """Otherwise each look at a visit reads the whole record."""
    asked: list[str] = []
    with opened(tmp_path / "w") as store:
        store.commit([edit("remark", "r", text="x")], visit=store.new_id())
        store.db.conn.set_trace_callback(asked.append)
        log = store.log
        log.of_visit("v"), log.of_action("a", "v"), log.saved_at("v"), log.frontier("v")
        log.set_back("v", 1)
        store.db.conn.set_trace_callback(None)
        plans = [store.db.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall() for sql in asked]
    assert len(plans) == 5
    for plan in plans:
        assert "USING INDEX op_vis" in plan[0][3]
