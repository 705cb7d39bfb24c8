"""A watched folder: what came since, once it is whole."""

from inspector.operations.watching import Watch, look_again


def test_new_files_count_once_they_keep_still(tmp_path):
    (tmp_path / "old.jpg").write_bytes(b"old")
    watch = look_again(Watch(tmp_path))
    assert (watch.before, watch.fresh) == (frozenset({tmp_path / "old.jpg"}), ())
    new = tmp_path / "Camera" / "new.jpg"
    new.parent.mkdir()
    new.write_bytes(b"half")
    watch = look_again(watch)
    assert watch.fresh == ()
    new.write_bytes(b"half and more")
    watch = look_again(watch)
    assert watch.fresh == ()
    watch = look_again(watch)
    assert watch.fresh == (new,)
    watch = look_again(watch.knowing({new}))
    assert watch.fresh == ()
    assert watch.all == (new, tmp_path / "old.jpg")


def test_half_written_hidden_and_empty_files_are_waited_for(tmp_path):
    watch = look_again(Watch(tmp_path))
    for name in ("a.jpg.part", ".b.jpg", "c.crdownload"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "d.jpg").touch()
    watch = look_again(look_again(watch))
    assert watch.fresh == ()
    (tmp_path / "a.jpg.part").rename(tmp_path / "a.jpg")
    assert look_again(look_again(watch)).fresh == (tmp_path / "a.jpg",)


def test_a_file_that_goes_away_is_not_offered_and_a_folder_that_does_is_said(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    watch = look_again(Watch(folder))
    (folder / "a.jpg").write_bytes(b"a")
    watch = look_again(look_again(watch))
    assert watch.fresh == (folder / "a.jpg",)
    (folder / "a.jpg").unlink()
    watch = look_again(watch)
    assert watch.fresh == ()
    folder.rmdir()
    assert not look_again(watch).there


def test_a_whole_disk_is_not_watched(tmp_path, monkeypatch):
    monkeypatch.setattr("inspector.operations.watching.MOST_WATCHED", 2)
    for name in "abc":
        (tmp_path / name).write_text(name)
    assert look_again(Watch(tmp_path)).too_many
