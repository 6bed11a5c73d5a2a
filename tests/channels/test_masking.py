"""What is shown of an address, and what is taken out of an error text."""

from __future__ import annotations

import base64
import time
from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.channels.masking import HIDDEN, SecretUrl, masked, scrub

ROBOTS = ["wecombot", "dingtalk", "feishu", "lark"]
SCHEMES = [
    *ROBOTS,
    "mailto",
    "mailtos",
    "ntfy",
    "ntfys",
    "bark",
    "barks",
    "json",
    "jsons",
    "xml",
    "form",
    "http",
    "https",
]
SCHEMES += ["slack", "tgram", "zz"]
AROUND = ["{}", "url: /x/{}/y?z={}", "«{}»"]
tokens = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x9FFF, exclude_categories=("Cc", "Cs", "Cn", "Zs")), min_size=4
)
plain_tokens = st.from_regex(r"[A-Za-z0-9_-]{4,30}", fullmatch=True)
hosts = st.sampled_from(["h.cn", "a.b", "10.0.0.1", "[::1]", "localhost"])


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("wecombot://693axxx6-7aoc-4bc4-97a0-0ec2sifa5aaa", "wecombot://****"),
        ("dingtalk://SECsecret@token123/13800000000", "dingtalk://****@****/****"),
        ("feishu://tok-en/", "feishu://****/"),
        ("mailtos://desk:pass%40word@smtp.example.cn:465?to=a@b.cn", "mailtos://****:****@smtp.example.cn:465?****"),
        ("mailto://user:pa/ss.w@example.cn/", "mailto://****/****"),
        ("ntfys://ntfy.example.cn/topic", "ntfys://ntfy.example.cn/****"),
        ("ntfy://secret-topic", "ntfy://****"),
        ("bark://10.0.0.5:8080/devicekey", "bark://10.0.0.5:8080/****"),
        ("jsons://u:p@hook.example.cn/a/b?+X-Key=k", "jsons://****:****@hook.example.cn/****?****"),
        ("json://[::1]:8080/", "json://[::1]:8080/"),
        (
            "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k",
            "https://qyapi.weixin.qq.com/****?****",
        ),
        ("slack://T/A/B", "slack://****/****"),
        ("no address at all", HIDDEN),
        ("", HIDDEN),
    ],
)
def test_the_scheme_and_the_host_are_shown(url: str, shown: str) -> None:
    """Where the host is the key, or nobody can tell, it is hidden as well."""
    assert masked(url) == masked(SecretUrl(url)) == str(SecretUrl(url)) == shown
    assert repr(SecretUrl(url)) == f"SecretUrl({shown})"
    assert f"{SecretUrl(url)!r:>1}".count(HIDDEN) == shown.count(HIDDEN)


@given(st.sampled_from(SCHEMES), hosts, tokens, tokens, tokens, tokens)
def test_no_key_survives_masking(scheme: str, host: str, user: str, password: str, path: str, value: str) -> None:
    """User, password, path and query, encoded as an address has them."""
    url = f"{scheme}://{quote(user, safe='')}:{quote(password, safe='')}@{host}/{quote(path)}?k={quote(value, safe='')}"
    shown = masked(url)
    kept = f"{scheme}://{HIDDEN}:{HIDDEN}@{host}/{HIDDEN}?{HIDDEN}"
    for token in (user, password, path, value):
        assume(token not in kept)
        assert token not in shown
        assert quote(token, safe="") not in shown


@given(st.sampled_from(SCHEMES), hosts, tokens, tokens)
def test_a_password_that_is_not_encoded_is_not_taken_for_a_host(scheme: str, host: str, user: str, tail: str) -> None:
    """Slashes, question marks and at signs typed as they are: rather no host than a piece of a password."""
    password = f"pass/word.{tail}"
    shown = masked(f"{scheme}://{user}:{password}@{host}")
    assert "word" not in shown
    assume(tail not in f"{scheme}://{HIDDEN}:{HIDDEN}@{host}/{HIDDEN}?{HIDDEN}")
    assert tail not in shown


@given(st.sampled_from([*ROBOTS, "slack", "ntfy", "bark", "mailto"]), plain_tokens)
def test_a_key_in_the_place_of_a_host_is_hidden(scheme: str, token: str) -> None:
    """Robots have no host of their own, and a topic is a key."""
    assume(token.lower() not in (scheme, "localhost") and token not in scheme)
    assert token not in masked(f"{scheme}://{token}")
    assert token not in masked(f"{scheme}://{token}/?a=b")


@given(st.text())
def test_masking_never_raises(text: str) -> None:
    """Whatever stands there."""
    masked(text)
    scrub(text, [text, f"json://{text}"])


def test_masking_takes_no_time_over_a_long_address() -> None:
    """A megabyte of pairs is looked at once."""
    began = time.monotonic()
    for end in ("", "@", "&@x=y", "?"):
        masked("json://h.cn/?" + "a=b&" * 250_000 + end)
    assert time.monotonic() - began < 5


@given(hosts, plain_tokens, plain_tokens, plain_tokens, plain_tokens, st.sampled_from(AROUND))
def test_no_known_key_survives_scrubbing(
    host: str, user: str, password: str, path: str, value: str, around: str
) -> None:
    """Alone, in the middle of a text, encoded, in capitals, or as HTTP sends user and password."""
    url = f"json://{user}:{password}@{host}/{path}?key={value}"
    basic = base64.b64encode(f"{user}:{password}".encode()).decode()
    for token in (user, password, path, value, url, basic):
        assume(token.lower() not in around.lower() and token.lower() not in HIDDEN)
        said = scrub(around.replace("{}", token), [url])
        assert token.lower() not in said.lower()


@pytest.mark.parametrize(
    "text",
    [
        "HTTPSConnectionPool(host='qyapi.weixin.qq.com'): url: /cgi-bin/webhook/send?key=ABC-def-123 (Caused by …)",
        "POST https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=ABC-def-123",
        "错误：wecombot://ABC-def-123。",
        "abc-DEF-123",
    ],
)
def test_an_error_text_keeps_its_words(text: str) -> None:
    """Only the key goes."""
    said = scrub(text, [SecretUrl("wecombot://ABC-def-123")])
    assert "abc-def-123" not in said.lower()
    assert HIDDEN in said


def test_other_addresses_are_masked_and_words_stay() -> None:
    """An address that nobody named, and a text without any."""
    assert scrub("see jsons://u:pw@h.cn/hook, please", []) == "see jsons://****:****@h.cn/**** please"
    assert scrub("nothing to hide", ["wecombot://K-1234", "abc"]) == "nothing to hide"


def test_han_keys_are_taken_out_in_every_form() -> None:
    """As typed, encoded, and as JSON escapes it."""
    url = "json://h.cn/口令四字?x=%E5%AF%86%E9%92%A5%E5%9B%9B%E5%AD%97"
    for form in ("口令四字", quote("口令四字"), "\\u53e3\\u4ee4\\u56db\\u5b57", "密钥四字"):
        assert scrub(f"a {form} b", [url]) == f"a {HIDDEN} b"
