"""run.py and what prepares its environment: whole or not at all, once, and never a traceback for the user."""

from __future__ import annotations

import ast
import contextlib
import errno
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

import run
from tools import door, installer, sentences
from tools.environment import Environment, explain
from tools.sentences import Refusal

ROOT = Path(run.HERE)
SAY_WHERE = "import os, sys\nprint('ours', os.getcwd(), sys.argv[1:])\nsys.exit(7)\n"
SLOW_START = """
import signal, sys, time
from pathlib import Path
from tools import door
from tools.environment import Environment

def slow(python, requirements, log):
    (python.parents[1] / "half-made").touch()
    with (Path(sys.argv[1]) / "installs").open("a") as file:
        file.write("one\\n")
    time.sleep(float(sys.argv[2]))

signal.signal(signal.SIGTERM, door.stop)
Environment(Path(sys.argv[1])).prepare(slow)
"""


class CountingInstaller:
    """Stands in for pip: leaves one file for each install, or refuses."""

    def __init__(self, refusal: Refusal | None = None) -> None:
        self.installed: list[str] = []
        self.refusal = refusal

    def __call__(self, python: Path, requirements: Path, log: Path) -> None:
        if self.refusal:
            raise self.refusal
        self.installed.append(requirements.name)
        (python.parents[1] / f"made-from-{requirements.read_text('utf-8').strip()}").touch()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project as small as run.py allows, with a program that says where it was started."""
    root = tmp_path / "the project"
    (root / "app").mkdir(parents=True)
    (root / "app" / "__init__.py").touch()
    (root / "app" / "__main__.py").write_text(SAY_WHERE, "utf-8")
    (root / "requirements.txt").write_text("first\n", "utf-8")
    (root / "requirements-dev.txt").write_text("first-dev\n", "utf-8")
    shutil.copy(ROOT / "run.py", root)
    shutil.copytree(ROOT / "tools", root / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    return root


def leftovers(root: Path) -> list[str]:
    """What preparing left beside .venv that is no lock and no log."""
    return sorted(path.name for path in root.glob(".venv-*") if path.name not in (".venv-lock", ".venv-install.log"))


def slow_start(root: Path, seconds: float) -> subprocess.Popen[bytes]:
    """Another process that prepares the project's environment and takes its time installing."""
    words = [sys.executable, "-c", SLOW_START, str(root), str(seconds)]
    return subprocess.Popen(words, cwd=ROOT, stderr=subprocess.DEVNULL)


def wait_for(happened: Callable[[], object]) -> None:
    """Wait until it happened; fails the test after ten seconds."""
    until = time.monotonic() + 10
    while not happened():
        assert time.monotonic() < until, "waited ten seconds in vain"
        time.sleep(0.01)


def test_old_interpreters_can_read_the_file() -> None:
    """run.py parses as Python 3.5, so that an old interpreter reaches the sentence about itself."""
    ast.parse((ROOT / "run.py").read_text("utf-8"), feature_version=(3, 5))


def test_old_interpreters_are_told_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python before 3.11 is refused with one sentence in Chinese and one in English."""
    monkeypatch.setattr(run, "sys", SimpleNamespace(version_info=(3, 9, 2), exit=sys.exit))
    with pytest.raises(SystemExit) as ended:
        run.main()
    assert "需要 Python 3.11 或更高版本，这里是 3.9" in str(ended.value)
    assert "needs Python 3.11 or newer; this is 3.9" in str(ended.value)


def test_a_start_imports_next_to_nothing() -> None:
    """At its top run.py imports os and sys alone, for every start pays for it."""
    top = ast.parse((ROOT / "run.py").read_text("utf-8")).body
    assert [name.name for node in top if isinstance(node, ast.Import) for name in node.names] == ["os", "sys"]
    assert not [node for node in top if isinstance(node, ast.ImportFrom)]


def test_a_prepared_start_needs_nothing_but_run_py(project: Path, tmp_path: Path) -> None:
    """The second start keeps the user's folder, passes the arguments and the exit code on, and runs our app."""
    Environment(project).prepare(CountingInstaller())
    shutil.rmtree(project / "tools")
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "app").mkdir(parents=True)
    (elsewhere / "app" / "__init__.py").touch()
    (elsewhere / "app" / "__main__.py").write_text("print('theirs')", "utf-8")
    words = [sys.executable, project / "run.py", "--db", "双河.db"]
    done = subprocess.run(words, cwd=elsewhere, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stdout == f"ours {elsewhere} ['--db', '双河.db']\n"
    assert (done.returncode, done.stderr) == (7, "")


def test_preparing_happens_once(project: Path) -> None:
    """What is ready is left alone."""
    pip = CountingInstaller()
    Environment(project).prepare(pip)
    Environment(project).prepare(pip)
    assert pip.installed == ["requirements.txt"]


def test_changed_requirements_make_a_new_environment(project: Path) -> None:
    """Other requirements are never mixed with what was installed before."""
    environment = Environment(project)
    environment.prepare(CountingInstaller())
    (project / "requirements.txt").write_text("second\n", "utf-8")
    assert not environment.is_ready("requirements.txt")
    environment.prepare(CountingInstaller())
    assert environment.is_ready("requirements.txt")
    assert [path.name for path in environment.venv.glob("made-*")] == ["made-from-second"]
    assert leftovers(project) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows copies the interpreter")
def test_an_environment_of_another_interpreter_is_not_ready(project: Path) -> None:
    """When .venv's Python leads elsewhere than it did, the packages may not fit, so it is made anew."""
    environment = Environment(project)
    environment.prepare(CountingInstaller())
    environment.python.unlink()
    environment.python.symlink_to(shutil.which("true") or "/bin/true")
    assert not environment.is_ready("requirements.txt")


def test_a_failed_install_leaves_nothing(project: Path) -> None:
    """After a refusal there is no .venv and nothing half-made beside it."""
    with pytest.raises(Refusal):
        Environment(project).prepare(CountingInstaller(Refusal(sentences.NO_NETWORK)))
    assert not (project / ".venv").exists()
    assert leftovers(project) == []


def test_a_failed_renewal_keeps_the_old_environment(project: Path) -> None:
    """Without a network, going back to the old requirements is enough to start again."""
    environment = Environment(project)
    environment.prepare(CountingInstaller())
    (project / "requirements.txt").write_text("second\n", "utf-8")
    with pytest.raises(Refusal):
        environment.prepare(CountingInstaller(Refusal(sentences.NO_NETWORK)))
    (project / "requirements.txt").write_text("first\n", "utf-8")
    assert environment.is_ready("requirements.txt")


def test_a_killed_install_leaves_nothing_usable_and_no_lock(project: Path) -> None:
    """After kill -9 there is no .venv, and the next start waits for nobody and clears up."""
    first = slow_start(project, 60)
    wait_for(lambda: list(project.glob(".venv-new-*/half-made")))
    first.kill()
    first.wait()
    assert not (project / ".venv").exists()
    Environment(project).prepare(CountingInstaller())
    assert Environment(project).is_ready("requirements.txt")
    assert leftovers(project) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to catch")
def test_a_terminated_install_clears_up_by_itself(project: Path) -> None:
    """SIGTERM while preparing ends orderly, with nothing half-made kept."""
    first = slow_start(project, 60)
    wait_for(lambda: list(project.glob(".venv-new-*/half-made")))
    first.send_signal(signal.SIGTERM)
    assert first.wait(60) == 128 + signal.SIGTERM  # thousands of files go, on whatever disk there is
    assert not (project / ".venv").exists()
    assert leftovers(project) == []


def test_two_starts_at_once_install_once(project: Path) -> None:
    """The second of two starts waits for the first and uses what it made."""
    starts = [slow_start(project, 0.5), slow_start(project, 0.5)]
    assert [start.wait(20) for start in starts] == [0, 0]
    assert (project / "installs").read_text("utf-8") == "one\n"


def test_an_environment_of_the_user_is_kept(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A .venv that run.py did not make is moved aside, with a sentence, and not deleted."""
    (project / ".venv").mkdir()
    (project / ".venv" / "notes").write_text("mine", "utf-8")
    Environment(project).prepare(CountingInstaller())
    (kept,) = project.glob(".venv-kept-*")
    assert (kept / ".venv" / "notes").read_text("utf-8") == "mine"
    assert kept.name in capsys.readouterr().err


def test_the_developers_tools_join_the_environment(project: Path) -> None:
    """Installing them leaves the plain start ready; in an empty project one install serves both."""
    environment = Environment(project)
    pip = CountingInstaller()
    environment.prepare(pip)
    environment.prepare(pip, developer=True)
    assert environment.is_ready("requirements.txt")
    assert environment.is_ready("requirements-dev.txt")
    shutil.rmtree(environment.venv)
    environment.prepare(pip, developer=True)
    assert environment.is_ready("requirements.txt")
    assert pip.installed == ["requirements.txt", "requirements-dev.txt", "requirements-dev.txt"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps programs, not scripts, in the environment")
def test_scripts_carry_the_final_name(project: Path) -> None:
    """A script installed under the working name starts after the rename."""

    def install(python: Path, requirements: Path, log: Path) -> None:
        (python.parent / "hello").write_text(f"#!{python}\n", "utf-8")

    Environment(project).prepare(install)
    assert (project / ".venv/bin/hello").read_text("utf-8") == f"#!{project / '.venv/bin/python'}\n"


@pytest.mark.slow
def test_wheels_from_a_folder_are_enough(project: Path, tmp_path: Path) -> None:
    """With --wheels a first start installs by the real pip, checks the hash and opens the program, offline."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    wheel = wheels / "bell-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        file.writestr("bell.py", "SOUND = '当'\n")
        file.writestr("bell-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: bell\nVersion: 1.0\n")
        file.writestr("bell-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        file.writestr("bell-1.0.dist-info/RECORD", "")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (project / "requirements.txt").write_text(f"bell==1.0 --hash=sha256:{digest}\n", "utf-8")
    (project / "app" / "__main__.py").write_text("import bell, sys\nprint(bell.SOUND, sys.argv[1:])\n", "utf-8")
    words = [sys.executable, project / "run.py", "--wheels", wheels, "status"]
    environ = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(
        words, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", env=environ, check=False
    )
    assert (done.returncode, done.stdout) == (0, "当 ['status']\n"), done.stderr
    assert "首次启动" in done.stderr
    assert "First start" in done.stderr


def test_a_refusal_is_sentences_and_no_traceback(project: Path, tmp_path: Path) -> None:
    """A start that cannot be prepared says why in both languages and exits with 1."""
    words = [sys.executable, project / "run.py", "--wheels", tmp_path / "nowhere"]
    environ = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", env=environ, check=False)
    assert done.returncode == 1
    assert "没有这个软件包文件夹" in done.stderr
    assert "There is no such folder of wheels" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            "Retrying after connection broken by 'NewConnectionError(...)'\nNo matching distribution",
            sentences.NO_NETWORK,
        ),
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            sentences.DISK_FULL,
        ),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", sentences.WRONG_HASH),
        ("ERROR: No matching distribution found for textual==8.2.8", sentences.NOT_FOUND),
        ("ERROR: something nobody has seen before", sentences.FAILED),
    ],
)
def test_what_pip_says_becomes_a_sentence(words: str, sentence: sentences.Sentence) -> None:
    """Each trouble that pip can have is told apart by its own words."""
    assert installer.explain(words, None) == sentence


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EACCES, "cannot be written"), (errno.EROFS, "cannot be written")],
)
def test_a_refusing_file_system_becomes_a_sentence(number: int, words: str) -> None:
    """A full disk and a folder of somebody else are told apart."""
    assert words in explain(OSError(number, os.strerror(number)), Path("/srv/wangge")).en


def test_a_file_system_that_refuses_midway_is_no_traceback(project: Path) -> None:
    """An OSError while preparing reaches the door as a refusal with its sentence, and nothing is kept."""

    def fill_the_disk(python: Path, requirements: Path, log: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(Refusal) as refused:
        Environment(project).prepare(fill_the_disk)
    assert refused.value.sentence == sentences.DISK_FULL
    assert leftovers(project) == []


def test_a_python_without_ensurepip_uses_its_own_pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Debian without python3-venv: the running Python's pip is made to work for the environment."""
    home = tmp_path / "pip"
    home.mkdir()
    specs = {"pip": SimpleNamespace(origin=str(home / "__init__.py"))}
    monkeypatch.setattr(installer.importlib.util, "find_spec", specs.get)
    monkeypatch.setattr(installer, "run_logged", lambda command, log: (1, ""))
    python = tmp_path / "python"
    assert installer.find_pip(python, tmp_path / "log") == [str(python), str(home)]
    specs.clear()
    with pytest.raises(Refusal) as refused:
        installer.find_pip(python, tmp_path / "log")
    assert "python3-venv" in refused.value.sentence.zh
    assert "python3-venv" in refused.value.sentence.en


def test_only_the_optional_package_is_left_out() -> None:
    """Where no wheel of it fits, its lines and hashes go, and every other requirement stays."""
    text = (ROOT / "requirements.txt").read_text("utf-8")
    lean = installer.without(installer.OPTIONAL, text)
    assert pins(text).keys() - pins(lean).keys() == {installer.OPTIONAL}
    assert text.count("--hash") - lean.count("--hash") == text.partition("pysqlite3==")[2].partition("\n    #")[
        0
    ].count("--hash")


def test_wheels_can_be_named_in_two_ways_and_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the words or in WANGGE_WHEELS, as an absolute path; after a verb the words belong to the verb."""
    assert door.split_wheels(["--wheels", str(tmp_path), "status"]) == (tmp_path, ["status"])
    assert door.split_wheels([f"--wheels={tmp_path}"]) == (tmp_path, [])
    assert door.split_wheels(["status", "--wheels", "x"]) == (None, ["status", "--wheels", "x"])
    monkeypatch.setenv("WANGGE_WHEELS", str(tmp_path))
    assert door.split_wheels(["status"]) == (tmp_path, ["status"])
    with pytest.raises(Refusal):
        door.split_wheels(["--wheels"])


def test_all_takes_in_the_slow_tests_one_at_a_time() -> None:
    """`--all` lifts the choice of marks and runs on one worker; other words reach pytest as they are."""
    assert door.test_arguments(["--all", "-k", "clock"]) == ["-m", "", "-k", "clock"]
    assert door.test_arguments(["tests/unit", "-x"]) == ["tests/unit", "-x"]
    assert "-n" in door.test_arguments([])


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout in which everything is committed and nothing needs preparing."""
    monkeypatch.setattr(door.Environment, "prepare", lambda *_args, **_kwargs: None)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".gitignore").write_text("/.venv/\n")
    (tmp_path / ".venv").mkdir()
    author = ["-c", "user.name=A", "-c", "user.email=a@example.invalid"]
    for words in (["init", "-q"], ["add", "."], [*author, "commit", "-q", "-m", "All of it"]):
        subprocess.run(["git", "-C", str(tmp_path), *words], check=True)
    return tmp_path


def test_the_whole_of_all_is_the_quick_suite_and_then_the_slow_tests(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The quick ones keep their two workers; when they fail, nothing slow is started and the status is theirs."""
    ran: list[list[str]] = []
    statuses = [3, 0]
    monkeypatch.setattr(door.subprocess, "call", lambda command: ran.append(command) or statuses.pop(0))
    with pytest.raises(SystemExit) as ended:
        door.answer(str(copy), ["test", "--all"])
    assert ended.value.code == 3
    assert door.answer(str(copy), ["test", "--all"])[1:] == ["-m", "pytest", *door.SLOW]
    assert door.SLOW[:2] == ["-m", "slow"]
    assert [command[1:] for command in ran] == [["-m", "pytest", *door.test_arguments([])]] * 2


def test_what_just_passed_on_the_same_files_is_not_run_again(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Straight after a passed `test` it is said and left out; with any file changed, or after a failure, it runs."""
    ran: list[list[str]] = []
    statuses = [0, 0, 1, 0]
    monkeypatch.setattr(door.subprocess, "call", lambda command: ran.append(command) or statuses.pop(0))

    def runs(*words: str) -> int:
        before = len(ran)
        with contextlib.suppress(SystemExit):
            door.answer(str(copy), ["test", *words])
        return len(ran) - before

    assert [runs(), runs("--all"), runs("--all")] == [1, 0, 0]
    assert "it is not run again" in capsys.readouterr().err
    (copy / "changed.py").write_text("")
    assert [runs("--all"), runs()] == [1, 1]
    (copy / "changed.py").unlink()
    assert runs("--all") == 1, "the last run failed: nothing is known to have passed"


def test_check_runs_everything_and_names_what_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One failure does not hide the next; its words are shown and the exit code says so."""
    failing = ("-c", "print('a crooked line'); raise SystemExit(3)")
    monkeypatch.setattr(door, "CHECKS", (("first", failing), ("second", ("-c", "pass")), ("third", failing)))
    assert door.check(sys.executable) == 1
    said = capsys.readouterr().out
    assert said.count("a crooked line") == 2
    assert "1 of 3 checks passed; failed: first, third" in said
    monkeypatch.setattr(door, "CHECKS", (("second", ("-c", "pass")),))
    assert door.check(sys.executable) == 0


def test_the_pins_agree_and_name_no_index() -> None:
    """The developers' file pins all that the plain one pins, alike, and neither holds an address."""
    plain, developer = ((ROOT / name).read_text("utf-8") for name in ("requirements.txt", "requirements-dev.txt"))
    assert pins(plain).items() <= pins(developer).items()
    assert "://" not in plain + developer
    assert "--index-url" not in plain + developer


def pins(requirements: str) -> dict[str, str]:
    """Package → pinned version of a requirements text."""
    return dict(re.findall(r"(?m)^([\w.-]+)==(\S+)", requirements))


def test_a_command_is_named_as_it_was_typed() -> None:
    """The way to this file as the person wrote it; one with blanks is quoted."""
    python = "python" if os.name == "nt" else "python3"
    assert run.as_typed("run.py") == f"{python} run.py"
    assert run.as_typed("my desk/run.py") == f'{python} "my desk/run.py"'
