"""What a person prefers on this computer. It belongs to no workspace and is never synchronised.

A file that cannot be read is kept beside the new one and said, never silently replaced.
"""

from __future__ import annotations

import json
from dataclasses import asdict, field, fields, replace
from pathlib import Path
from typing import Any, Literal, cast, get_args

import platformdirs

from inspector.base.i18n import LANGUAGES, Lang
from inspector.base.values import frozen

ThemeName = Literal["system", "light", "dark"]
THEMES: tuple[ThemeName, ...] = get_args(ThemeName)
#: Text sizes in percent.
SCALES = (100, 115, 130)
#: No screen lies farther away. Logical pixels.
_FARTHEST = 100_000
#: Recent workspaces that are remembered.
MOST_RECENT = 8


@frozen
class Settings:
    """Preferences. `lang` is None while the system's language is followed.

    recent: paths of workspaces, the last opened first. single_keys: whether letters and digits
    work as keys of their own. cover_pin: whether the view is shown again only to whoever knows the
    PIN of the person who is typing. hidden: by table, the columns that are not shown. watched: by
    the path of a workspace, the folder in which new files are noticed. window: where the main
    window stood last (x, y, width, height in logical pixels), empty if that is not known;
    maximised: it filled the screen. others: fields that a newer version wrote, kept as they are.
    """

    lang: Lang | None = None
    theme: ThemeName = "system"
    scale: int = 100
    recent: tuple[str, ...] = ()
    single_keys: bool = True
    cover_pin: bool = False
    hidden: dict[str, tuple[str, ...]] = field(default_factory=dict)
    watched: dict[str, str] = field(default_factory=dict)
    window: tuple[int, ...] = ()
    maximised: bool = False
    others: dict[str, Any] = field(default_factory=dict)

    def opened(self, root: Path) -> Settings:
        """Return the settings after the workspace at `root` was opened."""
        path = str(root.absolute())
        others = [each for each in self.recent if each != path]
        return replace(self, recent=(path, *others)[:MOST_RECENT])

    def watching(self, root: Path, folder: Path | None) -> Settings:
        """Return the settings with another folder watched for the workspace at `root`, or none."""
        kept = {path: each for path, each in self.watched.items() if path != str(root.absolute())}
        if folder is not None:
            kept[str(root.absolute())] = str(folder.absolute())
        return replace(self, watched=kept)

    def watched_for(self, root: Path) -> Path | None:
        """Return the folder that is watched for the workspace at `root`."""
        found = self.watched.get(str(root.absolute()))
        return Path(found) if found else None


@frozen
class Loaded:
    """The settings, and what became of a file that could not be read, if there was one.

    put_aside: where it lies now. stuck: it could neither be read nor put aside;
    it may be sound, so nothing is written over it.
    """

    settings: Settings
    put_aside: Path | None = None
    stuck: Path | None = None


def settings_file() -> Path:
    """Return where this user's settings lie."""
    return Path(platformdirs.user_config_dir("mingcha", appauthor=False)) / "settings.json"


def load_settings(path: Path) -> Loaded:
    """Return what the file holds; defaults where there is none or it cannot be read."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(content, dict):
            raise ValueError("not an object")
    except FileNotFoundError:
        return Loaded(Settings())
    except (ValueError, RecursionError, IsADirectoryError):
        # Whatever lies there keeps nobody from the records.
        try:
            path.replace(aside := _free(path))
        except OSError:
            return Loaded(Settings(), stuck=path)
        return Loaded(Settings(), aside)
    except OSError:
        # What cannot be read now may be sound: it stays where it is.
        return Loaded(Settings(), stuck=path)
    return Loaded(_from_plain(content))


def _free(path: Path) -> Path:
    """Return a name for what was at `path` that nothing has."""
    names = (f".damaged{number}.json" for number in ("", *range(2, 1000)))
    return next(each for name in names if not (each := path.with_suffix(name)).exists())


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings; the former file stays whole until the new one is. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = asdict(settings)
    content |= content.pop("others")
    temp = path.with_suffix(".part")
    temp.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")
    temp.replace(path)


def _from_plain(content: dict[str, Any]) -> Settings:
    """Return the settings in `content`; a value of no use falls back to its default."""
    known = {item.name for item in fields(Settings)} - {"others"}
    lang, theme, scale = (content.get(name) for name in ("lang", "theme", "scale"))
    recent = content.get("recent")
    return Settings(
        lang=cast("Lang", lang) if lang in LANGUAGES else None,
        theme=cast("ThemeName", theme) if theme in THEMES else "system",
        scale=scale if isinstance(scale, int) and scale in SCALES else 100,
        recent=tuple(filter(_is_path, recent)) if isinstance(recent, list) else (),
        single_keys=content.get("single_keys") is not False,
        cover_pin=content.get("cover_pin") is True,
        hidden=_hidden(content.get("hidden")),
        watched=_texts(content.get("watched")),
        window=_place(content.get("window")),
        maximised=content.get("maximised") is True,
        others={name: value for name, value in content.items() if name not in known},
    )


def _hidden(stored: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(stored, dict):
        return {}
    lists = ((table, names) for table, names in stored.items() if isinstance(names, list))
    return {str(table): tuple(map(str, names)) for table, names in lists}


def _place(stored: object) -> tuple[int, ...]:
    """Return where a window stood, () for what is no place on any screen."""
    numbers = tuple(stored) if isinstance(stored, list) else ()
    whole = all(type(each) is int and abs(each) <= _FARTHEST for each in numbers)
    return numbers if whole and len(numbers) == 4 and min(numbers[2:]) > 0 else ()


def _texts(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    return {name: each for name, each in value.items() if _is_path(name) and _is_path(each)}


def _is_path(value: object) -> bool:
    """Tell whether a value that stood in the file can name a file at all."""
    return isinstance(value, str) and "\0" not in value and value.isprintable()
