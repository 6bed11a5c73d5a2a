"""Where a database may lie: not on a network, in a folder of its own rights (reliability 10)."""

from __future__ import annotations

import os
from pathlib import Path

from app.domain.errors import StoreTrouble, Trouble
from app.domain.message import N_, Message

NETWORK = frozenset(
    (
        *("9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "glusterfs", "gpfs", "lustre", "ncpfs"),
        *("nfs", "nfs4", "orangefs", "smb2", "smb3", "smbfs", "sshfs", "fuse.ceph", "fuse.davfs", "fuse.gcsfuse"),
        *("fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs"),
    )
)
"""File systems whose locks several machines do not see alike: a shared database is damaged there sooner or later."""

MOUNTS = Path("/proc/mounts")


def file_system(path: Path, mounts: str) -> str:
    """The type of the file system that holds ``path`` by a table like /proc/mounts; empty when not told.

    The root of a sandbox may be a 9p share of its host, which only it uses: that one is let pass.
    """
    target = os.path.realpath(path)
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = _unescaped(fields[1])
        inside = target == point or target.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, fields[2]
    return "" if best == "/" and kind == "9p" else kind


def _unescaped(field: str) -> str:
    for code, character in ((r"\040", " "), (r"\011", "\t"), (r"\012", "\n"), (r"\134", "\\")):
        field = field.replace(code, character)
    return field


def refuse_network(path: Path) -> None:
    """StoreTrouble when ``path`` lies on a network file system; where mounts are not told, nothing is said."""
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return
    kind = file_system(path, mounts)
    if kind in NETWORK:
        raise StoreTrouble(
            Message(
                "{path} lies on a network drive ({kind}), where a database is not safe. Choose a local folder.",
                {"path": str(path), "kind": kind},
            ),
            Trouble.NETWORK_FOLDER,
        )


def make_folder(folder: Path) -> None:
    """Make the folder and those above it, for this user alone; existing ones stay as they are."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)


def why_read_only(path: Path) -> str:
    """Why an existing database can be looked at but not written (a msgid), or empty."""
    if not os.access(path, os.W_OK):
        return N_("This user may only read the database.")
    if not os.access(path.parent, os.W_OK):
        return N_("This user may only read the folder of the database.")
    return ""


def sync_folder(folder: Path) -> None:
    """Make a new name in the folder survive a power cut, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
