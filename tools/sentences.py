"""What run.py says, in Chinese and English; one place, so that every trouble has its sentence."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing to say, in both languages, since nobody has chosen one yet when run.py speaks."""

    zh: str
    en: str


class Refusal(Exception):
    """Preparing cannot go on; carries the sentence for the person and the last lines of the log, if any."""

    def __init__(self, sentence: Sentence, last_lines: tuple[str, ...] = ()) -> None:
        super().__init__(sentence.en)
        self.sentence = sentence
        self.last_lines = last_lines


def say(sentence: Sentence) -> None:
    """Print to standard error, so that standard output stays the program's; no Chinese where it fails."""
    try:
        sentence.zh.encode(sys.stderr.encoding or "ascii")
        print(sentence.zh, file=sys.stderr)
    except UnicodeEncodeError:
        pass
    print(sentence.en, file=sys.stderr, flush=True)


PREPARING = Sentence(
    "首次启动，正在准备运行环境，约需一两分钟，请稍候……",
    "First start: preparing the environment. This takes a minute or two …",
)
PREPARING_TOOLS = Sentence(
    "正在准备测试与检查工具，约需一两分钟，请稍候……",
    "Preparing the tools for tests and checks. This takes a minute or two …",
)
WAITING = Sentence(
    "另一个窗口正在准备运行环境，等它完成……",
    "Another window is preparing the environment; waiting for it …",
)
QUICK_PASSED = Sentence(
    "快速测试刚在完全相同的文件上通过，不再重跑；下面是耗时的测试。",
    "The quick suite passed on exactly these files; it is not run again. What follows are the long tests.",
)
STOPPED = Sentence(
    "已停止准备运行环境，没有留下半成品；下次运行会重新开始。",
    "Preparing was stopped and nothing half-made was kept; the next start begins anew.",
)
NO_VENV = Sentence(
    "这里的 Python 缺少 venv 模块。Debian、Ubuntu 请先运行：sudo apt install python3-venv",
    "This Python has no venv module. On Debian or Ubuntu run: sudo apt install python3-venv",
)
NO_PIP = Sentence(
    "这里的 Python 既没有 ensurepip 也没有 pip。Debian、Ubuntu 请先运行：sudo apt install python3-venv",
    "This Python has neither ensurepip nor pip. On Debian or Ubuntu run: sudo apt install python3-venv",
)
DISK_FULL = Sentence(
    "磁盘空间不足（本文件夹或临时文件夹），请腾出约 500 MB 后重新运行。",
    "The disk is full (this folder's or the temporary folder's). Free about 500 MB and run again.",
)
NO_NETWORK = Sentence(
    "下载依赖失败：连不上软件源。请检查网络后重新运行；没有网络时，可在能上网的同类机器上运行\n"
    "  python3 -m pip download -r requirements.txt -d wheels\n"
    "把 wheels 文件夹拷贝过来，再运行\n"
    "  python3 run.py --wheels wheels",
    "Downloading failed: the package index cannot be reached. Check the network and run again.\n"
    "Without one, run\n"
    "  python3 -m pip download -r requirements.txt -d wheels\n"
    "on a machine of the same kind that has a network, copy the folder wheels here, and run\n"
    "  python3 run.py --wheels wheels",
)
WRONG_HASH = Sentence(
    "下载到的软件包与登记的校验值不符，没有安装。请换一个网络或软件源后重新运行。",
    "A downloaded package does not have the recorded hash and was not installed. Try another network or package index.",
)
NOT_FOUND = Sentence(
    "找不到适用于这个 Python 或这台机器的软件包。请改用 Python 3.11 至 3.14，或检查软件源是否完整。",
    "A package for this Python or this kind of machine was not found. "
    "Use Python 3.11 to 3.14, or check that the package index is complete.",
)
FAILED = Sentence(
    "安装依赖失败。",
    "Installing the dependencies failed.",
)


def not_writable(folder: Path) -> Sentence:
    """The folder of the project cannot be written by this user."""
    return Sentence(
        f"没有权限写入文件夹 {folder}，无法准备运行环境。"
        "请换用有写权限的用户，或把整个文件夹复制到自己的目录下再运行。",
        f"The folder {folder} cannot be written, so the environment cannot be prepared. "
        "Run as a user who may, or copy the whole folder to one of your own.",
    )


def missing_wheels(folder: Path) -> Sentence:
    """A folder of wheels was named that is not there."""
    return Sentence(f"没有这个软件包文件夹：{folder}", f"There is no such folder of wheels: {folder}")


def incomplete_wheels(folder: Path) -> Sentence:
    """A folder of wheels lacks something that is needed."""
    return Sentence(
        f"软件包文件夹 {folder} 里的软件包不全，或不适用于这个 Python。\n"
        "请在同类机器上用同版本 Python 重新下载：\n"
        "  python3 -m pip download -r requirements.txt -d wheels",
        f"The folder of wheels {folder} is incomplete or not made for this Python. "
        "Download it again with the same Python on a machine of the same kind:\n"
        "  python3 -m pip download -r requirements.txt -d wheels",
    )


def unreadable(path: str, reason: str) -> Sentence:
    """A file or folder failed in a way that has no sentence of its own."""
    return Sentence(f"无法使用 {path}：{reason}", f"Cannot use {path}: {reason}")


def kept_aside(folder: Path) -> Sentence:
    """A .venv that run.py had not made was moved away, not deleted."""
    return Sentence(
        f"原有的 .venv 不是 run.py 建立的，已改名保留为 {folder.name}。",
        f"The .venv found here was not made by run.py; it was kept as {folder.name}.",
    )


def see_log(log: Path) -> Sentence:
    """Where the whole of the installer's words can be read."""
    return Sentence(f"详细记录：{log}", f"The whole log: {log}")
