"""Signing what was looked at: a file with the answer of `briefing show --json` lets the refusal say what changed."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Type

LEADER = "JF-DB"
UNIT = "双河一"


def test_a_refused_signature_says_what_changed(desk: Type, tmp_path: Path) -> None:
    """By the file it is named; by the digest alone it is said how to see it; a file of something else is refused."""
    desk("--clock", "2020-07-03T07:50x0", "clock")
    shown = desk("briefing", "show", "--unit", UNIT, "--json").document
    path = tmp_path / "seen.json"
    path.write_text(json.dumps(shown), "utf-8")
    assert desk("briefing", "note", "--unit", UNIT, "--section", "safety", "退水期堤脚易滑").status == 0
    sign = ("briefing", "sign", "--unit", UNIT, "--as", LEADER, "--seen")
    named = desk("--lang", "zh", *sign, str(path))
    assert (named.status, "看过以后有变化：1 处新增或改动。" in named.err) == (1, True), named.err
    plain = desk(*sign, shown["briefing"]["digest"])
    assert (plain.status, "briefing show" in plain.err) == (1, True)
    other = tmp_path / "other.json"
    other.write_text("[]", "utf-8")
    assert "does not hold" in desk(*sign, str(other)).err
    path.write_text(json.dumps(desk("briefing", "show", "--unit", UNIT, "--json").document), "utf-8")
    assert desk(*sign, str(path)).status == 0
