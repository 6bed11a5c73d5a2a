"""The file of channels: who may read it, what is wrong with it, and what is left when writing it is cut off."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.channels.masking import SecretUrl
from app.channels.secrets import ChannelFile
from app.domain.errors import BadInput, NotFound, Refused
from app.render.words import words_for
from app.settings import load_settings

HOOK = "jsons://user:passw0rd@hook.example.cn/path?+X-Key=abcdef"
BARK = "barks://api.day.app/DeviceKey1234/"
KEYS = ("passw0rd", "abcdef", "DeviceKey1234")


@contextmanager
def umask(mask: int) -> Iterator[None]:
    """With this umask."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def laid(folder: Path, text: str | bytes, mode: int = 0o600) -> ChannelFile:
    """A file as a person wrote it."""
    path = folder / "channels.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    path.chmod(mode)
    return ChannelFile(path)


def test_it_lies_beside_the_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under WANGGE_HOME too."""
    monkeypatch.setenv("WANGGE_HOME", str(tmp_path))
    assert load_settings().channels == tmp_path / "config" / "channels.toml"


def test_no_file_is_no_channels(tmp_path: Path) -> None:
    """Neither is an empty one, nor one of comments."""
    assert ChannelFile(tmp_path / "none" / "channels.toml").read() == {}
    assert laid(tmp_path, "\ufeff# nothing yet\r\n").read() == {}


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o277])
def test_what_is_put_is_read_again_and_is_ours_alone(tmp_path: Path, mask: int) -> None:
    """Whatever the umask says; the folder is private too, and nothing else is left in it."""
    path = tmp_path / "config" / "channels.toml"
    path.parent.mkdir(mode=0o700)
    with umask(mask):
        ChannelFile(path).put("夜班-群_1", HOOK)
        ChannelFile(path).put("bark", SecretUrl(BARK))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["channels.toml"]
    assert ChannelFile(path).read() == {"夜班-群_1": SecretUrl(HOOK), "bark": SecretUrl(BARK)}


def test_a_new_folder_is_private(tmp_path: Path) -> None:
    """0700 from the beginning."""
    path = tmp_path / "config" / "channels.toml"
    ChannelFile(path).put("a", BARK)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o601])
def test_a_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    """For reading and for writing, with the command that helps; nothing is changed."""
    file = laid(tmp_path, f'[channel.a]\nurl = "{HOOK}"\n', mode)
    for attempt in (file.read, lambda: file.put("b", BARK), lambda: file.remove("a")):
        with pytest.raises(BadInput) as caught:
            attempt()
        said = words_for("en").say(caught.value.message)
        assert f"chmod 600 {tmp_path / 'channels.toml'}" in said
    assert stat.S_IMODE((tmp_path / "channels.toml").stat().st_mode) == mode


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("[channel.a\n", "line 1"),
        ('[channel.a]\nurl = "passw0rd\n', "line 2"),
        ('\n[channel.值班群]\nurl = "jsons://passw0rd@h/"\n', "line 2"),
        ('[channels.a]\nurl = "json://h/"\n', "channels"),
        ('url = "json://passw0rd@h/"\n', "url"),
        ('channel = "passw0rd"\n', "channel"),
        ('[channel]\na = "json://passw0rd@h/"\n', "channel.a"),
        ('[channel.a]\nurl = "json://h/"\ntoken = "passw0rd"\n', "channel.a.token"),
        ("[channel.a]\n", "channel.a.url"),
        ("[channel.a]\nurl = 3\n", "channel.a.url"),
        ('[channel.a]\nurl = ""\n', "channel.a.url"),
        ('[channel.a]\nurl = "nosuch://passw0rd"\n', "channel.a.url"),
        ('[channel.a]\nurl = "passw0rd"\n', "channel.a.url"),
        ('[channel.a]\nurl = "bark://10.0.0.1/"\n', "channel.a.url"),
        ('[channel.a]\nurl = "ntfy://ntfy.sh"\n', "channel.a.url"),
        ('[channel.a]\nurl = "dingtalk://passw0rd!!"\n', "channel.a.url"),
        (f'[channel.{"a" * 41}]\nurl = "json://h/"\n', "name"),
        ('[channel."a b"]\nurl = "json://h/"\n', "name"),
        ('[channel.""]\nurl = "json://h/"\n', "name"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, field: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Line or field, in both languages; no key is in the sentence, in the error or on the terminal."""
    file = laid(tmp_path, text)
    with pytest.raises(BadInput) as caught:
        file.read()
    assert caught.value.field == field
    for language in ("en", "zh"):
        assert "passw0rd" not in words_for(language).say(caught.value.message)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    out, err = capfd.readouterr()
    assert out + err == ""


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"\x00", b"#" * 1_000_001, b"[" * 100_000])
def test_what_is_no_such_file_is_refused(tmp_path: Path, raw: bytes) -> None:
    """Neither text nor of this size."""
    with pytest.raises(BadInput):
        laid(tmp_path, raw).read()


def test_a_folder_or_a_pipe_in_its_place_is_refused(tmp_path: Path) -> None:
    """At once: a pipe may never end."""
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe", 0o600)
    for name in ("folder", "pipe"):
        with pytest.raises(BadInput, match="cannot be read"):
            ChannelFile(tmp_path / name).read()


@pytest.mark.parametrize("name", ["", "a b", "a.b", "x" * 41, "é", "a\n", "名“", "../x"])
def test_a_name_that_cannot_be_one_changes_nothing(tmp_path: Path, name: str) -> None:
    """Letters, digits, hyphen, underscore and Chinese characters."""
    file = laid(tmp_path, "# mine\n")
    with pytest.raises(BadInput) as caught:
        file.put(name, BARK)
    assert caught.value.field == "name"
    assert (tmp_path / "channels.toml").read_text() == "# mine\n"


@pytest.mark.parametrize("url", ["", "passw0rd", "nosuch://passw0rd", "json://h/\n[x]", "json://h/" + "a" * 2_000])
def test_an_address_that_cannot_be_one_changes_nothing(tmp_path: Path, url: str) -> None:
    """No address is repeated."""
    file = laid(tmp_path, "# mine\n")
    with pytest.raises(BadInput) as caught:
        file.put("a", url)
    assert caught.value.field == "channel.a.url"
    assert "passw0rd" not in words_for("zh").say(caught.value.message)
    assert (tmp_path / "channels.toml").read_text() == "# mine\n"


WRITTEN = """\
# 街道值班通知
[channel.night]   # 夜班
# 用企业微信
url = 'wecombot://abcd-1234'  # 2026-11

# 备用
[channel."备用"]
url = "barks://api.day.app/DeviceKey1234/"
"""


def test_comments_and_other_channels_stay(tmp_path: Path) -> None:
    """One value is replaced, a new table comes at the end, one is taken away."""
    file = laid(tmp_path, WRITTEN)
    path = tmp_path / "channels.toml"
    file.put("night", HOOK)
    changed = WRITTEN.replace("'wecombot://abcd-1234'", f'"{HOOK}"')
    assert path.read_text() == changed
    file.put("mail", "json://h.cn/")
    assert path.read_text() == changed + '\n[channel.mail]\nurl = "json://h.cn/"\n'
    file.remove("mail")
    file.remove("night")
    assert list(file.read()) == ["备用"]
    assert "# 备用" in path.read_text()
    assert "# 街道值班通知" in path.read_text()
    file.remove("备用")
    assert file.read() == {}
    with pytest.raises(NotFound):
        file.remove("备用")


@pytest.mark.parametrize(
    "text",
    [
        'channel.a.url = "json://a.cn/"\nchannel.b.url = "json://b.cn/"\n',
        'channel = {a = {url = "json://a.cn/"}, b = {url = "json://b.cn/"}}\n',
        '[channel]\na.url = "json://a.cn/"\nb = {url = """json://b.cn/"""}',
        '[channel.b]\nurl = """json://b.cn/"""\n[ channel . "a" ]\n"url" = "json://a.cn/"',
        '[channel.a]\nurl = """\njson://a.cn/"""\n[channel.b]\r\nurl = "json://b.cn/"',
    ],
)
def test_any_way_of_writing_it_is_changed_rightly(tmp_path: Path, text: str) -> None:
    """Where the text cannot be changed in place, it is written anew."""
    for name in ("a", "b", "c"):
        file = laid(tmp_path, text)
        file.put(name, "json://new.cn/")
        expected = {"a": "json://a.cn/", "b": "json://b.cn/", name: "json://new.cn/"}
        assert {key: url.text for key, url in file.read().items()} == expected
        file.remove("b")
        assert set(file.read()) == set(expected) - {"b"}


@given(
    st.dictionaries(st.from_regex(r"[a-zA-Z0-9_一-龥-]{1,40}", fullmatch=True), st.text(max_size=20), max_size=5),
    st.randoms(use_true_random=False),
)
@settings(deadline=None)
def test_many_changes_end_in_what_was_put(
    tmp_path_factory: pytest.TempPathFactory, all_of: dict[str, str], random
) -> None:
    """In any order, with any text in the address."""
    path = tmp_path_factory.mktemp("many") / "channels.toml"
    file = ChannelFile(path)
    kept: dict[str, str] = {}
    for name, text in [*all_of.items(), *all_of.items()]:
        url = f"json://h.cn/{text}"
        try:
            file.put(name, url)
        except BadInput:
            assert not url.isprintable() or "?" in url or "@" in url or "#" in url or "%" in url
            continue
        kept[name] = url.strip()
        if random.random() < 0.2:
            file.remove(name)
            del kept[name]
    assert {name: url.text for name, url in file.read().items()} == kept
    if path.exists():
        tomllib.loads(path.read_text(encoding="utf-8"))


def test_a_broken_address_does_not_keep_another_from_being_put(tmp_path: Path) -> None:
    """That is how it is mended."""
    file = laid(tmp_path, '[channel.a]\nurl = "nosuch://x"\n')
    file.put("b", BARK)
    file.put("a", HOOK)
    assert list(file.read()) == ["a", "b"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """The file it leads to is replaced."""
    (tmp_path / "real").mkdir()
    laid(tmp_path / "real", "# mine\n")
    link = tmp_path / "channels.toml"
    link.symlink_to(tmp_path / "real" / "channels.toml")
    ChannelFile(link).put("a", BARK)
    assert link.is_symlink()
    assert "# mine" in link.read_text()


def test_a_disk_that_takes_nothing_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused with the reason; no piece is left beside it."""
    file = laid(tmp_path, WRITTEN)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused) as caught:
        file.put("night", HOOK)
    assert "the disk is full" in words_for("en").say(caught.value.message)
    assert [entry.name for entry in tmp_path.iterdir()] == ["channels.toml"]
    assert (tmp_path / "channels.toml").read_text() == WRITTEN


WRITER = """
import sys
from pathlib import Path
from app.channels.secrets import ChannelFile
file = ChannelFile(Path(sys.argv[1]))
file.check_url("json://h/", "a")
print("ready", flush=True)
for n in range(1_000_000):
    file.put("a", f"json://h.cn/{n % 10}" * 1 + "x" * (n % 7) * 250)
"""


def test_a_killed_writer_leaves_one_whole_file(tmp_path: Path) -> None:
    """Killed anywhere: the file is the old or the new one, and private, and so is whatever lies beside it."""
    path = tmp_path / "channels.toml"
    laid(tmp_path, WRITTEN)
    for wait in (0.0, 0.013, 0.031):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"ready\n"
            time.sleep(wait)
            child.send_signal(signal.SIGKILL)
        assert {"night", "备用"} <= set(ChannelFile(path).read(understood=False))
        assert "# 街道值班通知" in path.read_text(encoding="utf-8")
        assert all(stat.S_IMODE(entry.stat().st_mode) == 0o600 for entry in tmp_path.iterdir())


def test_nothing_shows_a_key(tmp_path: Path) -> None:
    """Printed, or part of a traceback's variables."""
    file = laid(tmp_path, f'[channel.a]\nurl = "{HOOK}"\n[channel.b]\nurl = "{BARK}"\n')
    shown = f"{file.read()} {[str(url) for url in file.read().values()]}"
    assert "jsons://****:****@hook.example.cn/****?****" in shown
    assert not any(key in shown for key in KEYS)


def test_apprise_is_loaded_by_its_first_use_only(tmp_path: Path) -> None:
    """Neither by these modules nor by a file without addresses, or one that is only listed."""
    laid(tmp_path, WRITTEN)
    code = (
        "import sys; from pathlib import Path;"
        "from app.channels.secrets import ChannelFile; import app.channels.sender;"
        f"file = ChannelFile(Path({str(tmp_path / 'channels.toml')!r})); file.read(understood=False);"
        "ChannelFile(Path('nowhere')).read(); app.channels.sender.AppriseSender('json://h/');"
        "assert not {'apprise', 'requests', 'urllib3'} & set(sys.modules); file.read(); assert 'apprise' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
