"""Where things live and what the person chose: paths, language, acting member (docs/org.md has the list)."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.errors import BadInput
from app.domain.message import Message
from app.files import write_private

if TYPE_CHECKING:
    from platformdirs.api import PlatformDirsABC

LANGUAGES = ("zh", "en")
LOOKS = ("night", "day", "contrast")
CONFIG_KEYS = {"language": str, "database": str, "theme": str, "ascii": bool, "views": list, "keys": dict,
               "bell": bool, "heartbeat": str, "papers": str}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything decided before the database is opened."""

    home: Path
    """Folder of the database and samples."""
    config: Path
    state: Path
    """Folder of drafts, the remembered member and logs."""
    database: Path
    language: str = "zh"
    theme: str = ""
    ascii_glyphs: bool = False
    acting: str = ""
    """Member code given on the command line, or empty."""
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def drafts(self) -> Path:
        """Folder of drafts."""
        return self.state / "drafts"

    @property
    def channels(self) -> Path:
        """File of the channels that reminders go out by; it holds keys."""
        return self.config.with_name("channels.toml")

    @property
    def papers(self) -> Path:
        """Folder of what the desk prints: ``papers`` of config.toml, else ``wangge`` among one's documents."""
        chosen = str(self.values.get("papers", ""))
        if chosen:
            return Path(chosen).expanduser()
        if root := os.environ.get("WANGGE_HOME", ""):
            return Path(root) / "papers"
        dirs = _platform()
        return dirs.user_documents_path / "wangge" if self.home == dirs.user_data_path else self.home / "papers"


def load_settings(database: str = "", language: str = "", acting: str = "", theme: str = "") -> Settings:
    """Settings from the command line, the environment (WANGGE_HOME, _DB, _LANG, _ASCII) and config.toml.

    BadInput names the file and key when the configuration cannot be read.
    """
    home, config_folder, state = _folders()
    config = config_folder / "config.toml"
    values = _read_config(config)
    configured = str(values["language"]) if "language" in values else _remembered(state) or "zh"
    chosen = language or os.environ.get("WANGGE_LANG", "") or configured
    if chosen not in LANGUAGES:
        raise BadInput(Message("The language is zh or en, not {given}.", {"given": chosen}), "lang")
    if theme and theme not in LOOKS:
        raise BadInput(Message("The look is night, day or contrast, not {given}.", {"given": theme}), "theme")
    path = database or os.environ.get("WANGGE_DB", "") or str(values.get("database", ""))
    return Settings(
        home=home,
        config=config,
        state=state,
        database=Path(path).expanduser() if path else home / "wangge.db",
        language=chosen,
        theme=theme or str(values.get("theme", "")),
        ascii_glyphs=values.get("ascii") is True or os.environ.get("WANGGE_ASCII", "") not in ("", "0"),
        acting=acting,
        values=values,
    )


def _remembered(state: Path) -> str:
    """The language last chosen on a desk; empty when there is none."""
    try:
        found = (state / "language").read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""
    return found if found in LANGUAGES else ""


def remember_language(settings: Settings, language: str) -> None:
    """Keep the language for the next start; a state folder that cannot be written is no reason to stop."""
    with contextlib.suppress(OSError):
        write_private(settings.state / "language", language)


def remembered_theme(settings: Settings) -> str:
    """The look last chosen by this operating-system user, or empty: a small file, read before the first frame."""
    try:
        return _theme_file(settings).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def remember_theme(settings: Settings, name: str) -> None:
    """Keep the look; a state folder that cannot be written is no reason to stop."""
    with contextlib.suppress(OSError):
        write_private(_theme_file(settings), name)


def _theme_file(settings: Settings) -> Path:
    return settings.state / "theme"


def remembered_grids(settings: Settings) -> str:
    """Whether grids were last asked for as ``map`` or as ``list`` by this operating-system user, or empty."""
    try:
        found = (settings.state / "grids").read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""
    return found if found in ("map", "list") else ""


def remember_grids(settings: Settings, shown: str) -> None:
    """Keep it; a state folder that cannot be written is no reason to stop."""
    with contextlib.suppress(OSError):
        write_private(settings.state / "grids", shown)


def _folders() -> tuple[Path, Path, Path]:
    root = os.environ.get("WANGGE_HOME", "")
    if root:
        return Path(root) / "data", Path(root) / "config", Path(root) / "state"
    dirs = _platform()
    return dirs.user_data_path, dirs.user_config_path, dirs.user_state_path


def _platform() -> PlatformDirsABC:
    from platformdirs import PlatformDirs

    return PlatformDirs("wangge", appauthor=False)


def _read_config(path: Path) -> dict[str, object]:
    if not path.exists():
        return {}
    import tomllib  # most desks have no such file, and every start would pay for it

    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput(
            Message("{file} cannot be read: {reason}", {"file": str(path), "reason": str(error)}), "config"
        ) from error
    for key, value in values.items():
        kind = CONFIG_KEYS.get(key)
        if kind is None or not isinstance(value, kind):
            raise BadInput(Message("{file}: {key} is not a setting.", {"file": str(path), "key": key}), "config")
    if "views" in values:
        from app.services.views import views_of

        views_of(values, path)
    return values


def remembered_member(settings: Settings) -> str:
    """The acting member last chosen by this operating-system user for this database, or empty (decisions 10)."""
    import json  # after the first frame

    try:
        kept = json.loads(_member_file(settings).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    code = kept.get(str(settings.database.absolute())) if isinstance(kept, dict) else None
    return code if isinstance(code, str) else ""


def remember_member(settings: Settings, code: str) -> None:
    """Keep the acting member for this database; a state folder that cannot be written is no reason to stop."""
    import json

    try:
        kept = json.loads(_member_file(settings).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        kept = {}
    kept = kept if isinstance(kept, dict) else {}
    kept[str(settings.database.absolute())] = code
    with contextlib.suppress(OSError):
        write_private(_member_file(settings), json.dumps(kept))


def _member_file(settings: Settings) -> Path:
    return settings.state / "acting.json"
