"""The page of a paper after GB/T 9704—2012 (党政机关公文格式): size, margins, lines, fonts, styles, page numbers.

What the standard says and what stands here: A4, 37 mm above, 28 mm left, a type area of 156 × 225 mm; 22 lines of 28
characters; the title in 2号 小标宋, the text in 3号 仿宋, first headings 黑体, second ones 楷体, two characters in;
page numbers in 4号 宋体 between dashes, 7 mm below the type area, odd ones to the right and even ones to the left, each
one character in. The standard is silent about tables: theirs are 小四.

Fonts are named, not embedded; ``FONTS`` says what is taken instead where one is missing.
"""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

LATIN = "Times New Roman"
TITLE, BODY, BLACK, KAI, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
FONTS = ((TITLE, "宋体", "roman"), (BODY, "仿宋", "modern"), (BLACK, "SimHei", "modern"), (KAI, "楷体", "modern"),
         (SONG, "SimSun", "roman"))  # fmt: skip
"""Each font, its other name or the nearest that every office program here brings along, and its family."""

NO_2, NO_3, NO_4, SMALL_4 = 22, 16, 14, 12
"""Chinese type sizes in points: 2号, 3号, 4号, 小四."""

TYPE_WIDTH, TYPE_HEIGHT = Mm(156), Mm(225)
LINES, CHARACTERS = 22, 28
LINE_PITCH, CLOSE_PITCH = 579, 360
"""Twentieths of a point from line to line: 22 of the first are 224.7 of the 225 mm; the other is for tables."""
TIGHTER = -5
"""Twentieths of a point added to each character of the text: 28 of 16 pt would be 2 mm too wide. A grid of characters
would say it too, but programs read it differently, some as two cells for each character."""

ITEM, DEEP, CELL, CELL_HEAD, ISSUER, META, SIGNED = "Item", "Deep item", "Cell", "Cell head", "Issuer", "Meta", "Signed"
"""Styles of our own, beside Normal, Title, Heading 1, Heading 2, Header and Footer."""


@dataclass(frozen=True, slots=True)
class _Look:
    """A style of paragraphs; indents in characters."""

    name: str
    font: str = BODY
    size: int = NO_3
    side: str = "left"
    first: int = 0
    left: int = 0
    right: int = 0
    pitch: int = LINE_PITCH
    with_next: bool = False
    level: int = 0
    """Of a heading, from 1."""
    colour: RGBColor | None = None
    bold: bool = False


def _looks(*, chinese: bool) -> tuple[_Look, ...]:
    """Latin letters have one font, which stands out only when it is bold."""
    across, bold = ("both", False) if chinese else ("left", True)
    return (
        _Look("Normal", side=across, first=2),
        _Look("Title", TITLE, NO_2, "center", with_next=True, bold=bold),
        _Look("heading 1", BLACK, first=2, with_next=True, level=1, bold=bold),
        _Look("heading 2", KAI, first=2, with_next=True, level=2, bold=bold),
        _Look("header", BLACK, NO_4, "center", pitch=CLOSE_PITCH, colour=RGBColor(0xC0, 0, 0)),
        _Look("footer", SONG, NO_4, "right", pitch=CLOSE_PITCH),
        _Look(ISSUER, KAI, side="center", with_next=True),
        _Look(META, KAI, side="center"),
        _Look(ITEM, first=2),
        _Look(DEEP, first=2, left=2),
        _Look(SIGNED, side="right", right=2),
        _Look(CELL, size=SMALL_4, pitch=CLOSE_PITCH),
        _Look(CELL_HEAD, BLACK, SMALL_4, "center", pitch=CLOSE_PITCH, with_next=True, bold=bold),
    )


def lay_out(document: Document, drill: str, *, chinese: bool) -> None:
    """Make the empty document of the library a page of the standard; ``drill`` stands on the head of every page."""
    _forget(document)
    looks = "".join(_style(look) for look in _looks(chinese=chinese))
    document.styles.element[:] = list(_xml("styles", _DEFAULTS.format(fonts=_fonts(BODY)) + looks))
    document.settings.element[:] = list(_xml("settings", _SETTINGS))
    table = "".join(_FONT.format(name=name, other=other, family=family) for name, other, family in FONTS)
    blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {nsdecls("w")}>{table}</w:fonts>'
    part = Part(PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, blob.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)
    _page(document)
    section = document.sections[0]
    _number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)
    if drill:
        for head in (section.header, section.even_page_header):
            head.paragraphs[0].add_run(drill)


def _forget(document: Document) -> None:
    """Leave out what the library's template brings along and no paper needs."""
    kinds = RELATIONSHIP_TYPE
    for relations, kept in (
        (document.part.rels, {kinds.STYLES, kinds.SETTINGS}),
        (document.part.package.rels, {kinds.OFFICE_DOCUMENT, kinds.CORE_PROPERTIES}),
    ):
        for id_ in [id_ for id_, relation in relations.items() if relation.reltype not in kept]:
            del relations[id_]


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(297 - 37 - 225)
    section.left_margin, section.right_margin = Mm(28), Mm(210 - 28 - 156)
    section.header_distance = Mm(20)
    section.footer_distance = Mm(24.8)  # the middle of a line of 4号 lies 7 mm below the type area then
    grid = section._sectPr.find(qn("w:docGrid"))
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(LINE_PITCH))


def _number(paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    """``— 1 —`` at the outer edge, one character in."""
    paragraph.alignment = side
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Pt(NO_4)
    paragraph.add_run("— ")
    field = _xml("p", '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
                      '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
                      '<w:r><w:fldChar w:fldCharType="end"/></w:r>')  # fmt: skip
    paragraph._p.extend(list(field))
    paragraph.add_run(" —")


# -- as it is written ------------------------------------------------------------------------
_DEFAULTS = (
    "<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:lang w:val='en-US' w:eastAsia='zh-CN' w:bidi='ar-SA'/></w:rPr>"
    "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    "<w:style w:type='character' w:default='1' w:styleId='DefaultParagraphFont'>"
    "<w:name w:val='Default Paragraph Font'/><w:uiPriority w:val='1'/><w:semiHidden/></w:style>"
    "<w:style w:type='table' w:default='1' w:styleId='TableNormal'><w:name w:val='Normal Table'/><w:semiHidden/>"
    "<w:tblPr><w:tblInd w:w='0' w:type='dxa'/><w:tblCellMar><w:top w:w='28' w:type='dxa'/>"
    "<w:left w:w='85' w:type='dxa'/><w:bottom w:w='28' w:type='dxa'/><w:right w:w='85' w:type='dxa'/></w:tblCellMar>"
    "</w:tblPr></w:style>"
)

_SETTINGS = (
    "<w:evenAndOddHeaders/><w:characterSpacingControl w:val='compressPunctuation'/><w:compat>"
    "<w:compatSetting w:name='compatibilityMode' w:uri='http://schemas.microsoft.com/office/word' w:val='15'/>"
    "</w:compat><w:themeFontLang w:val='en-US' w:eastAsia='zh-CN'/>"
)

_FONT = (
    '<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="{family}"/></w:font>'
)


def _style(look: _Look) -> str:
    normal = look.name == "Normal"
    default, based = ("w:default='1'", "") if normal else ("", "<w:basedOn w:val='Normal'/>")
    level = f"<w:outlineLvl w:val='{look.level - 1}'/>" if look.level else ""
    bold = "<w:b/>" if look.bold else ""
    colour = f"<w:color w:val='{look.colour}'/>" if look.colour else ""
    return (
        f"<w:style w:type='paragraph' {default} w:styleId='{look.name.title().replace(' ', '')}'>"
        f"<w:name w:val='{look.name}'/>{based}<w:qFormat/>"
        f"<w:pPr><w:keepNext w:val='{look.with_next:d}'/><w:widowControl w:val='0'/>"
        f"<w:snapToGrid w:val='{look.pitch == LINE_PITCH:d}'/>"
        f"<w:spacing w:before='0' w:after='0' w:line='{look.pitch}' w:lineRule='exact'/>{_indent(look)}"
        f"<w:jc w:val='{look.side}'/>{level}</w:pPr>"
        f"<w:rPr>{_fonts(look.font)}{bold}{colour}<w:spacing w:val='{TIGHTER if look.size == NO_3 else 0}'/>"
        f"<w:sz w:val='{look.size * 2}'/><w:szCs w:val='{look.size * 2}'/></w:rPr></w:style>"
    )


def _indent(look: _Look) -> str:
    """In characters, and in twentieths of a point for whoever does not count characters."""
    sides = (("left", look.left), ("right", look.right), ("firstLine", look.first))
    said = "".join(f'w:{side}Chars="{n * 100}" w:{side}="{n * look.size * 20}" ' for side, n in sides)
    return f"<w:ind {said}/>"


def _fonts(font: str) -> str:
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{font}" w:cs="{LATIN}"/>'


def _xml(root: str, children: str) -> BaseOxmlElement:
    made = parse_xml(f"<w:{root} {nsdecls('w')}>{children}</w:{root}>")
    assert isinstance(made, BaseOxmlElement)
    return made
