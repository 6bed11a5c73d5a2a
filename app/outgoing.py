"""What leaves the building, put together: the texts of messages and the channels of this machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.channels.secrets import ChannelFile
from app.channels.sender import AppriseSender
from app.domain.outbox import MessageKind, Parcel
from app.render.glyphs import Glyphs
from app.render.notices import bundle, message
from app.render.sight import Sight
from app.render.words import words_for

if TYPE_CHECKING:
    from app.engine.sending import Compose, Way
    from app.services.house import House


class Ways:
    """The channels of the secrets file by name; read again when the file has changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_as: tuple[int, int, int] | None = None
        self._ways: dict[str, Way] = {}

    def read(self) -> Mapping[str, Way]:
        """The channels as they stand in the file; BadInput when it cannot be taken as it is."""
        stamp = self._stamp()
        if stamp != self._read_as:
            found = ChannelFile(self._path).read(understood=False) if stamp else {}
            self._ways = {name: AppriseSender(url).send for name, url in found.items()}
            self._read_as = stamp
        return self._ways

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino


def composer(house: House) -> Compose:
    """Makes title and text of messages, in the language of this machine, at the moment they are sent."""
    words = words_for("en" if house.settings.language == "en" else "zh")

    def compose(parcels: Sequence[Parcel]) -> tuple[str, str]:
        zone = house.policies.current().calendar.zone
        sight = Sight(words.in_zone(zone), Glyphs(False), house.streets.current(), zone, house.clock.now())
        files = {file.notice.id: file for file in house.notices.files([parcel.notice_id for parcel in parcels])}
        texts = [
            message(
                file.notice,
                file.row.whistle if file.row else None,
                file.row.title if file.row else "",
                file.text,
                file.name,
                sight,
                taken_back=parcel.kind is MessageKind.CORRECTION,
            )
            for parcel in parcels
            if (file := files.get(parcel.notice_id)) is not None
        ]
        return texts[0] if len(texts) == 1 else bundle([title for title, _ in texts], sight)

    return compose
