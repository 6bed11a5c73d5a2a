"""Traditional Chinese characters of warnings as simplified ones, so that words of either are found."""

from __future__ import annotations

_TABLE = str.maketrans(
    "颱風熱帶氣龍捲塵溫凍乾險災霧電強對積澇質傾瀉庫壩潰隄黃紅藍號級雲凝結氾濫漲潰閃災況範圍測預報聯檔驟與",
    "台风热带气龙卷尘温冻干险灾雾电强对积涝质倾泻库坝溃堤黄红蓝号级云凝结泛滥涨溃闪灾况范围测预报联档骤与",
)


def simplified(text: str) -> str:
    """The same text, character for character."""
    return text if text.isascii() else text.translate(_TABLE)
