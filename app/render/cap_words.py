"""The code words of CAP in the reader's language; what the standard does not know stays as it was written."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.message import N_
from app.domain.warning_words import colour_named
from app.render.words import Words

_CODES: Mapping[str, Mapping[str, str]] = {
    "category": {
        "geo": N_("geology"), "met": N_("weather"), "safety": N_("public safety"), "security": N_("security"),
        "rescue": N_("rescue"), "fire": N_("fires"), "health": N_("public health"), "env": N_("environment"),
        "transport": N_("traffic"), "infra": N_("infrastructure"),
        "cbrne": N_("chemical, biological, radiological, nuclear"), "other": N_("other matters"),
    },
    "response": {
        "shelter": N_("take shelter"), "evacuate": N_("evacuate"), "prepare": N_("prepare"),
        "execute": N_("act as planned"), "avoid": N_("keep away"), "monitor": N_("follow the news"),
        "assess": N_("assess the situation"), "allclear": N_("all clear"), "none": N_("nothing is to be done"),
    },
    "urgency": {
        "immediate": N_("at once"), "expected": N_("within the hour"), "future": N_("in the near future"),
        "past": N_("no longer urgent"), "unknown": N_("urgency not known"),
    },
    "severity": {
        "extreme": N_("extreme"), "severe": N_("severe"), "moderate": N_("moderate"), "minor": N_("minor"),
        "unknown": N_("severity not known"),
    },
    "certainty": {
        "observed": N_("observed"), "likely": N_("likely"), "possible": N_("possible"), "unlikely": N_("unlikely"),
        "very likely": N_("likely"), "unknown": N_("certainty not known"),
    },
    "scope": {"public": N_("public"), "restricted": N_("restricted"), "private": N_("private")},
}  # fmt: skip
"""Code words by element, in lower case (CAP 1.2, 3.2.1 and 3.2.2)."""


def cap_word(kind: str, word: str, words: Words) -> str:
    """A code word as the reader says it; a severity may be a colour."""
    colour = colour_named(word) if kind == "severity" else None
    if colour is not None:
        return words.enum(colour)
    known = _CODES[kind].get(" ".join(word.split()).casefold())
    return words.t(known) if known else word
