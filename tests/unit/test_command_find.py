"""A few letters find a command, the best fit first."""

from __future__ import annotations

import pytest

from app.command_find import Fit, fit_of
from app.commands import BY_ID, COMMANDS, DEFAULT_KEYS, help_of
from app.render.words import words_for

DISPATCH = ("派部门", "Dispatch departments")


@pytest.mark.parametrize(
    ("needle", "titles", "keys", "fit"),
    [
        ("f4", DISPATCH, ("F4", "n"), Fit.KEY),
        ("n", DISPATCH, ("F4", "n"), Fit.KEY),
        ("disp", DISPATCH, (), Fit.BEGINNING),
        ("派", DISPATCH, (), Fit.BEGINNING),
        ("dep", DISPATCH, (), Fit.WORD),
        ("pbm", DISPATCH, (), Fit.INITIALS),
        ("cq", ("重庆",), (), Fit.INITIALS),
        ("zq", ("重庆",), (), Fit.INITIALS),
        ("bm", DISPATCH, (), Fit.INSIDE),
        ("部门", DISPATCH, (), Fit.INSIDE),
        ("patch", DISPATCH, (), Fit.INSIDE),
        ("dpt", DISPATCH, (), Fit.LETTERS),
        ("dt", DISPATCH, (), None),
        ("xyz", DISPATCH, ("F4",), None),
        ("派门", DISPATCH, (), None),
    ],
)
def test_letters_fit_in_the_best_way_they_can(
    needle: str, titles: tuple[str, ...], keys: tuple[str, ...], fit: Fit | None
) -> None:
    """Key before beginning, beginning before word, initials in every reading, then what lies inside, then letters."""
    assert fit_of(needle, titles, keys) == fit


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("语言", "language"),
        ("切换", "language"),
        ("配色", "theme"),
        ("撤回", "undo"),
        ("contrast", "theme"),
        ("clip", "copy"),
    ],
)
def test_a_word_of_what_a_command_does_finds_it_last(typed: str, command: str) -> None:
    """Whoever does not know its title knows what it does; one letter of that, or one character, finds nothing."""
    told = [words_for(language).say(help_of(BY_ID[command], DEFAULT_KEYS)) for language in ("zh", "en")]
    titles = [words_for(language).t(BY_ID[command].title) for language in ("zh", "en")]
    assert fit_of(typed, titles, DEFAULT_KEYS.of(command), told) == Fit.TOLD
    assert fit_of(typed[:1], ("–",), (), told) is None


def test_every_command_is_found_first_or_nearly_by_its_whole_title() -> None:
    """In both languages the title typed whole is a beginning of it, so that nothing looser stands before it."""
    for command in COMMANDS:
        titles = [words_for(language).t(command.title) for language in ("zh", "en")]
        for title in titles:
            assert fit_of(title.casefold(), titles, DEFAULT_KEYS.of(command.id)) in (Fit.KEY, Fit.BEGINNING)
