"""Whom something is for, in words, before it is known who that is tonight."""

from __future__ import annotations

from app.domain.message import N_
from app.domain.topics import Audience
from app.render.sight import Sight

AUDIENCES = {
    Audience.BLOWER: N_("who blew it"),
    Audience.GRID_MEMBER: N_("grid member on duty"),
    Audience.GRID_LEADER: N_("community leader"),
    Audience.DUTY_OFFICER: N_("duty officers"),
    Audience.DUTY_LEADER: N_("duty leader"),
    Audience.STREET_ADMIN: N_("street admin"),
    Audience.ZONE_PLATFORM: N_("zone platform"),
    Audience.DEPARTMENT: N_("stationed officers"),
    Audience.BACKUP: N_("department's others"),
    Audience.APPROVER: N_("who approves it"),
    Audience.LEVEL: N_("who has it now"),
    Audience.DECIDER: N_("who decides it"),
    Audience.MEMBER: N_("the one named"),
}
"""Whom something is for, before it is known who that is tonight."""


def audience_words(audience: Audience, sight: Sight) -> str:
    """An audience in words."""
    return sight.t(AUDIENCES[audience])
