# -*- coding: utf-8 -*-
"""The one door: `python3 run.py` opens wangge; `python3 run.py test|check|bench` is for its developers.

    python3 run.py [ARGS]                open the desk, or run a `wangge` verb; the first start makes .venv
    python3 run.py test [--all] [ARGS]   the tests (ARGS go to pytest); --all: the slow ones too
    python3 run.py check                 style, types, layers, migrations, translations
    python3 run.py bench [--quick] [..]  the figures against their promises
    python3 run.py --wheels DIR [...]    make .venv from a folder of wheels, without a network

Every start comes through here, so this file imports next to nothing, and old interpreters can read it as
far as its sentence about them. What happens only once lies in tools/.
"""

import os
import sys

NEEDED = (3, 11)
TOO_OLD = """\
网格指挥台需要 Python %d.%d 或更高版本，这里是 %d.%d。请安装新版 Python 后，用它重新运行 run.py。
wangge needs Python %d.%d or newer; this is %d.%d. Install a newer Python and run run.py with it."""
CANNOT_START = """\
无法启动 %s：%s。请删除 .venv 文件夹后重新运行。
Cannot start %s: %s. Delete the folder .venv and run again."""
HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HERE, ".venv")
INTERPRETER = os.path.join("Scripts", "python.exe") if os.name == "nt" else os.path.join("bin", "python")


def stamp_of(venv, requirements):
    # type: (str, str) -> bytes
    """The bytes that a finished environment keeps: what it was made from.

    The Python that was asked for, the file its own Python leads to, then the requirements to the letter:
    equal bytes need no digest, and a digest's library would cost every start more than the comparison.
    """
    leads_to = "" if os.name == "nt" else os.path.realpath(os.path.join(venv, INTERPRETER))
    with open(requirements, "rb") as file:
        return os.fsencode("%d.%d\n%s\n" % (sys.version_info[0], sys.version_info[1], leads_to)) + file.read()


def stamp_file(venv, requirements):
    # type: (str, str) -> str
    """Where an environment keeps the stamp of a requirements file."""
    return os.path.join(venv, os.path.basename(requirements) + ".installed")


def is_ready(venv, requirements):
    # type: (str, str) -> bool
    """Whether the environment was finished from exactly these requirements, and its Python is there."""
    try:
        with open(stamp_file(venv, requirements), "rb") as file:
            return file.read() == stamp_of(venv, requirements) and os.access(os.path.join(venv, INTERPRETER), os.X_OK)
    except OSError:
        return False


def as_typed(script):
    # type: (str) -> str
    """How this file was started, as one types it again: ``python3 run.py``."""
    return "%s %s" % ("python" if os.name == "nt" else "python3", '"%s"' % script if " " in script else script)


def become(command):
    # type: (list[str]) -> None
    """Replace this process by the command; where that cannot be, wait for it and pass on its exit code."""
    try:
        if os.name != "nt":
            os.execv(command[0], command)
        import subprocess

        sys.exit(subprocess.call(command))
    except OSError as trouble:
        sys.exit(CANNOT_START % (command[0], trouble.strerror, command[0], trouble.strerror))
    except KeyboardInterrupt:
        sys.exit(130)


def main():
    # type: () -> None
    """Start at once when all is prepared; everything else is the business of tools/door.py."""
    if sys.version_info < NEEDED:
        sys.exit(TOO_OLD % (2 * (NEEDED + tuple(sys.version_info[:2]))))
    words = sys.argv[1:]
    first = words[0] if words else ""
    for_users = first not in ("test", "check", "bench")
    simple = for_users and not first.startswith("--wheels")
    if for_users:
        os.environ["WANGGE_CALLED"] = as_typed(sys.argv[0])  # the sentences that name a command say this one
    if simple and is_ready(VENV, os.path.join(HERE, "requirements.txt")):
        # -P keeps a folder named `app` where the user happens to stand from being taken for ours.
        become([os.path.join(VENV, INTERPRETER), "-P", "-m", "app"] + words)
    sys.path.insert(0, HERE)
    from tools.door import answer

    become(answer(HERE, words))


if __name__ == "__main__":
    main()
