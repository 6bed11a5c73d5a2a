"""The language of the screen: messages, names, instants and codes as the person reads them (decisions 5)."""

from __future__ import annotations

import gettext
import struct
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from app.domain.message import N_, Message, Name, Param, Said

Language = Literal["zh", "en"]

_CATALOGUE = Path(__file__).parents[1] / "locale" / "zh_CN" / "LC_MESSAGES" / "wangge.mo"
_STREET_ZONE = ZoneInfo("Asia/Shanghai")
_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_HALF_A_YEAR = timedelta(days=183)
_HOURS_SHOWN = 99
"""Above this many hours what is left is given in days."""


class Words:
    """One language in one zone. English is the msgid and needs no catalogue; without one, Chinese reads English."""

    __slots__ = ("_catalogue", "language", "zone")

    def __init__(
        self,
        language: Language,
        zone: ZoneInfo = _STREET_ZONE,
        catalogue: gettext.NullTranslations | None = None,
    ) -> None:
        self.language: Language = language
        self.zone = zone
        self._catalogue = catalogue or (_chinese() if language == "zh" else gettext.NullTranslations())

    def in_zone(self, zone: ZoneInfo) -> Words:
        """The same language with times shown in another zone."""
        return Words(self.language, zone, self._catalogue)

    def t(self, msgid: str, /, **params: Param) -> str:
        """The text in this language with ``{named}`` parameters put in; braces in a parameter stay as they are."""
        return self._filled(self._catalogue.gettext(msgid) if msgid else "", params, None)

    def tn(self, singular: str, plural: str, n: int, /, **params: Param) -> str:
        """Like ``t``, in the form for ``n``, which is the parameter ``{n}``."""
        return self._filled(self._catalogue.ngettext(singular, plural, n), {"n": n, **params}, None)

    def say(self, message: Message, now: datetime | None = None) -> str:
        """A message for a person. With ``now``, instants of the same local day are shown without their date."""
        text = self._catalogue.gettext(message.msgid) if message.msgid else ""
        return self._filled(text, message.params, now)

    def told(self, said: Said) -> str:
        """A sentence, whether it was put into words already or not."""
        return said if isinstance(said, str) else self.say(said)

    def name(self, name: Name) -> str:
        """The name in this language, in Chinese when it has no other."""
        return name.in_language(self.language)

    def enum(self, member: StrEnum) -> str:
        """The label of a code, e.g. ``网格员`` (``app.render.labels``); the code itself when it has none."""
        # Imported here because ``wangge --help`` speaks too, and labels know every enum of the domain.
        from app.render.labels import label

        return self.t(label(member))

    def when(self, instant: datetime, now: datetime | None = None) -> str:
        """``HH:MM`` on the local day of ``now``, else ``MM-DD HH:MM``, with the year when it is far off."""
        local = instant.astimezone(self.zone)
        if now is None:
            return f"{local:%m-%d %H:%M}"
        if local.date() == now.astimezone(self.zone).date():
            return f"{local:%H:%M}"
        return f"{local:%Y-%m-%d %H:%M}" if abs(instant - now) > _HALF_A_YEAR else f"{local:%m-%d %H:%M}"

    def left(self, span: timedelta) -> str:
        """``+00:09`` still to go, ``-01:20`` overdue, whole minutes; ``+5天`` beyond 99 hours."""
        sign = "-" if span < timedelta(0) else "+"
        minutes = abs(span) // timedelta(minutes=1)
        if minutes >= (_HOURS_SHOWN + 1) * 60:
            return sign + self.t("{n}d", n=minutes // (24 * 60))
        return f"{sign}{minutes // 60:02}:{minutes % 60:02}"

    def weekday(self, day: date) -> str:
        """``周五``, ``Fri``; of an instant its local day."""
        if isinstance(day, datetime):
            day = day.astimezone(self.zone).date()
        return self.t(_WEEKDAYS[day.weekday()])

    def listed(self, parts: tuple[Param, ...], now: datetime | None = None) -> str:
        """Several things in a row: ``甲、乙``, ``A, B``."""
        return ("、" if self.language == "zh" else ", ").join(str(self._shown(part, now)) for part in parts)

    def _filled(self, text: str, params: Mapping[str, Param], now: datetime | None) -> str:
        """The text with its parameters; a slip in a translation shows the text instead of ending the program."""
        if "{" not in text and "}" not in text:
            return text
        try:
            return text.format_map(_Shown({name: self._shown(value, now) for name, value in params.items()}))
        except (ValueError, LookupError, AttributeError, TypeError):
            return text

    def _shown(self, value: Param, now: datetime | None) -> str | int | float:
        """A parameter as the person reads it; numbers stay numbers, so that a text may format them."""
        match value:
            case StrEnum():
                return self.enum(value)
            case bool():
                return self.t("yes") if value else self.t("no")
            case str() | int() | float():
                return value
            case Message():
                return self.say(value, now)
            case Name():
                return self.name(value)
            case datetime():
                return self.when(value, now)
            case date():
                return value.isoformat()
            case timedelta():
                return self.left(value)
            case tuple():
                return self.listed(value, now)
            case None:
                return ""


class _Shown(dict[str, "str | int | float"]):
    """Parameters by name; one that was not given is shown as ``{name}``."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


@lru_cache(maxsize=2)
def words_for(language: Language) -> Words:
    """The words of a language in the street's usual zone, Asia/Shanghai."""
    return Words(language)


@lru_cache(maxsize=1)
def _chinese() -> gettext.NullTranslations:
    """The Chinese catalogue; an empty one when the file is missing or broken."""
    try:
        # importlib.resources and pkgutil do the same, and cost every start more than all else here.
        with _CATALOGUE.open("rb") as catalogue:
            return gettext.GNUTranslations(catalogue)
    except (OSError, ValueError, struct.error):
        return gettext.NullTranslations()
