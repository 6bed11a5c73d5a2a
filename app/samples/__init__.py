"""Sample files that come with the program: the demo street and the default policy."""

from __future__ import annotations

from importlib.resources import files

STREET = "jifeng.toml"
"""吉凤街道 as demo data: role placeholders, no real person."""
POLICY = "policy.toml"
"""The default policy, every number commented with its source."""
PATROLS = "patrols.toml"
"""The default checklists, and the routes of the demo street."""
MAP = "jifeng.geojson"
"""吉凤街道 as a schematic map: who lies beside whom is invented, like the grids themselves."""


def sample_text(name: str) -> str:
    """The text of a sample file, one of those above; FileNotFoundError when there is none of that name."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")
