"""Records warnings from a CAP file or a folder whose path is typed; what came of each file is listed afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import BadInput
from app.domain.message import N_, Message
from app.domain.posture import Posture
from app.render.warning import Came
from app.render.ways import Way
from app.screens.context import DialogContext
from app.screens.dialogs import keys
from app.screens.dialogs.form import FormDialog
from app.services.flood_entries import Recorded
from app.services.flood_words import names_no_end
from app.services.warning_files import Imported, import_warnings
from app.widgets.fields.line import LineField
from app.widgets.fields.row import FieldRow

LONGEST_PATH = 1_000
IMPORT = Way("Enter", N_("import"), N_("Every good message is recorded; a bad file is named with its reason."))


@dataclass(frozen=True, slots=True)
class CameIn:
    """What came of a file or a folder."""

    files: tuple[Imported, ...]
    before: Posture
    after: Recorded
    hidden: int = 0
    """Files of a folder that were left out because they are hidden."""


class ImportWarnings(FormDialog[CameIn]):
    """A file that cannot be read is named beside the path when it is the only one; of a folder all are listed."""

    aliases = {"file": "path"}

    def __init__(self, context: DialogContext) -> None:
        super().__init__(context, "import-warnings")

    def title_text(self) -> str:
        """What the box is for."""
        return self.words.t("Import warnings (CAP)")

    def own_ways(self) -> Sequence[Way]:
        """Its keys."""
        return (IMPORT, keys.LEAVE)

    def form_rows(self) -> Iterable[FieldRow]:
        """One path."""
        example = self.words.t("a file, or a folder whose files are read in the order they were sent")
        yield FieldRow(self.words.t("File or folder"), LineField("path", cap=LONGEST_PATH, placeholder=example))

    async def act(self) -> CameIn:
        """Import it."""
        typed = self.text("path").strip("'\"")  # as a file manager pastes it
        if not typed:
            raise BadInput(Message("Which file or folder?"), "path")
        house, actor, request, zone = self.context.house, self.context.actor, self.request("import"), self.words.zone

        def work() -> CameIn:
            before = house.flood.show().posture
            found = import_warnings(house.flood.warnings, actor, request, Path(typed).expanduser(), zone)
            return CameIn(found.files, before, Recorded(house.flood.show(), before), found.hidden)

        came = await self.submit(work)
        alone = came.files[0] if len(came.files) == 1 else None
        if alone is not None and alone.skipped and len(alone.troubles) == 1:
            reason = alone.troubles[0]
            raise BadInput(Message("{file}: {reason}", {"file": Path(alone.file).name, "reason": reason}), "path")
        if not came.files:
            raise BadInput(Message("There is no file in it."), "path")
        return came


def came_of(file: Imported) -> list[Came]:
    """The messages of a file as they are listed."""
    return [
        Came(alert, made.signal, made.known, made.ended, names_no_end(alert), made.told) for alert, made in file.alerts
    ]
