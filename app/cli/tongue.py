"""Help in the reader's language for almost nothing: one catalogue, opened when the first text is shown."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gettext import NullTranslations

LANGUAGES = ("zh", "en")


def N_(msgid: str) -> str:
    """Mark an English msgid for the catalogue; returns it unchanged. Here, because the domain's costs an import."""
    return msgid


class Tongue:
    """Translates the command line's own texts; everything about cases goes through ``app.render.words``."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue: NullTranslations | None = None

    def t(self, msgid: str, **params: object) -> str:
        """The text in the language of this tongue, ``{named}`` parameters filled in."""
        if self._catalogue is None:
            self._catalogue = _catalogue(self.language)
        text = self._catalogue.gettext(msgid)
        return text.format(**params) if params else text


def spoken(asked: str) -> str:
    """The language before any settings are read: asked for, else WANGGE_LANG, else Chinese."""
    wanted = asked or os.environ.get("WANGGE_LANG", "")
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


def _catalogue(language: str) -> NullTranslations:
    from gettext import GNUTranslations, NullTranslations

    folder = os.path.join(os.path.dirname(os.path.dirname(__file__)), "locale")  # noqa: PTH118, PTH120 (pathlib is slow)
    try:
        with open(os.path.join(folder, "zh_CN", "LC_MESSAGES", "wangge.mo"), "rb") as file:  # noqa: PTH118, PTH123
            return GNUTranslations(file) if language == "zh" else NullTranslations()
    except OSError:
        return NullTranslations()
