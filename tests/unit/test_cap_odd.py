"""Files of issuers nobody here ever saw: odd, good, and read fully (Done when 4)."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from app.domain.hazard import RAISES
from app.domain.warning import Alert
from app.services.cap import read_messages
from app.services.flood_words import alert_values
from tests.unit.odd_alerts import ODD

ZONE = ZoneInfo("Asia/Shanghai")


def seen(one: Alert, count: int) -> dict[str, object]:
    """What a message comes to, by the names that the table uses."""
    values = alert_values(one, drill=False)
    areas = [area for info in one.infos for area in info.areas]
    rings = [ring for area in areas for ring in area.polygons]
    return {
        "sent": one.sent, "status": one.status, "type": one.msg_type, "scope": one.scope, "notes": len(one.notes),
        "references": len(one.references), "colour": values.colour, "hazard": values.hazard, "code": values.type_code,
        "counts": values.counts, "expires": values.expires_at, "areas": len(areas), "count": count,
        "geocodes": sum(len(area.geocodes) for area in areas), "circles": sum(len(area.circles) for area in areas),
        "points": sum(map(len, rings)), "first": rings[0][0] if rings else None,
        "lifted": any(info.lifted for info in one.infos), "contact": "".join(info.contact for info in one.infos),
        "event_codes": sum(len(info.event_codes) for info in one.infos), "asks": values.hazard in RAISES,
    }  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_an_odd_file_is_read_fully(name: str) -> None:
    """Whatever wraps it, however its elements, times and shapes are written."""
    content, wanted = ODD[name]
    found = read_messages(content, ZONE)
    assert found.bad == ()
    got = seen(found.alerts[0], len(found.alerts))
    assert {key: got[key] for key in wanted} == wanted
