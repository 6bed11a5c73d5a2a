"""Pages of a briefing in front of everybody: of any history, in any room, nothing is cropped and nothing is lost."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len

from app.domain.briefing import Section
from app.domain.briefing_file import BriefingFile
from app.domain.compose import compose
from app.render.big_digits import DIGITS, LINES, big
from app.render.briefing import section_lines
from app.render.glyphs import Glyphs
from app.render.meeting import PARTS, Figured, Room, Slide, figures, opened, places, slides
from app.render.rows import Tone, plain
from app.render.sight import Sight
from app.render.words import Language, words_for
from tests.unit.cases import street
from tests.unit.test_briefing_parts import spread
from tests.unit.test_compose import UNTIL

ROOMS = [Room(72, 17), Room(92, 23), Room(112, 38), Room(60, 9)]


def sight(language: Language, *, ascii_only: bool = False) -> Sight:
    """How a desk looks at it."""
    return Sight(words_for(language), Glyphs(ascii_only), street(), ZoneInfo("Asia/Shanghai"), UNTIL)


def file(seed: int) -> BriefingFile:
    """A briefing of a random history."""
    sheet = compose(spread(seed))
    return BriefingFile("JF", sheet.since, sheet.until, sheet, "digest")


def flat(pages: list[Slide]) -> str:
    """Everything that the pages say, without the spaces at which lines were broken."""
    text = "".join(plain(line) for page in pages for line in page.lines)
    return "".join(text.split())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("seed", range(12))
def test_no_page_is_cropped_and_no_line_is_lost(seed: int, language: Language) -> None:
    """Each page fits its room; together the pages of a section hold every line of it."""
    one, look = file(seed), sight(language)
    for room in ROOMS:
        for place in places(one):
            pages = slides(place, one, look, room)
            assert [page.part for page in pages] == list(range(len(pages)))
            assert {page.of for page in pages} == {len(pages)}
            for page in pages:
                assert len(page.lines) <= room.height, (place, room)
                assert max((cell_len(plain(line)) for line in page.lines), default=0) <= room.width, (place, room)
            if place in set(Section):
                said = flat(pages)
                for line in section_lines(Section(place), one.sheet, look):
                    assert "".join(line.text.split()) in said.replace("•", ""), (place, room, line.text)


def test_every_number_and_unit_opens() -> None:
    """As many lines as a number says; the lists of a unit below."""
    one, look, room = file(4), sight("zh"), ROOMS[1]
    for place in places(one):
        for page in slides(place, one, look, room):
            for target in page.targets:
                lists = opened(target, one, look, room)
                assert all(len(shown.lines) <= room.height for shown in lists)
                if place != PARTS:
                    figure = next(figure for figure in one.sheet.figures if figure.count == target)
                    assert sum("• " in plain(line) for shown in lists for line in shown.lines) == max(1, figure.value)


def test_numbers_are_large_where_there_is_room_and_half_blocks() -> None:
    """Three lines a digit, no two alike; in ASCII, and where they would fill the page, in words."""
    assert len(set(DIGITS.values())) == 10
    assert {len(line) for line in big(1234567890)} == {39}
    some = [Figured(12, "未结", Tone.STRONG, "未结 12"), Figured(0, "超时", Tone.QUIET, "超时 0")]
    large = figures(some, ROOMS[1])
    assert len(large) == LINES + 2
    assert [plain(line) for line in figures(some, ROOMS[1], large=False)] == ["未结 12    超时 0", ""]
    assert len(figures(some * 8, Room(40, 17))) < 17 * 0.45
    assert "█" not in flat(slides(Section.OPEN, file(1), sight("zh", ascii_only=True), ROOMS[1]))
