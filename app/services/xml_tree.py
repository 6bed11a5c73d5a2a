"""XML from anywhere as a small tree: no DTD, no entities, bounded in size, depth and number (reliability 11)."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.domain.errors import BadInput
from app.domain.message import N_, Message
from app.domain.text import HAN

LARGEST = 1 << 20
"""Bytes of a file: 1 MB (reliability 11)."""
DEEPEST = 50
"""Elements within one another."""
MOST = 50_000
"""Elements in all."""
_AT_ONCE = 1 << 15

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_SHAPES = ((b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
"""How a file without a mark begins when its characters are wider than a byte."""
_DECLARATION = re.compile(r"<\?xml(?=\s)[^>]{0,1000}\?>")
_ENCODING = re.compile(rb"""^\s*<\?xml\s[^>]{0,500}?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,39})["']""")
_READ = re.compile(
    r"utf-8|utf-16(-[lb]e)?|utf-32(-[lb]e)?|ascii|iso8859-\d+|cp125\d|gb2312|gbk|gb18030|big5|shift_jis|cp932|euc_jp"
    r"|euc_kr|koi8-[ru]"
)
"""Encodings that are read; those that Python knows beside them are none that a text is written in."""


@dataclass(slots=True)
class Node:
    """An element: its namespace (empty = none), name, own text and children."""

    space: str
    name: str
    parts: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its own text, white space at the ends taken away."""
        return "".join(self.parts).strip()

    def walk(self) -> Iterator[Node]:
        """The element and everything in it, in the order of the file."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(node.children)


def read_tree(content: bytes) -> tuple[Node, tuple[Message, ...]]:
    """The root element and what was odd about the file; BadInput says why it is not read."""
    if len(content) > LARGEST:
        raise BadInput(Message("it is larger than {n} MB", {"n": LARGEST >> 20}), "file")
    text, notes = decoded(content)
    return parsed(text), notes


def parsed(text: str) -> Node:
    """A text of XML as a tree; BadInput."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    body = text.strip()
    declaration = _DECLARATION.match(body)
    if declaration:
        body = body[declaration.end() :].strip()
    if not body:
        raise BadInput(Message("it is empty"), "file")
    if "\0" in body:
        raise BadInput(Message("it holds NUL bytes"), "file")
    grower = _Grower()
    parser = DefusedXMLParser(target=grower, encoding="utf-8", forbid_dtd=True)
    try:
        content = body.encode("utf-8")
        for start in range(0, len(content), _AT_ONCE):
            parser.feed(content[start : start + _AT_ONCE])
        parser.close()
    except DefusedXmlException as error:
        raise BadInput(Message("it declares a DTD or entities, which are never read"), "file") from error
    except ParseError as error:
        line, column = error.position
        raise BadInput(
            Message("it is no well-formed XML: line {line}, column {column}", {"line": line, "column": column}), "file"
        ) from error
    except (ValueError, UnicodeError) as error:
        raise BadInput(Message("it is no well-formed XML"), "file") from error
    if grower.root is None:
        raise BadInput(Message("it is empty"), "file")
    return grower.root


def decoded(content: bytes) -> tuple[str, tuple[Message, ...]]:
    """The text of a file in the encoding its mark or its declaration names; BadInput when it is written in another."""
    if not content.strip():
        raise BadInput(Message("it is empty"), "file")
    for mark, name in _BOMS:
        if content.startswith(mark):
            return _text(content[len(mark) :], name).lstrip("\ufeff"), ()
    for begins, name in _SHAPES:
        if content.startswith(begins):
            return _text(content, name), ()
    declared = _ENCODING.match(content)
    if declared is None:
        return _utf8_or_chinese(content)
    given = declared[1].decode("ascii")
    name = _codec(given)
    if name.startswith(("utf-16", "utf-32")):  # the declaration itself was read byte by byte
        text, notes = _utf8_or_chinese(content)
        return text, (*notes, Message(_OTHER, {"encoding": given}))
    if name == "utf-8":
        return _utf8_or_chinese(content)
    if name != "ascii" and (text := _chinese_utf8(content)):
        return text, (Message(_OTHER, {"encoding": given}),)
    return _text(content, "gb18030" if name in ("gb2312", "gbk") else name), ()


def _chinese_utf8(content: bytes) -> str:
    """The text of a file whose Chinese is written in UTF-8 whatever it declares; else empty.

    No text in an encoding of one or two bytes is UTF-8 by chance *and* comes out as Chinese characters.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return text if re.search(HAN, text) else ""


_OTHER = N_("it is not written in {encoding} as it says")


def _codec(given: str) -> str:
    try:
        name = codecs.lookup(given).name
    except (LookupError, ValueError):
        name = ""
    if not _READ.fullmatch(name):
        raise BadInput(Message("its encoding {encoding} is not known", {"encoding": given}), "file")
    return name


def _utf8_or_chinese(content: bytes) -> tuple[str, tuple[Message, ...]]:
    """UTF-8; else GB18030, which many a Chinese program writes whatever its declaration says."""
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _text(content, "gb18030", "UTF-8"), (Message(_OTHER, {"encoding": "UTF-8"}),)


def _text(content: bytes, name: str, said: str = "") -> str:
    try:
        return content.decode(name)
    except (UnicodeDecodeError, ValueError) as error:
        encoding = said or name.upper()
        raise BadInput(Message("it is no text in the encoding {encoding}", {"encoding": encoding}), "file") from error


class _Grower:
    """What the parser builds: nodes, and a stop as soon as there are too many or they lie too deep."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Node] = []
        self._count = 0

    def start(self, tag: str, _attributes: object) -> None:
        """An element begins."""
        self._count += 1
        if len(self._open) >= DEEPEST:
            raise BadInput(Message("its elements lie deeper than {n}", {"n": DEEPEST}), "file")
        if self._count > MOST:
            raise BadInput(Message("it has more than {n} elements", {"n": MOST}), "file")
        space, _, name = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
        node = Node(space, name)
        if self._open:
            self._open[-1].children.append(node)
        elif self.root is None:
            self.root = node
        self._open.append(node)

    def end(self, _tag: str) -> None:
        """It ends."""
        self._open.pop()

    def data(self, text: str) -> None:
        """Text within it."""
        if self._open:
            self._open[-1].parts.append(text)

    def close(self) -> Node | None:
        """The file is over."""
        return self.root
