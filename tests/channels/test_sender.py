"""A reminder goes to a real server on the loopback; every way it can fail is told apart, in time and without keys."""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import socket
import threading
import time
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest

from app.channels.delivery import of_code, of_log, of_status, of_trouble
from app.channels.library import apprise, plugin_of
from app.channels.masking import SecretUrl
from app.channels.sender import AppriseSender, Delivery, Failed, Outgoing, Sender, Sent
from app.render.words import words_for
from tests.channels.loopback import Loopback, mail_serving

ID = UUID("1a2b3c4d-0000-4000-8000-000000000001")
TITLE = "超时提醒：双河大桥 井盖冲开"
BODY = "六个部门还有三个未报到。\n请<b>立即</b>致电 **应急局** [点此](http://x.cn/) :smile: & “引号” 〇㐀𠮷"
LATE = Outgoing(ID, TITLE, BODY, urgent=False)
URGENT = Outgoing(ID, TITLE, BODY, urgent=True)
KEY = "s3cretKey99"


def said(delivery: Delivery, language: str = "en") -> str:
    """The reason, as a person reads it; no key may be in it."""
    assert isinstance(delivery, Failed)
    text = words_for(language).say(delivery.reason)
    assert KEY not in text + repr(delivery)
    return text


def to(url: str, message: Outgoing = LATE, limit: float = 10.0) -> Delivery:
    """Sent once."""
    sender: Sender = AppriseSender(SecretUrl(url), limit)
    assert KEY not in repr(sender)
    return sender.send(message)


@pytest.mark.parametrize("query", ["", "?format=markdown", "?format=html", "?emojis=yes", "?overflow=split"])
def test_a_webhook_gets_the_words_as_they_are_and_the_id(server: Loopback, query: str) -> None:
    """Chinese, quotes, marks of other languages; the whole id in a header, nothing added to the text."""
    assert to(f"json://{server.place}/hook/{KEY}{query}") == Sent()
    [(path, headers, told)] = server.calls
    assert path == f"/hook/{KEY}"
    assert headers["x-wangge-id"] == str(ID)
    assert headers["user-agent"] == "wangge"
    assert (told["title"], told["message"], told["type"]) == (TITLE, BODY, "info")


def test_what_the_address_adds_is_kept(server: Loopback) -> None:
    """User, password, headers and fields of the receiver."""
    assert to(f"json://u:{KEY}@{server.place}/?+X-Key={KEY}&:room=一号&-q=1&rto=900&optional=yes", URGENT) == Sent()
    [(path, headers, told)] = server.calls
    assert path == "/?q=1"
    assert (headers["x-key"], told["room"], told["type"]) == (KEY, "一号", "warning")
    assert headers["authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    ("status", "permanent"),
    [(500, False), (503, False), (429, False), (400, True), (401, True), (404, True), (413, True)],
)
@pytest.mark.parametrize("scheme", ["json", "ntfy", "bark"])
def test_a_refusal_says_whether_to_try_again(server: Loopback, scheme: str, status: int, permanent: bool) -> None:
    """Once, whatever the address asks for; an address cannot turn a failure into a success."""
    server.status, server.answer = status, KEY.encode()
    delivery = to(f"{scheme}://{server.place}/{KEY}?retry=3&optional=yes")
    assert f"HTTP {status}" in said(delivery)
    assert f"HTTP {status}" in said(delivery, "zh")
    assert isinstance(delivery, Failed)
    assert delivery.permanent is permanent
    assert len(server.calls) == 1


def test_a_redirect_is_no_delivery(server: Loopback) -> None:
    """Followed, the message would be lost on the way, and the answer there taken for a success."""
    server.status, server.location = 302, f"http://{server.place}/elsewhere"
    delivery = to(f"json://{server.place}/hook")
    assert isinstance(delivery, Failed)
    assert (delivery.permanent, len(server.calls)) == (True, 1)


@pytest.mark.parametrize("scheme", ["json", "ntfy", "bark", "mailto"])
def test_nobody_listens(scheme: str) -> None:
    """A refused connection is told at once, and may be tried again."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        began = time.monotonic()
        delivery = to(f"{scheme}://u:{KEY}@127.0.0.1:{taken.getsockname()[1]}/{KEY}?from=a@b.cn")
    assert said(delivery) == "The server cannot be reached."
    assert isinstance(delivery, Failed)
    assert not delivery.permanent
    assert time.monotonic() - began < 8


def test_a_server_that_hangs_or_drips_blocks_no_longer_than_the_limit(server: Loopback) -> None:
    """Silence, and an answer byte by byte that no timeout of a socket would ever end."""
    for server.hang, server.drip in ((30, False), (0, True)):
        began = time.monotonic()
        delivery = to(f"json://{server.place}/{KEY}", limit=0.7)
        assert 0.6 < time.monotonic() - began < 5
        assert said(delivery) == "The server did not answer within 0.7 seconds."
        assert isinstance(delivery, Failed)
        assert not delivery.permanent


def test_a_silent_server_is_left_before_the_limit(server: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    """The socket's own timeout ends the try, so that nothing goes on in the background."""
    monkeypatch.setattr("app.channels.library.READ", 0.3)
    server.hang = 30
    assert said(to(f"json://{server.place}/{KEY}")) == "The server does not answer."


def test_the_limits_fit_into_one_another() -> None:
    """Connecting and waiting once take less than the whole call may."""
    plugin = plugin_of("json://h/?rto=900&cto=900&retry=5&wait=100")
    assert plugin is not None
    assert sum(plugin.request_timeout) < 10
    assert plugin.retry == 0


def test_tries_that_were_given_up_do_not_pile_up(server: Loopback) -> None:
    """At most four wait for one server; a fifth is refused, and once they end it goes on."""
    server.hang = 30
    sender = AppriseSender(f"json://{server.place}/", limit=0.4)
    for _ in range(4):
        assert "0.4 seconds" in said(sender.send(LATE))
    assert said(sender.send(LATE)) == "Earlier messages still wait for this server."
    assert [thread.name for thread in threading.enumerate()].count("channel") <= 4
    server.freed.set()
    end = time.monotonic() + 5
    while (delivery := sender.send(LATE)) != Sent() and time.monotonic() < end:
        time.sleep(0.05)
    assert delivery == Sent()


def test_two_threads_at_once_get_their_own_answers(server: Loopback) -> None:
    """Through one sender, and through two of which one fails: no answer is mixed up with another's."""
    ids = [uuid4() for _ in range(12)]
    good, bad = AppriseSender(f"json://{server.place}/good"), AppriseSender("json://127.0.0.1:1/bad")
    found: dict[UUID, Delivery] = {}

    def send(number: int) -> None:
        sender = bad if number % 3 == 0 else good
        found[ids[number]] = sender.send(Outgoing(ids[number], TITLE, f"第{number}条"))

    threads = [threading.Thread(target=send, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    for number, key in enumerate(ids):
        assert isinstance(found[key], Failed if number % 3 == 0 else Sent), (number, found[key])
    arrived = {headers["x-wangge-id"]: told["message"] for _, headers, told in server.calls}
    assert arrived == {str(key): f"第{number}条" for number, key in enumerate(ids) if number % 3}


def test_ntfy_and_bark_ring_louder_when_it_is_urgent(server: Loopback) -> None:
    """The short id stands where people read it; Bark shows one notification for one id."""
    for scheme in ("ntfy", "bark"):
        for message in (LATE, URGENT):
            assert to(f"{scheme}://{server.place}/{KEY}?format=markdown", message) == Sent()
    (_, calm, first), (_, loud, second), (_, _, third), (_, _, fourth) = server.calls
    assert "x-priority" not in calm
    assert (loud["x-priority"], loud.get("x-icon"), loud.get("x-markdown")) == ("max", None, None)
    assert first["message"] == second["message"] == third["body"] == fourth["body"] == f"{BODY}\n#1a2b3c4d"
    assert first["title"] == third["title"] == TITLE
    assert ("level" in third, fourth["level"], fourth["id"]) == (False, "critical", str(ID))


def test_a_mail_is_plain_text_with_both_ids() -> None:
    """And marked as important when it is urgent; to each addressee by itself."""
    with mail_serving() as (port, lines):
        assert to(f"mailto://127.0.0.1:{port}/?from=desk@b.cn&to=a@b.cn,c@d.cn&format=html", URGENT) == Sent()
    assert [line for line in lines if line.startswith(b"To:")] == [b"To: a@b.cn", b"To: c@d.cn"]
    assert lines.count(b"X-Wangge-Id: " + str(ID).encode()) == 2
    assert lines.count(b"X-Priority: 1") == 2
    assert b'Content-Type: text/plain; charset="utf-8"' in lines
    assert not any(b"text/html" in line for line in lines)
    assert lines.count(b"#1a2b3c4d") == 2


@pytest.mark.parametrize(("refusal", "permanent"), [("550 no such user", True), ("451 try later", False)])
def test_a_mail_server_refuses(refusal: str, permanent: bool) -> None:
    """For good, or for now."""
    with mail_serving(refusal) as (port, _):
        delivery = to(f"mailto://127.0.0.1:{port}/?from=desk@b.cn&to=a@b.cn")
    assert said(delivery) == f"The mail server refuses it (SMTP {refusal[:3]})."
    assert isinstance(delivery, Failed)
    assert delivery.permanent is permanent


ROBOTS = [
    ("wecombot://s3cretKey99", "NotifyWeComBot", "/send?key={key}", b'{"errcode":0,"errmsg":"ok"}'),
    ("dingtalk://s3cretKey99", "NotifyDingTalk", "/send?access_token={token}", b'{"errcode":0,"errmsg":"ok"}'),
    ("feishu://s3cretKey99", "NotifyFeishu", "/hook/{token}", b'{"code":0,"msg":"success"}'),
    ("lark://s3cretKey99", "NotifyLark", "/hook/", b'{"code":0,"msg":"success"}'),
]


def led_here(server: Loopback, name: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a robot's address lead to the server of the test."""
    plugin_of("json://h/")
    module = name.removeprefix("Notify").lower()
    plugin = getattr(__import__(f"apprise.plugins.{module}", fromlist=[name]), name)
    monkeypatch.setattr(plugin, "notify_url", f"http://{server.place}{path}")


@pytest.mark.parametrize(("url", "name", "path", "fine"), ROBOTS)
def test_a_robot_gets_plain_text_with_the_short_id(
    server: Loopback, monkeypatch: pytest.MonkeyPatch, url: str, name: str, path: str, fine: bytes
) -> None:
    """Nothing that a person typed calls everybody or becomes a link."""
    led_here(server, name, path, monkeypatch)
    server.answer = fine
    body = '<at user_id="all">所有人</at> [点](http://x.cn) 值班'
    assert to(f"{url}?format=markdown", Outgoing(ID, TITLE, body)) == Sent()
    [(_, _, told)] = server.calls
    assert told.get("msgtype", told.get("msg_type")) == "text"
    text = told.get("text") or told["content"]
    text = text.get("content") or text["text"]
    assert text.startswith(TITLE)
    assert text.endswith("#1a2b3c4d")
    assert "值班" in text
    if "feishu" in url or "lark" in url:
        assert "<at" not in text
        assert "](" not in text
    if "dingtalk" in url:
        assert told["at"] == {"atMobiles": [], "isAtAll": False}


@pytest.mark.parametrize(("url", "name", "path", "fine"), ROBOTS)
def test_a_robot_that_says_no_in_an_answer_of_200_is_believed(
    server: Loopback, monkeypatch: pytest.MonkeyPatch, url: str, name: str, path: str, fine: bytes
) -> None:
    """A wrong key, a missing keyword: not sent, with the robot's own words, without the key."""
    led_here(server, name, path, monkeypatch)
    server.answer = (
        f'{{"errcode":93000,"code":19024,"errmsg":"invalid {KEY} url","msg":"invalid {KEY} url"}}'
    ).encode()
    delivery = to(url)
    assert said(delivery).endswith("invalid **** url).")
    assert isinstance(delivery, Failed)
    assert delivery.permanent


def test_a_portal_that_answers_for_a_robot_is_no_delivery(server: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of a hotel's network says 200 too; so does an answer without end, or of no use."""
    led_here(server, *ROBOTS[0][1:3], monkeypatch)
    for server.answer in (b"<html>please log in</html>", b"", b"[]", b"{}", b'{"errcode":null}', b"1" * 1_000_000):
        assert said(to(ROBOTS[0][0])) == "The answer is not that of a robot."


def test_a_long_text_is_cut_where_the_robot_would_refuse_it(server: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    """WeCom takes 2,048 bytes; the id stays."""
    led_here(server, *ROBOTS[0][1:3], monkeypatch)
    server.answer = ROBOTS[0][3]
    assert to(ROBOTS[0][0], Outgoing(ID, "题" * 300, "长" * 5_000)) == Sent()
    text = server.calls[0][2]["text"]["content"]
    assert 1_900 < len(text.encode()) <= 2_048
    assert text.endswith("长…\n#1a2b3c4d")


def test_a_signed_call_is_signed_as_dingtalk_has_it(server: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    """HMAC-SHA256 of time and secret, in base64; decoded once it is the signature, so it was encoded once."""
    led_here(server, *ROBOTS[1][1:3], monkeypatch)
    server.answer = ROBOTS[1][3]
    for _ in range(5):  # some signatures hold a plus or a slash
        assert to(f"dingtalk://SEC123abc@{KEY}/13800000000") == Sent()
    for path, _, told in server.calls:
        query = parse_qs(urlsplit(path).query)
        [now], [sign] = query["timestamp"], query["sign"]
        digest = hmac.new(b"SEC123abc", f"{now}\nSEC123abc".encode(), hashlib.sha256).digest()
        assert base64.b64decode(sign, validate=True) == digest
        assert abs(int(now) / 1000 - time.time()) < 60
        assert query["access_token"] == [KEY]
        assert told["at"]["atMobiles"] == ["13800000000"]


@pytest.mark.parametrize(
    ("shown", "scheme"),
    [
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=s3cret-Key", "wecombot"),
        ("https://oapi.dingtalk.com/robot/send?access_token=s3cretKey99", "dingtalk"),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/s3cret-Key", "feishu"),
        ("https://open.larksuite.com/open-apis/bot/v2/hook/s3cret-Key", "lark"),
    ],
)
def test_the_address_that_a_robot_shows_is_understood(shown: str, scheme: str) -> None:
    """Pasted as it is."""
    plugin = plugin_of(shown)
    assert plugin is not None
    assert plugin.secure_protocol == scheme


@pytest.mark.parametrize(
    "message", [Outgoing(ID, "", ""), Outgoing(ID, "", "x"), Outgoing(ID, "题\n\r\x00目", "\ud800\x1b[2J")]
)
@pytest.mark.parametrize("scheme", ["json", "ntfy"])
def test_odd_texts_arrive_somehow(server: Loopback, scheme: str, message: Outgoing) -> None:
    """Empty, with control characters, or no Unicode at all: never an error, never a control character."""
    assert to(f"{scheme}://{server.place}/t", message) == Sent()
    told = str(server.calls[0][2])
    assert "\\x" not in told
    assert "\\ud" not in told


def test_an_address_that_is_not_understood_and_a_fault_inside_are_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never an exception; no words of the fault, which may hold the key."""
    delivery = to(f"nosuch://{KEY}")
    assert said(delivery) == "The address of this channel is not understood."

    def broken(*_: object) -> None:
        raise RuntimeError(KEY)

    monkeypatch.setattr("app.channels.sender.plugin_of", broken)
    assert said(to(f"json://h/{KEY}")) == "Sending failed inside the program (RuntimeError)."


def test_nothing_is_logged_or_printed(server: Loopback, capfd: pytest.CaptureFixture[str]) -> None:
    """With every log turned on, for a success, a refusal and no server at all."""
    heard: list[str] = []
    handler = logging.Handler(logging.NOTSET)
    handler.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        for status in (200, 500, 404):
            server.status = status
            to(f"json://u:{KEY}@{server.place}/{KEY}?+X={KEY}")
        to(f"json://u:{KEY}@127.0.0.1:1/{KEY}")
        to(f"wecombot://{KEY}!!")
        to(f"mailto://u:{KEY}@127.0.0.1:1/?from=a@b.cn")
    finally:
        root.setLevel(level)
        root.removeHandler(handler)
    assert heard == []
    out, err = capfd.readouterr()
    assert out + err == ""
    assert apprise() is apprise()


def test_answers_are_judged() -> None:
    """Mail, robots and the network's own words."""
    assert of_status(204) == of_code(0, "ok") == Sent()
    for log, words, permanent in (
        ("Socket Exception: (535, b'5.7.8 authentication failed')", "SMTP 535", True),
        ("Socket Exception: {'a@b.cn': (450, b'busy')}", "SMTP 450", False),
        ("Lark notification failed: 502 - b''", "HTTP 502", False),
        ("Failed to send ntfy notification to topic 't': forbidden, error=40301.", "HTTP 403", True),
        ("Feishu rejected our notification: code=11232 msg=frequency limited", "code 11232", False),
        ("nothing known", "cannot be reached", False),
    ):
        judged = of_log(log)
        assert words in said(judged)
        assert judged.permanent is permanent, log
    for code in (45009, 302033, -1):
        judged_code = of_code(code, "too fast")
        assert isinstance(judged_code, Failed)
        assert not judged_code.permanent
    assert "certificate" in said(of_trouble("SSLError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] …')"))
    assert "name" in said(of_trouble("NameResolutionError(\"Failed to resolve 'x'\")"))
