"""A paper as a document of Word (.docx) that looks as papers of an office do; ``docx_page`` has the page.

Equal papers give equal bytes: no time of day, no name of a machine is in the file.
"""

from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise

from docx import Document as new_document
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.oxml.table import CT_TblPr
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from app.domain.text import visible
from app.render.docx_page import (
    CELL,
    CELL_HEAD,
    CHARACTERS,
    DEEP,
    ISSUER,
    ITEM,
    META,
    NO_2,
    SIGNED,
    SMALL_4,
    TYPE_WIDTH,
    lay_out,
)
from app.render.docx_table import columns, is_figure, width_of
from app.render.paper import Block, Heading, Item, Paper, Para, Table

_GAP, _WIDE_GAP = re.compile(" +"), re.compile("\u3000+| {2,}")
"""Between words; between the parts of a line, where it has parts."""

GAP = Pt(6)
"""Between a table and the text below it."""

LONGEST_PROPERTY = 255
"""Characters that a property of a document may have."""


def docx(paper: Paper, language: str) -> bytes:
    """The whole file; ``language`` is ``zh`` or ``en``. Whatever was typed, the file opens."""
    chinese = language != "en"
    document = new_document()
    lay_out(document, visible(paper.drill), chinese=chinese)
    writer = _Writer(document, chinese=chinese)
    if paper.issuer:
        writer.add(paper.issuer, ISSUER)
    writer.add(_centred(paper.title, TYPE_WIDTH.pt / NO_2), "Title")
    if paper.meta:
        writer.add(_centred(paper.meta, CHARACTERS), META)
    writer.add("", META)
    for block in paper.blocks:
        writer.block(block)
    writer.signatures(paper.signatures)
    _properties(document, paper, "zh-CN" if chinese else "en-US")
    return _without_a_date(document)


class _Writer:
    """Paragraph after paragraph."""

    def __init__(self, document: Document, *, chinese: bool) -> None:
        self._document = document
        self._chinese = chinese
        self._below_table = False

    def add(self, text: str, style: str, *, strong: bool = False) -> Paragraph:
        """One paragraph, clear of a table above it; line breaks in it stay."""
        paragraph = self._document.add_paragraph(style=style)
        if self._below_table:
            paragraph.paragraph_format.space_before = GAP
        self._below_table = False
        self._fill(paragraph, text, strong=strong)
        return paragraph

    def block(self, block: Block) -> None:
        """Whatever a paper has."""
        match block:
            case Heading():
                self.add(block.text, f"Heading {min(block.level, 2)}")
            case Para():
                paragraph = self.add(block.text, "Normal", strong=block.strong)
                if block.strong:  # often it stands above what it is about
                    paragraph.paragraph_format.keep_with_next = True
            case Item():
                self.add(block.text, DEEP if block.deep else ITEM)
            case Table():
                self._table(block)

    def signatures(self, lines: tuple[str, ...]) -> None:
        """To the right, a line below the text, never alone on a page."""
        if not lines:
            return
        last = self._document.paragraphs[-1:]
        kept = [*last, self.add("", SIGNED), *[self.add(line, SIGNED) for line in lines]]
        for above, _below in pairwise(kept):
            above.paragraph_format.keep_with_next = True

    def _table(self, table: Table) -> None:
        self._below_table = True
        made = self._document.add_table(rows=0, cols=len(table.head))
        made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        _rule(made._tbl.tblPr)
        points, size = columns(table, TYPE_WIDTH.pt)
        widths = [Pt(one) for one in points]
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        styles = self._document.styles
        for n, row in enumerate((table.head, *table.rows)):
            added = made.add_row()
            properties = added._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if n == 0:
                properties.append(OxmlElement("w:tblHeader"))
            for cell, text, width in zip(added.cells, row, widths, strict=True):
                cell.width = width
                cell.paragraphs[0].style = styles[CELL if n else CELL_HEAD]
                if is_figure(text):
                    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
                self._fill(cell.paragraphs[0], text, size=size)

    def _fill(self, paragraph: Paragraph, text: str, *, strong: bool = False, size: float = 0) -> None:
        if not text:
            return
        run = paragraph.add_run(visible(text))  # without what no XML may hold
        if size not in (0, SMALL_4):
            run.font.size = Pt(size)
            paragraph.paragraph_format.line_spacing = Pt(1.5 * size)
        if strong:
            run.bold = True
        if self._chinese:  # quotes, dashes and dots are Chinese ones here
            run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_LINES = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in _SIDES)
_MARGINS = "".join(f'<w:{side} w:w="{twips}" w:type="dxa"/>'
                   for side, twips in (("top", 28), ("left", 85), ("bottom", 28), ("right", 85)))  # fmt: skip


def _rule(properties: CT_TblPr) -> None:
    """Lines around all cells and room within; where the schema wants them, or Word calls the file damaged."""
    lines, margins = (parse_xml(f"<w:{name} {nsdecls('w')}>{inner}</w:{name}>")
                      for name, inner in (("tblBorders", _LINES), ("tblCellMar", _MARGINS)))  # fmt: skip
    layout = properties.find(qn("w:tblLayout"))
    layout.addprevious(lines)
    layout.addnext(margins)


def _centred(text: str, room: float) -> str:
    """A text of one line, broken where words end into two that are as equal as can be when it is longer.

    ``room`` in Chinese characters. GB/T 9704—2012, 7.3.1: lines of a title are whole in meaning and stand balanced.
    """
    line = visible(text)
    gap = _WIDE_GAP if _WIDE_GAP.search(line) else _GAP
    places = [found.span() for found in gap.finditer(line)]
    if width_of(line) <= room or not places or "\n" in line:
        return text
    start, end = min(places, key=lambda place: max(width_of(line[: place[0]]), width_of(line[place[1] :])))
    return f"{line[:start]}\n{line[end:]}"


def _properties(document: Document, paper: Paper, language: str) -> None:
    told = document.core_properties
    told.title = visible(paper.title)[:LONGEST_PROPERTY]
    told.author = told.last_modified_by = visible(paper.issuer)[:LONGEST_PROPERTY]
    told.subject = visible(paper.drill)[:LONGEST_PROPERTY]
    told.comments = ""
    told.language = language
    element = told._element
    for name in ("dcterms:created", "dcterms:modified"):
        for found in element.findall(qn(name)):
            element.remove(found)


def _without_a_date(document: Document) -> bytes:
    """The file, whose members the library dates with the second in which it wrote them."""
    saved, written = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as before, zipfile.ZipFile(written, "w") as after:
        for name in before.namelist():
            member = zipfile.ZipInfo(name)
            member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            after.writestr(member, before.read(name))
    return written.getvalue()
