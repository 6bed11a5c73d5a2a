"""One action's own arguments: argparse with its voice changed to ours, in the reader's language."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from enum import Enum
from typing import NoReturn

from app.cli.command_line import Unclear
from app.cli.tongue import N_, Tongue

_SENTENCES = (
    (r"the following arguments are required: (?P<what>.+)", N_("Missing: {what}. See {prog} --help")),
    (r"unrecognized arguments: (?P<what>.+)", N_("Not understood: {what}. See {prog} --help")),
    (
        r"argument (?P<option>.+?): invalid choice: (?P<given>.+?) \(choose from (?P<choices>.+)\)",
        N_("{option}: {given} is none of {choices}."),
    ),
    (r"argument (?P<option>.+?): expected .+", N_("{option} needs a value.")),
    (
        r"argument (?P<option>.+?): not allowed with argument (?P<other>.+)",
        N_("{option} and {other} exclude each other."),
    ),
)
"""What argparse says → our sentence (msgid)."""


class Parser(argparse.ArgumentParser):
    """The arguments of one action. What it cannot understand is raised as Unclear; nothing exits but help."""

    def __init__(self, tongue: Tongue, prog: str, about: str) -> None:
        super().__init__(
            prog=prog,
            description=tongue.t(about),
            add_help=False,
            allow_abbrev=False,
            formatter_class=lambda prog: _Formatter(prog, tongue),
        )
        self._tongue = tongue
        self._listed = self.add_argument_group(tongue.t("Options"))
        self._listed.add_argument("-h", "--help", action="help", help=tongue.t("show this help"))
        self._named = self.add_argument_group(tongue.t("Arguments"))

    def operand(self, name: str, about: str, *, required: bool = True) -> None:
        """An argument known by its place; ``about`` is a msgid."""
        self._named.add_argument(
            name, metavar=name.upper(), nargs=None if required else "?", default="", help=self._tongue.t(about)
        )

    def operands(self, name: str, about: str) -> None:
        """One or more arguments known by their place: a list of texts; ``about`` is a msgid."""
        self._named.add_argument(name, metavar=name.upper(), nargs="+", help=self._tongue.t(about))

    def text(self, name: str, about: str, shape: str = "TEXT", *, required: bool = False, dest: str = "") -> None:
        """An option with one value, empty when not given; the last one counts."""
        self._listed.add_argument(
            _flag(name), metavar=shape, default="", required=required, dest=dest or name, help=self._tongue.t(about)
        )

    def several(self, name: str, about: str, shape: str) -> None:
        """An option that may be repeated or hold a comma list; a list of texts, empty when not given."""
        self._listed.add_argument(
            _flag(name), metavar=shape, action="append", default=[], dest=name, help=self._tongue.t(about)
        )

    def choice(self, name: str, about: str, choices: Iterable[Enum], *, required: bool = False) -> None:
        """An option that takes one value of an enum, empty when not given."""
        self._listed.add_argument(
            _flag(name), choices=[str(one.value) for one in choices], default="", required=required,
            help=self._tongue.t(about),
        )  # fmt: skip

    def switch(self, name: str, about: str) -> None:
        """An option without a value."""
        self._listed.add_argument(_flag(name), action="store_true", help=self._tongue.t(about))

    def yes_or_no(self, name: str, yes: tuple[str, str], no: tuple[str, str]) -> None:
        """Two options that exclude each other, (name, msgid) each; None when neither is given."""
        pair = self._listed.add_mutually_exclusive_group()
        for (flag, about), value in ((yes, True), (no, False)):
            pair.add_argument(
                _flag(flag), dest=name, action="store_const", const=value, default=None, help=self._tongue.t(about)
            )

    def error(self, message: str) -> NoReturn:
        """Raise what argparse found as a sentence of ours."""
        for pattern, msgid in _SENTENCES:
            if match := re.fullmatch(pattern, message):
                raise Unclear(msgid, prog=self.prog, **match.groupdict())
        raise Unclear(N_("Not understood: {what}. See {prog} --help"), what=message, prog=self.prog)


class _Formatter(argparse.HelpFormatter):
    """Help as argparse lays it out, its own words in the reader's language."""

    def __init__(self, prog: str, tongue: Tongue) -> None:
        super().__init__(prog, max_help_position=30)
        self._tongue = tongue

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """The usage line with our word before it."""
        super().add_usage(usage, actions, groups, self._tongue.t("Usage: ") if prefix is None else prefix)


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


def listed(values: Iterable[str]) -> tuple[str, ...]:
    """Repeated options and comma lists as one row of texts; full-width commas and 、 divide too."""
    return tuple(part.strip() for value in values for part in re.split("[,，、]", value) if part.strip())
