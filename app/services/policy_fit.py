"""What of a policy does not fit the street it is for: told as warnings, since the street may be loaded later."""

from __future__ import annotations

from app.domain.message import Message
from app.domain.policy import Policy
from app.domain.street_index import StreetIndex


def misfits(policy: Policy, street: StreetIndex) -> tuple[Message, ...]:
    """A sentence for each department that leads or assists by default and is none of the street's.

    Nothing while the street has no departments at all.
    """
    if not street.departments:
        return ()
    named: dict[str, list[str]] = {}
    for matter in policy.types:
        for code in dict.fromkeys((matter.lead, *matter.assists)):
            if code and code not in street.departments:
                named.setdefault(code, []).append(matter.code)
    return tuple(
        Message(
            'The policy names "{department}" for {types}, but the street has no such department.',
            {"department": code, "types": tuple(types)},
        )
        for code, types in named.items()
    )
