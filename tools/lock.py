"""Writes requirements.txt and requirements-dev.txt anew from pyproject.toml: `python -m tools.lock [--upgrade]`.

Needs `uv` on the PATH. The pins serve every platform and Python from 3.11 on; they carry hashes and no address
of any index. The developers' pins are held to those of the program.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMPILE = [
    "uv",
    "pip",
    "compile",
    "--quiet",
    "--universal",
    "--generate-hashes",
    "--no-header",
    "--python-version",
    "3.11",
]


def main(arguments: list[str]) -> int:
    """Compile both files, the program's first; the arguments go to `uv pip compile`."""
    plain = [*COMPILE, "pyproject.toml", "-o", "requirements.txt", *arguments]
    developer = [*COMPILE, "--extra", "dev", "-c", "requirements.txt", "pyproject.toml", "-o", "requirements-dev.txt"]
    return max(
        subprocess.run(command, cwd=ROOT, check=False).returncode for command in (plain, [*developer, *arguments])
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
