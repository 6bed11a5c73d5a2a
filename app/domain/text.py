"""What may be stored of what people type: cleaning, caps, search keys, personal numbers (reliability 7)."""

from __future__ import annotations

import re
import unicodedata

from app.domain.errors import BadInput
from app.domain.message import N_, Message

TITLE_CAP = 200
"""Characters of a title."""
NOTE_CAP = 20_000
"""Characters of a note."""
NAME_CAP = 60
"""Characters of the name of a person, unit, department or place."""

MARKS_IN_A_ROW = 6
"""More combining marks than this on one character are a prank or an attack, not a language."""

_LINE_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # control (tab and line breaks are handled before)
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # soft hyphen, joiners, fillers
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f"  # zero width and bidi
    "\ud800-\udfff"  # lone surrogates
    "\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\ufff0-\ufffb\ufffe\uffff"  # noncharacters, variation selectors
    "\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # format controls of scripts
    "\U000e0000-\U000e0fff"  # tags and more variation selectors
    + "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]+"
)
# The next two are compiled by their first use: wide classes cost milliseconds that not every start needs.
_MAYBE_MARKS = f"[^\x00-\u02ff\u20f1-\u2cee\u3100-\ua66e\uac00-\ufb1d\U00020000-\U000e00ff]{{{MARKS_IN_A_ROW + 1},}}"
"""Runs that may hold too many marks; the ranges left out, Chinese above all, hold no combining mark."""

HAN = "[\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
"""One Chinese character, as a class of a regular expression."""

_TO_HALF_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}

_ID_CARD = (
    r"(?<![0-9])[1-9][0-9]{5}[ -]?(?:18|19|20)[0-9]{2}[ -]?(?:0[1-9]|1[0-2])"
    r"(?:0[1-9]|[12][0-9]|3[01])[ -]?[0-9]{3}[0-9Xx](?![0-9])"
)
_MOBILE = r"(?<![0-9])(?:\+?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])"
_PERSONAL = re.compile(f"{_ID_CARD}|{_MOBILE}")
_MOBILE_ONLY = re.compile(_MOBILE)
_ID_ONLY = re.compile(_ID_CARD)
_PHONE_FIELD = re.compile(r"\+?[0-9](?:[ -]?[0-9]){6,14}")
_SAMPLE_PHONE = re.compile(r"000-0000-[0-9]{4}")
_ANY_PHONE = re.compile(f"{_MOBILE}|(?<![0-9])(?:000-0000-[0-9]{{4}}|0[0-9]{{2,3}}-[0-9]{{7,8}})(?![0-9])")

_FIELDS = {"title": N_("Title"), "note": N_("Note"), "name": N_("Name"), "reason": N_("Reason")}


def clean(text: str, *, one_line: bool) -> str:
    """The text without what nobody can see: NFC, at most six combining marks in a row, ends stripped.

    Drops only invisible characters (decisions 8); private-use characters stay. Every line break becomes
    ``\\n``, a tab a space; with ``one_line`` runs of white space become one space. Idempotent; linear time.
    """
    text = visible(text)
    return " ".join(text.split()) if one_line else text.strip()


def visible(text: str) -> str:
    """``clean`` without touching blanks: for what is shown rather than stored, where they may be layout."""
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_BREAK.sub("\n", text).replace("\t", " ")
    # Before, because NFC sorts a long row of marks in quadratic time; after, because it may add some.
    text = re.sub(_MAYBE_MARKS, _few_marks, _INVISIBLE.sub("", text))
    return re.sub(_MAYBE_MARKS, _few_marks, unicodedata.normalize("NFC", text))


def _few_marks(run: re.Match[str]) -> str:
    """The run with the seventh and later marks of each row of combining marks left out."""
    kept: list[str] = []
    marks = 0
    for character in run.group():
        marks = marks + 1 if unicodedata.category(character).startswith("M") else 0
        if marks <= MARKS_IN_A_ROW:
            kept.append(character)
    return "".join(kept)


def within(text: str, cap: int, field: str) -> str:
    """The text itself; raises BadInput when it is over ``cap`` characters. Never cuts (decisions 8)."""
    if len(text) <= cap:
        return text
    raise BadInput(
        Message(
            "{field} is too long: {count} characters, at most {cap}. Nothing was cut; please shorten it.",
            {"field": Message(_FIELDS.get(field, field)), "count": len(text), "cap": cap},
        ),
        field=field,
    )


def accept(text: str, cap: int, field: str, *, one_line: bool) -> str:
    """``clean`` and ``within`` in one; a paste of megabytes is refused before it is cleaned.

    Up to four times the cap is cleaned first, because invisible characters and runs of blanks do not count.
    """
    within(text, 4 * cap + 1_000, field)
    return within(clean(text, one_line=one_line), cap, field)


def spaced(text: str) -> str:
    """A space around each Chinese character and no other white space, for full-text search (decisions 31)."""
    return " ".join(re.sub(f"({HAN})", r" \1 ", text).split())


def normalise_width(text: str) -> str:
    """Full-width ASCII and the ideographic space as ASCII, character for character (same length).

    For what is typed as a command or searched for; stored text keeps the width its author chose.
    """
    return text if text.isascii() else text.translate(_TO_HALF_WIDTH)


def looks_personal(text: str) -> tuple[int, int] | None:
    """``(start, end)`` of the first 18-digit identity or 11-digit mobile number in the text (domain 10).

    Full-width digits and groups divided by spaces or hyphens are seen too; samples ``000-0000-xxxx`` are not.
    """
    found = _PERSONAL.search(normalise_width(text))
    return found.span() if found else None


def find_phone(text: str) -> tuple[int, int] | None:
    """``(start, end)`` of the first mobile, landline (``0743-8222333``) or sample phone number in the text."""
    found = _ANY_PHONE.search(normalise_width(text))
    return found.span() if found else None


def mask_phone(text: str) -> str:
    """Mobile numbers in the text as ``138****5678`` (domain 10), and any number when it is the whole text.

    Sample phones ``000-0000-xxxx`` belong to nobody and stay.
    """
    flat = normalise_width(text)
    if _SAMPLE_PHONE.fullmatch(flat.strip()):
        return text
    if _PHONE_FIELD.fullmatch(flat.strip()):
        return _masked(flat)
    pieces: list[str] = []
    done = 0
    for found in _MOBILE_ONLY.finditer(flat):
        pieces += [text[done : found.start()], _masked(found.group())]
        done = found.end()
    return "".join((*pieces, text[done:]))


def mask_personal(text: str, *, landlines: bool = False) -> str:
    """The text for a paper that leaves the house: mobile and identity numbers with their middle masked.

    With ``landlines`` every phone number: for what a caller said of themselves (domain 10).
    """
    flat = normalise_width(text)
    if _PHONE_FIELD.fullmatch(flat.strip()):
        return mask_phone(text)
    spans = [(found.start(), found.end(), _masked_identity(found.group())) for found in _ID_ONLY.finditer(flat)]
    spans += [(found.start(), found.end(), _masked(found.group()))
              for found in (_ANY_PHONE if landlines else _MOBILE_ONLY).finditer(flat)
              if not _SAMPLE_PHONE.fullmatch(found.group())]  # fmt: skip
    pieces: list[str] = []
    done = 0
    for start, end, shown in sorted(spans):
        if start >= done:
            pieces += [text[done:start], shown]
            done = end
    return "".join((*pieces, text[done:]))


def _masked_identity(number: str) -> str:
    digits = re.sub(r"[ -]", "", number)
    return f"{digits[:6]}{'*' * (len(digits) - 10)}{digits[-4:]}"


def _masked(number: str) -> str:
    """First three and last four digits of a mobile number; of a shorter one only the last four."""
    digits = re.sub(r"[^0-9]", "", number)
    if len(digits) > 11 and digits.startswith("86"):
        digits = digits[2:]
    head = 3 if len(digits) >= 11 else 0
    return digits[:head] + "*" * (len(digits) - head - 4) + digits[-4:]
