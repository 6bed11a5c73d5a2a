"""Makes .venv beside run.py: wholly or not at all, by one process at a time."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import run
from tools import sentences
from tools.installer import Installer
from tools.sentences import Refusal, say

BUSY = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


@dataclass(frozen=True, slots=True)
class Environment:
    """The environment of one copy of the project; everything it needs lies in the project's folder."""

    root: Path

    @property
    def venv(self) -> Path:
        """The finished environment; nothing unfinished ever bears this name."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """The interpreter that runs the program."""
        return self.venv / run.INTERPRETER

    @property
    def log(self) -> Path:
        """What the installer said, for its owner's eyes only."""
        return self.root / ".venv-install.log"

    def is_ready(self, requirements: str) -> bool:
        """Whether .venv holds what that requirements file of the project asks for."""
        return run.is_ready(str(self.venv), str(self.root / requirements))

    def prepare(self, installer: Installer, *, developer: bool = False) -> None:
        """Make .venv, or add the developers' tools to it; does nothing when it is ready. Raises Refusal."""
        wanted = "requirements-dev.txt" if developer else "requirements.txt"
        if self._is_settled(wanted):
            return
        try:
            with locked(self.root / ".venv-lock"):
                if self._is_settled(wanted):
                    return
                say(sentences.PREPARING_TOOLS if developer else sentences.PREPARING)
                self._remove_leftovers()
                if developer and self.is_ready("requirements.txt"):
                    self._fill(self.venv, installer, [wanted])
                else:
                    self._build(installer, ["requirements.txt", wanted] if developer else [wanted])
        except OSError as trouble:
            raise Refusal(explain(trouble, self.root)) from trouble

    def _is_settled(self, wanted: str) -> bool:
        return self.is_ready("requirements.txt") and self.is_ready(wanted)

    def _remove_leftovers(self) -> None:
        """Take away what a killed start left; a child of it that still runs writes there, never into ours."""
        self.log.unlink(missing_ok=True)
        for pattern in (".venv-new-*", ".venv-old-*"):
            for folder in self.root.glob(pattern):
                shutil.rmtree(folder, ignore_errors=True)

    def _build(self, installer: Installer, requirements: list[str]) -> None:
        """Make the environment under another name and give it its own when it is finished."""
        try:
            import venv
        except ImportError as missing:
            raise Refusal(sentences.NO_VENV) from missing
        new = Path(tempfile.mkdtemp(prefix=".venv-new-", dir=self.root))
        try:
            venv.EnvBuilder(symlinks=os.name != "nt", with_pip=False, prompt="wangge").create(new)
            new.chmod(0o755)
            self._fill(new, installer, requirements)
            rename_inside(new, self.venv)
            self._put_in_place(new)
        finally:
            shutil.rmtree(new, ignore_errors=True)

    def _fill(self, venv: Path, installer: Installer, requirements: list[str]) -> None:
        """Install the last (and widest) of the requirements files, then write the stamps of all of them."""
        installer(venv / run.INTERPRETER, self.root / requirements[-1], self.log)
        packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(venv), "platbase": str(venv)}))
        # Relative, so that the folder of the project may be moved.
        (packages / "wangge.pth").write_text(os.path.relpath(self.root, packages) + "\n", "utf-8")
        compile_all(venv, packages, self.venv)
        for name in requirements:
            stamp = Path(run.stamp_file(str(venv), name))
            write_whole(stamp, run.stamp_of(str(venv), str(self.root / name)))

    def _put_in_place(self, new: Path) -> None:
        if self.venv.exists() or self.venv.is_symlink():
            ours = Path(run.stamp_file(str(self.venv), "requirements.txt")).exists()
            aside = Path(tempfile.mkdtemp(prefix=".venv-old-" if ours else ".venv-kept-", dir=self.root))
            self.venv.rename(aside / ".venv")
            new.rename(self.venv)
            if ours:
                shutil.rmtree(aside, ignore_errors=True)
            else:
                say(sentences.kept_aside(aside))
        else:
            new.rename(self.venv)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the file's lock; waits, and says so, while another holds it. The system frees a dead process's."""
    with path.open("a+b") as file:
        if not take(file.fileno()):
            say(sentences.WAITING)
            while not take(file.fileno()):
                time.sleep(0.2)
        yield


def take(handle: int) -> bool:
    """Take the lock of an open file for this process if nobody holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, 0, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as trouble:
        if trouble.errno in BUSY:
            return False
        raise
    return True


def rename_inside(venv: Path, name: Path) -> None:
    """Write the final name into the scripts that carry the folder's, so that they start after the rename."""
    old, new = os.fsencode(venv), os.fsencode(name)
    scripts = [path for path in (venv / run.INTERPRETER).parent.iterdir() if path.is_file() and not path.is_symlink()]
    for path in [*scripts, venv / "pyvenv.cfg"]:
        if path.suffix != ".exe" and old in (text := path.read_bytes()):
            path.write_bytes(text.replace(old, new))


def compile_all(venv: Path, packages: Path, name: Path) -> None:
    """Compile the packages for their final place; a file that cannot be compiled is nobody's loss."""
    subprocess.run(
        [venv / run.INTERPRETER, "-m", "compileall", "-qq", "-j", "0", "-s", venv, "-p", name, packages],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
    )  # fmt: skip


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is there wholly or not at all, a power cut included."""
    unfinished = path.with_name(path.name + ".part")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def explain(trouble: OSError, root: Path) -> sentences.Sentence:
    """The sentence for a file system that refused."""
    if trouble.errno in (errno.ENOSPC, errno.EDQUOT):
        return sentences.DISK_FULL
    if trouble.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return sentences.not_writable(root)
    return sentences.unreadable(str(trouble.filename or root), trouble.strerror or str(trouble))
