"""Papers as documents and as Markdown: the page of GB/T 9704—2012, whatever was typed, the same bytes each time."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
from dataclasses import replace

import pytest
from docx import Document as read_document
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from app.render.docx import docx
from app.render.docx_table import columns
from app.render.markdown import markdown
from app.render.paper import Heading, Item, Paper, Para, Table

PAPER = Paper(
    "晨会纪要 2020年7月3日 周五　双河社区一网格",
    (
        Heading("一、夜班情况"),
        Para("接报 3 · 已办 2"),
        Item("23:52 巡万溶江发现井盖被冲走"),
        Item("五部门到场", deep=True),
        Heading("（一）经过", level=2),
        Para("不掌握", strong=True),
        Table(("时间", "事项"), (("00:08", "派六部门"), ("04:50", "新盖到位")), (1, 3)),
    ),
    "吉凤街道", "主持 第一书记 · 应到 6 实到 6", ("由 第一书记 签发", "07-03 08:20"), "演练，非真实事件",
)  # fmt: skip

HOSTILE = (
    "\x00\x01\x08\x0b\x0c\x1f\x7f\x85控制",
    "\ud800\udfff半个字符\ufffe\uffff",
    "\u202e倒过来\u2066\u200b",
    "😀👨‍👩‍👧🇨🇳♟️",
    "مرحبا بالعالم שלום",
    "x" * 2_000,
    "字" * 5_000,
    "a\u0301" + "\u0301" * 500,
    "<w:p/>&amp;]]><![CDATA[</w:t>",
    "第一行\r\n第二行\t表\n\n\n# 不是标题\n- 不是一条\n1. 也不是",
    "{PAGE} \\h =SUM(A1) @cmd",
    "",
    "   ",
)


def opened(paper: Paper, language: str = "zh") -> Document:
    """The file as the library reads it."""
    return read_document(io.BytesIO(docx(paper, language)))


def font_of(document: Document, style: str) -> tuple[str | None, float]:
    """East Asian font and size in points of a style."""
    found = document.styles[style]
    assert isinstance(found, ParagraphStyle)
    assert found.font.name == "Times New Roman"
    size = found.font.size
    assert size is not None
    return found.element.rPr.rFonts.get(qn("w:eastAsia")), size.pt


def test_the_page_is_that_of_the_standard() -> None:
    """A4, 37 and 28 mm of margin, a type area of 156 × 225 mm that holds 22 lines of 28 characters."""
    document = opened(PAPER)
    (section,) = document.sections
    width, height = section.page_width, section.page_height
    top, bottom, left, right = section.top_margin, section.bottom_margin, section.left_margin, section.right_margin
    near = Mm(0.1)
    assert abs(width - Mm(210)) < near
    assert abs(height - Mm(297)) < near
    assert abs(top - Mm(37)) < near
    assert abs(left - Mm(28)) < near
    across, down = Emu(width - left - right), Emu(height - top - bottom)
    assert abs(across - Mm(156)) < near
    assert abs(down - Mm(225)) < near
    body = document.styles["Normal"]
    assert isinstance(body, ParagraphStyle)
    pitch, size = body.paragraph_format.line_spacing, body.font.size
    assert down // pitch == 22
    between = int(body.element.rPr.find(qn("w:spacing")).get(qn("w:val")))
    assert across // (size + Pt(between / 20)) == 28


def test_fonts_are_named_for_each_kind_of_text() -> None:
    """Title 2号 小标宋, text 3号 仿宋, headings 黑体 and 楷体, digits in Times, tables smaller."""
    document = opened(PAPER)
    assert font_of(document, "Title") == ("方正小标宋简体", 22)
    assert font_of(document, "Normal") == ("仿宋_GB2312", 16)
    assert font_of(document, "Item") == ("仿宋_GB2312", 16)
    assert font_of(document, "Heading 1") == ("黑体", 16)
    assert font_of(document, "Heading 2") == ("楷体_GB2312", 16)
    assert font_of(document, "Cell") == ("仿宋_GB2312", 12)
    assert font_of(document, "Footer") == ("宋体", 14)


def test_what_a_paper_says_stands_in_its_order() -> None:
    """Issuer, title, meta, blocks, signatures to the right; nothing is left out and nothing added."""
    document = opened(PAPER)
    said = [(one.style.name if one.style else "", one.text) for one in document.paragraphs]
    assert [text for _style, text in said if text] == [
        "吉凤街道", "晨会纪要 2020年7月3日 周五\n双河社区一网格", "主持 第一书记 · 应到 6 实到 6", "一、夜班情况",
        "接报 3 · 已办 2", "23:52 巡万溶江发现井盖被冲走", "五部门到场", "（一）经过", "不掌握", "由 第一书记 签发",
        "07-03 08:20",
    ]  # fmt: skip
    styles = {text: style for style, text in said}
    assert (styles[PAPER.title.replace("　", "\n")], styles["一、夜班情况"], styles["（一）经过"]) == (
        "Title",
        "Heading 1",
        "Heading 2",
    )
    assert (styles["五部门到场"], styles["07-03 08:20"]) == ("Deep item", "Signed")
    strong = next(one for one in document.paragraphs if one.text == "不掌握")
    assert strong.runs[0].bold
    signed = document.styles["Signed"]
    assert isinstance(signed, ParagraphStyle)
    assert signed.paragraph_format.alignment is WD_ALIGN_PARAGRAPH.RIGHT
    last = document.paragraphs[-4:]
    assert [bool(one.paragraph_format.keep_with_next) for one in last] == [True, True, True, False]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("值班交接", ["值班交接"]),
        ("晨会纪要 2020年7月3日 周五　双河社区一网格", ["晨会纪要 2020年7月3日 周五", "双河社区一网格"]),
        ("关于双河大桥旁步行道井盖被倒灌冲失情况的 续报", ["关于双河大桥旁步行道井盖被倒灌冲失情况的", "续报"]),
        ("字" * 30, ["字" * 30]),
    ],
)
def test_a_title_breaks_only_where_words_end(title: str, lines: list[str]) -> None:
    """When it is too long for a line of 20 characters; the property of the file has it whole."""
    document = opened(replace(PAPER, title=title))
    assert next(one.text for one in document.paragraphs if one.style.name == "Title").split("\n") == lines
    assert document.core_properties.title == title


def test_tables_have_lines_and_a_head_on_every_page() -> None:
    """No row is torn apart; columns share the width as they were told to."""
    (table,) = opened(PAPER).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["时间", "事项"], ["00:08", "派六部门"],
                                                                         ["04:50", "新盖到位"]]  # fmt: skip
    heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
    assert heads == [True, False, False]
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
    parts = [part.tag.partition("}")[2] for part in table._tbl.tblPr]
    assert parts == ["tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook"]  # the order of the schema
    first, second = (column.width for column in table.columns)
    assert abs(second - 3 * first) < Mm(0.1)


@pytest.mark.parametrize(
    ("head", "row", "asked", "size"),
    [
        (("事项", "内容"), ("网格", "字" * 40), (1, 4), 12),
        (("部门", "派哨", "内容"), ("社会事务局", "00:08", "字" * 40), (6, 1, 6), 12),
        (
            ("Department", "Role", "Whistled", "Acknowledged", "Reported", "Feedback", "Done"),
            ("Emergency", "assist", "00:08", "00:09", "00:26", "00:35", "05:25"),
            (),
            10.5,
        ),
        (tuple("ABCDEFGHIJ"), ("responsibility",) * 10, (), 7.5),
        (("甲", "乙"), ("x" * 500, "二"), (1, 9), 12),
    ],
)
def test_columns_have_room_for_their_words(
    head: tuple[str, ...], row: tuple[str, ...], asked: tuple[int, ...], size: float
) -> None:
    """As they were shared out, but no word is torn apart where there is room; then smaller type; never wider."""
    whole = Mm(156).pt
    widths, chosen = columns(Table(head, (row,), asked), whole)
    assert chosen == size
    assert abs(sum(widths) - whole) < 0.01
    assert min(widths) > 0
    if max(map(len, row)) < 14:
        for width, *cells in zip(widths, head, row, strict=True):
            assert all(width >= len(word) * 0.5 * size for cell in cells for word in cell.split())


def test_pages_are_numbered_at_their_outer_edge_and_a_drill_says_so_on_each() -> None:
    """Odd to the right, even to the left, between dashes; in earnest the head is empty."""
    document = opened(PAPER)
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    right, left = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
    for foot, side in ((section.footer, right), (section.even_page_footer, left)):
        (line,) = foot.paragraphs
        assert (line.text, line.alignment) == ("— 1 —", side)
        assert "PAGE" in line._p.xml
    heads = (section.header, section.even_page_header)
    assert ["".join(map(_text, head.paragraphs)) for head in heads] == ["演练，非真实事件"] * 2
    earnest = opened(replace(PAPER, drill="")).sections[0]
    assert "".join(map(_text, (*earnest.header.paragraphs, *earnest.even_page_header.paragraphs))) == ""


def _text(paragraph: Paragraph) -> str:
    return paragraph.text


@pytest.mark.parametrize(("language", "tag"), [("zh", "zh-CN"), ("en", "en-US")])
def test_the_file_says_its_title_and_language(language: str, tag: str) -> None:
    """For readers of documents and of screens; nobody's machine and no hour is in it."""
    document = opened(PAPER, language)
    told = document.core_properties
    assert (told.title, told.language, told.author) == (PAPER.title, tag, "吉凤街道")
    assert (told.created, told.modified, told.comments) == (None, None, "")
    assert document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:eastAsia")) == "zh-CN"


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_was_typed_the_file_opens(text: str) -> None:
    """Control characters, halves of characters, emoji, right-to-left, endless words, tags: in every place."""
    blocks = (Heading(text), Heading(text, 2), Para(text), Para(text, strong=True), Item(text), Item(text, deep=True),
              Table((text, "头"), ((text, text), ("", text))))  # fmt: skip
    document = opened(Paper(text, blocks, text, text, (text, text), text))
    assert document.tables[0].cell(1, 1).text == document.tables[0].cell(0, 0).text
    assert len(document.paragraphs) >= 7


def test_a_sentence_keeps_every_sign_that_can_be_seen() -> None:
    """Chinese marks, emoji, Arabic, quotes and tags are there as they were typed; line breaks stay."""
    typed = "“双河”——井盖…①Ⅳ℃ 😀 مرحبا <w:p/>&amp; \\h"
    document = opened(replace(PAPER, blocks=(Para(typed), Para("上\n下"))))
    texts = [one.text for one in document.paragraphs]
    assert typed in texts
    assert "上\n下" in texts


def test_the_same_paper_is_the_same_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Years apart, and in another language's clock."""
    first = docx(PAPER, "zh")
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2_000_000_000))
    assert docx(PAPER, "zh") == first
    with zipfile.ZipFile(io.BytesIO(first)) as file:
        assert {member.date_time[:3] for member in file.infolist()} == {(1980, 1, 1)}
        assert not [name for name in file.namelist() if "thumbnail" in name or "customXml" in name]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_becomes_a_sign_of_markdown(text: str) -> None:
    """Lines that begin like a heading or a list are lines of a text; the paper has the headings it has."""
    lines = "\n".join(markdown(Paper("题", (Para(text), Item(text), Heading("一、")), "街", text, (text,)))).split("\n")
    assert [line for line in lines if line.startswith("#")] == ["# 题", "## 一、"]
    assert sum(line.startswith("- ") for line in lines) == 1
    assert not [line for line in lines if line[:2] == "1."]
    assert all(sign.isprintable() or sign == "\n" for line in lines for sign in line)


def test_no_program_pays_for_documents_that_it_does_not_write() -> None:
    """The desk's command about papers loads the library only when a document is written."""
    code = "import sys, app.papers, app.cli.papers, app.screens.printing; print('docx' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.strip() == "False"
