"""What is written once stays: triggers that refuse changes to events, words, policies and identity (reliability 9)."""

from __future__ import annotations


def _refuse(name: str, on: str, sentence: str, when: str = "") -> str:
    condition = f" WHEN {when}" if when else ""
    return f"CREATE TRIGGER {name} BEFORE {on}{condition} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"


TRIGGERS: dict[str, str] = {
    "event_no_update": _refuse("event_no_update", "UPDATE ON event", "events are never changed"),
    "event_no_delete": _refuse("event_no_delete", "DELETE ON event", "events are never deleted"),
    "words_only_emptied": _refuse(
        "words_only_emptied",
        "UPDATE ON words",
        "words are only ever emptied",
        "NEW.id <> OLD.id OR NEW.digest <> OLD.digest OR NEW.body IS NOT NULL",
    ),
    "words_no_delete": _refuse("words_no_delete", "DELETE ON words", "words are never deleted"),
    "policy_no_update": _refuse("policy_no_update", "UPDATE ON policy", "a policy version is never changed"),
    "policy_no_delete": _refuse("policy_no_delete", "DELETE ON policy", "a policy version is never deleted"),
    "patrol_rules_no_update": _refuse(
        "patrol_rules_no_update", "UPDATE ON patrol_rules", "a version of the rules is never changed"
    ),
    "patrol_rules_no_delete": _refuse(
        "patrol_rules_no_delete", "DELETE ON patrol_rules", "a version of the rules is never deleted"
    ),
    "street_map_no_update": _refuse(
        "street_map_no_update", "UPDATE ON street_map", "a version of the map is never changed"
    ),
    "street_map_no_delete": _refuse(
        "street_map_no_delete", "DELETE ON street_map", "a version of the map is never deleted"
    ),
    "meta_identity": _refuse(
        "meta_identity",
        "UPDATE ON meta",
        "a database keeps its identity, a drill stays a drill",
        "NEW.uuid <> OLD.uuid OR NEW.drill <> OLD.drill",
    ),
    "meta_no_delete": _refuse("meta_no_delete", "DELETE ON meta", "a database keeps its identity"),
}
"""Trigger name → statement. With recursive_triggers on they catch INSERT OR REPLACE as well."""
