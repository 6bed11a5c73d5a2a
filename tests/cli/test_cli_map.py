"""`wangge org map` as it is typed: load, show, and what is refused."""

from __future__ import annotations

from pathlib import Path

from app.samples import MAP, sample_text
from tests.cli.conftest import ADMIN, Type
from tests.unit.maps import area, feature, ring, written


def test_a_map_is_loaded_and_shown(desk: Type, tmp_path: Path) -> None:
    """As JSON and as text with names, borders and the river; the same file once more changes nothing."""
    nothing = desk("org", "map", "show", "--json")
    assert (nothing.status, nothing.error["code"]) == (1, "not_found")
    path = tmp_path / "street.geojson"
    path.write_text("\ufeff" + sample_text(MAP), "utf-8")
    assert desk("org", "map", "load", str(path)).status == 1, "only the administrator"
    loaded = desk("--as", ADMIN, "org", "map", "load", str(path), "--json").document
    assert (loaded["version"], loaded["changed"], loaded["schematic"], loaded["missing"]) == (1, True, True, [])
    assert "Nothing has changed." in desk("--as", ADMIN, "org", "map", "load", str(path)).out
    shown = desk("org", "map", "show", "--json").document
    assert len(shown["grids"]) == 22
    assert shown["digest"] == loaded["digest"]
    assert shown["landmarks"] == [{"name": "Shuanghe Bridge", "kind": "bridge"}]
    text = desk("--lang", "zh", "org", "map", "show").out
    for name in ("双河一", "捧捧坳三", "万溶江", "┌", "示意图", "地图第 1 版 · 画了 22 个网格"):
        assert name in text


def test_missing_grids_and_things_left_aside_are_told(desk: Type, tmp_path: Path) -> None:
    """A map of two grids and a road is a map."""
    road = feature({"kind": "road"}, "LineString", [[0, 0], [9, 9]])
    path = tmp_path / "two.geojson"
    path.write_text(
        written([area("JF-SH-G01", ring((0, 0, 9, 9))), area("JF-SH-G02", ring((9, 0, 18, 9))), road]), "utf-8"
    )
    said = desk("--as", ADMIN, "org", "map", "load", str(path)).out
    assert "Map 1 is loaded." in said
    assert "2 grids drawn" in said
    assert "Not on the map: Shuanghe 3, Shuanghe 4" in said
    assert "1 feature is neither" in said
    assert "20 not on the map" in desk("org", "map", "show").out


def test_a_bad_map_is_refused_with_every_problem(desk: Type, tmp_path: Path) -> None:
    """Exit 2, sentences, nothing written."""
    path = tmp_path / "bad.geojson"
    path.write_text(written([area("XX", ring((0, 0, 9, 9))), area("JF-SH-G01", [[0, 0], [9, 0], [9, 9]])]), "utf-8")
    refused = desk("--as", ADMIN, "org", "map", "load", str(path), "--json")
    assert (refused.status, refused.error["total"]) == (2, 2)
    assert "feature 1: there is no grid XX" in str(refused.error)
    for words in (("org", "map", "load", "missing.geojson"), ("org", "map", "draw"), ("org", "map", "load")):
        said = desk("--as", ADMIN, *words)
        assert (said.status, "Traceback" in said.err) == (2, False)
    assert desk("org", "map").status == 2
    assert "show" in desk("org", "map", "--help").out
    assert desk("org", "map", "show").status == 1
