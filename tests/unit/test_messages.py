"""The keeper of the Chinese catalogue: what is marked, what is wrong with it, what it compiles to."""

from __future__ import annotations

import gettext
import io
from pathlib import Path

import pytest

from tools import messages

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one marked text, translated and compiled."""
    write(tmp_path, 'words.t("Hello {name}")', 'msgid "Hello {name}"\nmsgstr "您好，{name}"\n')
    messages.main([], tmp_path)
    return tmp_path


def write(root: Path, code: str, stanzas: str, file: str = "desk.po") -> None:
    """Write the program and one .po file of the project."""
    folder = root / "app" / "locale" / "zh_CN" / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    (root / "app" / "desk.py").write_text(code, "utf-8")
    (folder / file).write_text(HEADER + stanzas, "utf-8")


def check(root: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Exit code and words of `--check`."""
    capsys.readouterr()
    return messages.main(["--check"], root), capsys.readouterr().out


def test_a_true_catalogue_passes(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All marked, translated and compiled: nothing to say."""
    assert check(project, capsys) == (0, "1 texts, 0 problems\n")


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('Message("There is no such case.", {})', ["There is no such case."]),
        ('Refused(message=Message(msgid="Which grid?"))', ["Which grid?"]),
        ('LABEL = N_("open" " cases")', ["open cases"]),
        ('words.t("late" if late else "on time")', ["late", "on time"]),
        ('words.tn("{n} case", "{n} cases", n)', [("{n} case", "{n} cases")]),
        ("words.t(label); other('text')", []),
    ],
)
def test_marks_are_found(code: str, found: list[messages.Msgid], tmp_path: Path) -> None:
    """The literal first arguments of the marking functions, and nothing else, are texts."""
    write(tmp_path, code, "")
    marked = messages.gather(tmp_path)
    assert list(marked.places) == found
    assert marked.problems == []


@pytest.mark.parametrize(
    ("code", "stanzas", "problem"),
    [
        ('t(f"case {n}")', "", "app/desk.py:1: an f-string cannot be translated"),
        ('t("Open")', "", 'app/desk.py:1: missing: "Open"'),
        ('t("Open")', 'msgid "Open"\nmsgstr ""\n', 'desk.po: untranslated: "Open"'),
        ('t("Open")', '#, fuzzy\nmsgid "Open"\nmsgstr "未结"\n', 'desk.po: untranslated: "Open"'),
        ("", 'msgid "Open"\nmsgstr "未结"\n', 'desk.po: obsolete: "Open"'),
        ('t("To {who}")', 'msgid "To {who}"\nmsgstr "致{whom}"\n', "placeholders ['whom'] instead of ['who']"),
        ('t("To {who}")', 'msgid "To {who}"\nmsgstr "致{who"\n', "braces do not pair"),
        ('t("Open")', 'msgid "Open"\nmsgstr "未结"\n\nmsgid "Open"\nmsgstr "打开"\n', "has an msgid twice"),
    ],
)
def test_each_fault_is_named(
    code: str, stanzas: str, problem: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fault of the catalogue fails the check with a line that says which text and where."""
    write(tmp_path, code, stanzas)
    messages.main([], tmp_path)
    code_, said = check(tmp_path, capsys)
    assert code_ == 1
    assert problem in said


def test_two_files_may_agree_but_not_differ(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same text in two files is fine while both translate it alike."""
    code = (project / "app" / "desk.py").read_text("utf-8")
    write(project, code, 'msgid "Hello {name}"\nmsgstr "您好，{name}"\n', "second.po")
    assert check(project, capsys)[0] == 0
    write(project, code, 'msgid "Hello {name}"\nmsgstr "喂，{name}"\n', "second.po")
    assert 'second.po: "Hello {name}" is translated differently in desk.po' in check(project, capsys)[1]


def test_a_stale_compiled_catalogue_fails(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A changed translation must be compiled before it is committed."""
    write(project, 't("Hello {name}")', 'msgid "Hello {name}"\nmsgstr "{name}，您好"\n')
    assert "wangge.mo is not what the .po files compile to" in check(project, capsys)[1]
    messages.main([], project)
    assert check(project, capsys)[0] == 0


def test_the_compiled_catalogue_is_what_gettext_reads(tmp_path: Path) -> None:
    """Texts and plurals come out as translated; fuzzy ones stay English."""
    stanzas = (
        'msgid "{n} case"\nmsgid_plural "{n} cases"\nmsgstr[0] "{n} 件"\n\n'
        'msgid "Open"\nmsgstr "未结"\n\n#, fuzzy\nmsgid "Late"\nmsgstr "晚"\n'
    )
    write(tmp_path, "", stanzas)
    compiled = messages.compile_catalogue(messages.read_catalogue(tmp_path / "app/locale/zh_CN/LC_MESSAGES"))
    catalogue = gettext.GNUTranslations(io.BytesIO(compiled))
    assert catalogue.ngettext("{n} case", "{n} cases", 1) == "{n} 件"
    assert catalogue.gettext("Open") == "未结"
    assert catalogue.gettext("Late") == "Late"


def test_missing_texts_are_given_as_stanzas(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--missing` prints what can be pasted into a .po file, quotes and places included."""
    write(tmp_path, 't("Say \\"now\\"")', "")
    messages.main(["--missing"], tmp_path)
    assert capsys.readouterr().out == '#: app/desk.py:1\nmsgid "Say \\"now\\""\nmsgstr ""\n\n'
