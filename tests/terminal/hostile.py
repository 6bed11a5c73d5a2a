"""Texts that attack a terminal, a reader or the screen library, and a database full of them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

PAYLOADS = (
    "\x1b]52;c;ZXZpbA==\x07",  # writes the clipboard
    "\x1b]0;evil-title\x07",
    "\x1b]2;evil-title\x1b\\",
    "\x1b[2J\x1b[3J\x1b[H",
    "\x1bP+q544e\x1b\\",  # asks the terminal, and its answer is typed
    "\x1b[6n\x1b[c\x05",
    "\x1bc",
    "\x1b[?47h\x1b[?1l\x1b>",
    "\x1b[5;41m",
    "\x1b]8;;file:///evil\x1b\\link\x1b]8;;\x1b\\",
    "\x9b31m\x9d0;evil\x9c\x90q\x9c\x84\x85\x8d",
    "\x00\x08\x0b\x0c\x0e\x0f\x1a\x1b\x7f",
    "\u202e\u2066\u2067\u200e\u061c",
    "\u200b\u200c\u200d\u2060\ufeff\u00ad",
    "\U000e0041\U000e0042\U000e007f\U000e0101",
    "e" + "\u0301" * 60,
    "ก" + "็" * 60,
    "\ud800x\udfffy\udc9b31m",
    "\u3164\u115f\u2028\u2029",
    "[/]",
    "[@click=app.quit]x[/]",
    "[bold",
    "[link=file:///evil]y[/link]",
    "{evil} {0} %s %(x)s",
    "A" * 900,
    "字" * 900,
    "👩\u200d🚒\ufe0f𠀀ﷺ",
    "a\nb\r\nc\td",
    "$(touch evil) `touch evil` ; rm -rf /",
)
"""One kind of attack each; lone surrogates can only come by way of JSON."""
CLICK = "[@click=app.quit]x[/]"
"""Must be seen as it is: what looks like markup is text."""


def text(number: int, *, surrogates: bool = True, most: int = 400) -> str:
    """A text of several attacks; each number begins with another one."""
    turned = [PAYLOADS[(number + n * 7) % len(PAYLOADS)] for n in range(4)]
    twisted = f"眼{number}".join(["", *turned])[:most]
    return twisted if surrogates else twisted.encode("utf-8", "ignore").decode().replace("\x00", "")


ORG = {
    "unit": ("name_zh", "name_en", "short_zh", "short_en", "landmarks", "delegated_powers", "official_code"),
    "department": ("name_zh", "name_en", "short_zh", "short_en", "duty_phone", "remit"),
    "member": ("name_zh", "name_en", "phone", "member_type"),
    "contact": ("name_zh", "name_en", "phone", "note"),
    "place": ("name_zh", "name_en", "hazard"),
    "whistle": ("matter", "source_number", "blower", "owner"),
}
"""Columns in which free text can stand; what refers to other rows is left alone."""


def poison(path: Path) -> int:
    """Write attacks over every typed text of a database, past every check; returns how many."""
    connection = sqlite3.connect(path, isolation_level=None)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    connection.execute("BEGIN IMMEDIATE")
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("PRAGMA ignore_check_constraints=ON")
    number = 0
    for table, columns in ORG.items():
        for (row,) in connection.execute(f"SELECT rowid FROM {table} ORDER BY rowid").fetchall():
            for column in columns:
                number += 1
                value = text(number, surrogates=False)
                connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, row))
    for id_, body in connection.execute("SELECT id, body FROM words WHERE body IS NOT NULL ORDER BY rowid").fetchall():
        number += 1
        texts = {name: text(number + n) for n, name in enumerate(json.loads(body))}
        if "note" in texts:
            texts["note"] = (texts["note"] + "长") * 60
        connection.execute("UPDATE words SET body = ? WHERE id = ?", (json.dumps(texts), id_))
    for seq, payload in connection.execute("SELECT seq, payload FROM event ORDER BY seq").fetchall():
        number += 1
        more = json.dumps({**json.loads(payload), "evil": text(number)})
        connection.execute("UPDATE event SET payload = ?, station = ? WHERE seq = ?",
                           (more, text(number, surrogates=False), seq))  # fmt: skip
        if seq % 3 == 0:
            people = text(number + 1, surrogates=False), text(number + 2, surrogates=False)
            connection.execute("UPDATE event SET actor = ?, on_behalf_of = ? WHERE seq = ?", (*people, seq))
    for _, sql in triggers:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.close()
    return number
