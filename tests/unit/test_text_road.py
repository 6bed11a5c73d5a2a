"""Text reaches the screen by one road: ``paint`` and what is built on it, never as a bare string (reliability 7)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROAD = ROOT / "app" / "render" / "paint.py"
SHOWING = frozenset({"Static", "Label", "Button", "Tooltip", "Markdown", "update", "set_content", "stylize_markup"})
"""What shows its first argument; a bare string there would be read as markup."""
TITLES = frozenset({"border_title", "border_subtitle", "tooltip"})
MARKUP = frozenset({"from_markup", "to_content", "render_markup"})
CLEANERS = frozenset({"paint_text", "paint_cells", "pad", "tame", "visible"})
FIELDS = ROOT / "app" / "widgets" / "fields"
"""Fields show what is being typed and clean it by ``tame`` when it enters them; a test of theirs sends them floods."""
SPOKEN = frozenset({"t", "tn", "say", "name", "format", "join", "str"})
"""Calls that give a bare string."""


def files() -> list[Path]:
    """Every module that can touch the screen."""
    rooms = [ROOT / "app" / name for name in ("screens", "widgets", "render")]
    return [ROOT / "app" / "main.py", *(path for room in rooms for path in sorted(room.rglob("*.py")))]


def called(node: ast.Call) -> str:
    """The last name of what is called."""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def is_bare(node: ast.expr) -> bool:
    """Whether an expression can only be a bare string with something in it."""
    match node:
        case ast.Constant(value=str(text)):
            return bool(text)
        case ast.JoinedStr():
            return True
        case ast.BinOp(left=left, right=right):
            return is_bare(left) or is_bare(right)
        case ast.IfExp(body=body, orelse=orelse):
            return is_bare(body) or is_bare(orelse)
        case ast.Call():
            return called(node) in SPOKEN and not is_content_join(node)
    return False


def is_content_join(node: ast.Call) -> bool:
    """``Content("").join(…)`` joins contents, not strings."""
    return (
        isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Call)
        and called(node.func.value) in ("Content", "paint")
    )


def is_clean(node: ast.expr) -> bool:
    """Whether a text is the program's own, or went through a cleaner on the spot."""
    cleaned = any(isinstance(part, ast.Call) and called(part) in CLEANERS for part in ast.walk(node))
    return isinstance(node, ast.Constant) or cleaned


def violations(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Where a bare string would reach a widget."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = called(node)
            if name in SHOWING and node.args and is_bare(node.args[0]):
                yield node.lineno, f"{name}() shows a bare string"
            if name in MARKUP:
                yield node.lineno, f"{name}() reads markup"
            if name == "Content" and node.args and not is_clean(node.args[0]):
                yield node.lineno, "Content() is made of text that nobody cleaned"
            if any(word.arg == "markup" and getattr(word.value, "value", None) is not False for word in node.keywords):
                yield node.lineno, "markup is switched on"
        if isinstance(node, ast.Assign) and is_bare(node.value):
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr in TITLES:
                    yield node.lineno, f"{target.attr} is a bare string"


def test_no_bare_string_reaches_a_widget() -> None:
    """Every screen, widget and drawing function, read as syntax."""
    found = [
        f"{path.relative_to(ROOT)}:{line}: {what}"
        for path in files()
        if path != ROAD
        for line, what in violations(ast.parse(path.read_text("utf-8")))
        if not (what.startswith("Content") and path.is_relative_to(FIELDS) and "tame(" in path.read_text("utf-8"))
    ]
    assert found == []


def test_the_guard_sees_what_it_must() -> None:
    """Each way a string could slip through is noticed; the right way is not."""
    bad = (
        'Static(f"{name}")',
        'Label(words.t("x"))',
        'line.update("a" + b)',
        'box.border_title = words.t("x")',
        "Content(title)",
        "Content.from_markup(x)",
        "Static(x, markup=True)",
        'box.border_title = "x" if a else b',
    )
    good = (
        "Static(paint(name))",
        'line.update(paint("a"))',
        'box.border_title = paint("x")',
        'Content("")',
        'Static(Content("").join(parts))',
        "Static(x, markup=False)",
    )
    assert all(list(violations(ast.parse(code))) for code in bad)
    assert not any(list(violations(ast.parse(code))) for code in good)
