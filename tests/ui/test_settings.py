"""Settings: what is chosen is kept and shows at once; care of the workspace tells its result."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton

from inspector.base.paths import Workspace
from inspector.base.settings import Settings, load_settings, save_settings
from inspector.operations.check_text import problem_text
from inspector.operations.people import people
from inspector.operations.pins import pin_matches
from inspector.storage.integrity import Problem
from ui.frame.pages import KEYS, PAGES
from ui.pages.settings.about import ADDITIONS, LIBRARIES, licences
from ui.pages.settings.page import SECTIONS
from ui.pages.settings.storage import about
from ui.theme import look

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.pages.settings.section import Section


def section(bench: Bench, name: str) -> Section:
    page = bench.go("settings", section=name)
    return page._made[name]


def texts(section: Section) -> str:
    return "\n".join(each.text() for each in section.findChildren(QLabel))


def press(bench: Bench, within: Section, words: str) -> None:
    [found] = [each for each in within.findChildren(QPushButton) if each.text() == words]
    bench.qtbot.mouseClick(found, Qt.MouseButton.LeftButton)
    bench.settle()


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [("English", "lang", "en"), ("深色", "theme", "dark"), ("130 %", "scale", 130)],
)
def test_what_is_chosen_is_kept(bench: Bench, words: str, field: str, value: object) -> None:
    press(bench, section(bench, "general"), words)
    assert getattr(bench.desk.settings, field) == value


def test_settings_are_read_back_as_written(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    settings = Settings(
        lang="en",
        theme="dark",
        scale=130,
        single_keys=False,
        cover_pin=True,
        hidden={"findings": ("visit",), "places": ()},
    )
    save_settings(file, settings)
    assert load_settings(file).settings == settings
    file.write_text('{"hidden": {"findings": 1, "places": ["kind"]}}', encoding="utf-8")
    assert load_settings(file).settings.hidden == {"places": ("kind",)}


@pytest.mark.parametrize("text", ["[" * 100_000, "[1", "NaN", "\x00", '["x"]'])
def test_settings_that_are_nonsense_are_put_aside(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(text, encoding="utf-8")
    loaded = load_settings(file)
    assert loaded.put_aside is not None
    assert loaded.put_aside.read_text(encoding="utf-8") == text


def test_a_folder_in_place_of_the_settings_is_put_aside_beside_earlier_ones(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    aside = []
    for number in range(3):
        file.mkdir()
        (file / f"{number}.txt").write_text("theirs", encoding="utf-8")
        loaded = load_settings(file)
        assert loaded.settings == Settings()
        assert loaded.put_aside is not None
        aside.append(loaded.put_aside)
    assert [[each.name for each in folder.iterdir()] for folder in aside] == [
        [f"{number}.txt"] for number in range(3)
    ]
    save_settings(file, Settings(lang="en"))
    assert load_settings(file).settings.lang == "en"


def test_settings_that_cannot_even_be_put_aside_stop_nobody(tmp_path: Path) -> None:
    blocked = tmp_path / "config"
    blocked.write_text("a file where a folder belongs", encoding="utf-8")
    loaded = load_settings(blocked / "settings.json")
    assert (loaded.settings, loaded.put_aside) == (Settings(), None)
    assert loaded.stuck == blocked / "settings.json"


def test_a_path_that_can_be_none_is_left_out_of_the_settings(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(
        r'{"recent": ["\u0000", "\ud800", null, "/w"], "watched": {"/w": "\u0000", "/x": "/y"}}',
        encoding="utf-8",
    )
    settings = load_settings(file).settings
    assert (settings.recent, settings.watched) == (("/w",), {"/x": "/y"})
    save_settings(file, settings)


def test_a_watched_folder_is_remembered_for_each_workspace(tmp_path: Path) -> None:
    file, one, two = tmp_path / "settings.json", tmp_path / "one", tmp_path / "two"
    settings = Settings().watching(one, tmp_path / "a").watching(two, tmp_path / "b")
    save_settings(file, settings)
    read = load_settings(file).settings
    assert (read.watched_for(one), read.watched_for(two)) == (tmp_path / "a", tmp_path / "b")
    assert read.watching(one, None).watched_for(one) is None
    file.write_text('{"watched": ["no", "folders"]}', encoding="utf-8")
    assert load_settings(file).settings.watched == {}


@pytest.mark.parametrize("name", SECTIONS)
def test_every_section_shows_without_a_workspace(bench: Bench, name: str) -> None:
    shown = section(bench, name)
    assert shown.isVisible()
    assert texts(shown)


def test_another_person_types(opened: Bench, office: Office) -> None:
    shown = section(opened, "person")
    place = shown.who.findData(office.other)
    shown.who.setCurrentIndex(place)
    shown.who.activated.emit(place)
    opened.settle()
    assert opened.ask(lambda session: session.store.user) == office.other
    assert {shown.who.itemText(n) for n in range(shown.who.count())} == {
        each.name for each in opened.ask(people)
    }


def test_a_pin_is_set_by_keyboard_and_then_asked_for(opened: Bench, office: Office) -> None:
    shown = section(opened, "person")
    assert not shown.ask.isEnabled()
    for field in (shown.pin, shown.again):
        opened.qtbot.keyClicks(field, "135790")
    opened.qtbot.keyClick(shown.again, Qt.Key.Key_Return)
    opened.settle()
    assert opened.ask(lambda session: pin_matches(session, office.me, "135790"))
    opened.qtbot.keyClick(shown.ask, Qt.Key.Key_Space)
    assert opened.desk.settings.cover_pin


@pytest.mark.parametrize("pin", ["12", "abcd", "=1+1", "１２３４", "1234567890123"])
def test_a_pin_of_another_form_is_refused(opened: Bench, pin: str) -> None:
    shown = section(opened, "person")
    shown.pin.setText(pin)
    shown.again.setText(pin)
    press(opened, shown, "设定口令")
    assert "4至12位" in shown.said.text()


def test_the_office_is_kept_as_typed(opened: Bench) -> None:
    shown = section(opened, "person")
    shown.office.setText("<b>市政府</b>督查室")
    press(opened, shown, "保存")
    assert opened.ask(lambda session: session.store.local("office")) == "<b>市政府</b>督查室"


def test_single_keys_can_be_switched_off(bench: Bench) -> None:
    [single] = section(bench, "keys").findChildren(QCheckBox)
    bench.qtbot.keyClick(single, Qt.Key.Key_Space)
    assert bench.desk.settings.single_keys is False


def test_the_list_of_keys_holds_all_that_are_registered(bench: Bench) -> None:
    shown = texts(section(bench, "keys"))
    registered = [each.key for each in KEYS] + [spec.key for spec in PAGES.values() if spec.key]
    assert [key for key in registered if key not in shown] == []


def test_every_shortcut_of_a_page_is_listed(opened: Bench, office: Office) -> None:
    for name in PAGES:
        page = opened.go(name, office.covert if name in ("visit", "closing") else "")
        bound = {each.key().toString() for each in page.findChildren(QShortcut)}
        listed = {QKeySequence(each.key).toString() for each in type(page).keys if not each.single}
        assert bound <= listed, name


def test_a_check_tells_that_all_is_well(opened: Bench) -> None:
    shown = section(opened, "storage")
    press(opened, shown, "全部校验")
    assert "未发现问题" in shown.result.text()
    assert all(each.isEnabled() for each in shown.buttons.values())


def test_a_check_tells_in_words_what_is_wrong(opened: Bench, office: Office) -> None:
    media = Workspace(office.root).media
    next(each for each in sorted(media.rglob("*")) if each.is_file()).unlink()
    shown = section(opened, "storage")
    press(opened, shown, "全部校验")
    assert "1" in shown.result.text()
    assert "有文件不见了" in texts(shown)


def test_making_the_tables_anew_mends_them(bench: Bench, office: Office) -> None:
    with closing(sqlite3.connect(Workspace(office.root).database)) as db:
        # What another program would have to do to get past the guards of the tables.
        db.create_function("inspector_core", 0, lambda: 1)
        db.execute("UPDATE hall SET name = 'x'")
        db.commit()
    bench.open(office.root)
    shown = section(bench, "storage")
    press(bench, shown, "全部校验")
    assert "有表与记录不一致" in texts(shown)
    press(bench, shown, "重建数据表")
    assert "未发现问题" in shown.result.text()


def test_a_check_can_be_stopped(opened: Bench) -> None:
    shown = section(opened, "storage")
    shown.buttons["check"].click()
    shown.working._stop_job()
    opened.settle()
    assert "已停止" in shown.result.text()
    assert all(each.isEnabled() for each in shown.buttons.values())


@pytest.mark.parametrize(
    ("count", "told"), [(10_455, 10_000), (1_299, 1_200), (299, 290), (87, 87), (5, 5), (0, 0)]
)
def test_an_estimate_is_told_without_digits_that_nobody_can_know(count: int, told: int) -> None:
    assert about(count) == told


def test_backing_up_and_restoring(opened: Bench, office: Office, tmp_path: Path) -> None:
    shown = section(opened, "storage")
    copy = tmp_path / "copy.db"
    shown._backed_up_to(copy)
    opened.settle()
    before = opened.ask(lambda session: session.store.log.count())
    shown.restore_from(office.root, copy)
    opened.qtbot.waitUntil(lambda: opened.window.place.page == "home", timeout=30_000)
    assert opened.ask(lambda session: session.store.log.count()) == before


def test_a_backup_that_is_none_is_refused_and_the_workspace_opens_again(
    opened: Bench, office: Office, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.db"
    wrong.write_bytes(b"=1+1")
    before = opened.ask(lambda session: session.store.log.count())
    shown = section(opened, "storage")
    shown.restore_from(office.root, wrong)
    opened.qtbot.waitUntil(lambda: opened.window.place.page == "home", timeout=30_000)
    assert "不是可用的备份" in shown.result.text()
    assert opened.ask(lambda session: session.store.log.count()) == before


def test_every_library_states_its_licence() -> None:
    found = licences()
    additions = [name for name, _version, _licence in found if name in ADDITIONS]
    assert len(found) == len(LIBRARIES) + len(additions)
    assert all(licence and version for _name, version, licence in found)


def test_an_unknown_problem_is_told_by_its_code(bench: Bench) -> None:
    assert "new_kind" in problem_text(bench.desk.tr, Problem("new_kind", "x"))


def test_the_words_of_qt_follow_the_language(qapp: QApplication) -> None:
    for lang, word in (("zh", "复制(&C)"), ("en", "&Copy"), ("zh", "复制(&C)")):
        look.apply(look.look_of(Settings(lang=lang), lang), qapp)
        assert QCoreApplication.translate("QWidgetTextControl", "&Copy") == word
