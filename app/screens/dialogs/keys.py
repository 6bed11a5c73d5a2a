"""The keys that forms have in common, as their edge and their help name them."""

from __future__ import annotations

from app.domain.message import N_
from app.render.ways import Way
from app.widgets.fields.lookup import LookupField

MISSING = N_("What is missing is asked for first.")
SEND = Way("Enter", N_("send"), MISSING)
RECORD = Way("Enter", N_("record"), MISSING)
FIELD = Way("↑↓", N_("field"), N_("The field above or below; Tab and Shift+Tab too."))
LEAVE = Way("Esc", N_("leave"), N_("What is typed is kept for the next time; F10 does the same."))
SAVE_DRAFT = Way("F5", N_("save as draft"), N_("A draft whistle in the list that anybody can blow later."))
LIST = LookupField.LIST
CLEAR = Way("F8", N_("clear"), N_("Throws away what is typed and begins with an empty form."), edge=False)
KEEP_WORDS = Way("F7", N_("keep the words"), N_("Writes what you typed into the case as a note."), edge=False)
SCROLL = Way("PgUp PgDn", N_("scroll"), N_("A form that is longer than the screen."), edge=False)
