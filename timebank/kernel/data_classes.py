"""Four classes of data. Every column has one; it decides who reads it and where it may go.

care       signals, contact notes, reports, blocks: named workers of that neighbourhood, each look
           recorded; in no search index, mail, digest, log, list print or development dump
personal   the person; a counterpart as far as agreed; worker; admin for membership and the books
community  signed-in members of that community
public     anyone

Source: General Data Protection Regulation, articles 5, 9 and 25; the DPIA names the terms.
"""

from typing import Literal

DataClass = Literal["care", "personal", "community", "public"]

TABLES: dict[str, DataClass] = {
    "account": "personal",
    "account_exception": "personal",
    "account_exception_words": "personal",
    "area": "community",
    "attendance": "personal",
    "audit_entry": "personal",
    "block": "care",
    "checkin": "care",
    "chore": "community",
    "community": "public",
    "community_profile": "community",
    "community_word": "public",
    "consent": "personal",
    "contact": "care",
    "contact_aside": "care",
    "contact_sealed": "care",
    "contact_words": "care",
    "credential": "personal",
    "demo_person": "public",
    "desk_line": "personal",
    "desk_visit": "personal",
    "draft": "personal",
    "erasure": "personal",
    "entry": "personal",
    "exchange": "personal",
    "exchange_party": "personal",
    "exchange_proposal": "personal",
    "exchange_repair": "personal",
    "exchange_words": "personal",
    "form_key": "personal",
    "gathering": "community",
    "gathering_day": "personal",
    "gathering_guest": "personal",
    "hours_rule": "community",
    "household": "personal",
    "introduction": "care",
    "introduction_ask": "care",
    "introduction_step": "care",
    "introduction_wish": "personal",
    "known_device": "personal",
    "member_card": "personal",
    "mandate": "personal",
    "membership_appeal": "personal",
    "membership_leaving": "personal",
    "membership_reason": "personal",
    "message": "personal",
    "message_held": "personal",
    "migration": "public",
    "not_alike": "personal",
    "notice": "personal",
    "outbox": "personal",
    "party": "personal",
    "party_counter": "community",
    "person": "personal",
    "person_change": "personal",
    "place": "community",
    "post": "community",
    "post_hiding": "care",
    "report": "care",
    "report_voice": "care",
    "report_words": "care",
    "role": "community",
    "seal": "community",
    "seal_part": "community",
    "series": "personal",
    "session": "personal",
    "signal": "care",
    "signal_chance": "care",
    "signal_decision": "community",
    "signal_mute": "care",
    "signal_quarter": "community",
    "signal_run": "community",
    "signal_score": "care",
    "signal_step": "care",
    "signal_told": "care",
    "signal_told_words": "care",
    "throttle": "personal",
    "ticket": "personal",
    "tie_meeting": "personal",
    "transfer": "personal",
    "voucher": "personal",
    "welcome_done": "personal",
    "voucher_counter": "community",
    "voucher_rule": "community",
    "transfer_words": "personal",
}
"""Class of every column of a table that COLUMNS does not name."""

COLUMNS: dict[tuple[str, str], DataClass] = {
    ("community_profile", "hue"): "public",
    ("community_profile", "welcome"): "public",
    ("area", "name"): "public",
    ("person", "call_name"): "community",
    ("person", "area_id"): "community",
    ("person", "hidden"): "care",
    ("party", "kind"): "community",
    ("post", "entered_by_id"): "personal",
    ("post", "hidden_at"): "personal",
    ("post_hiding", "words"): "personal",
    ("message", "care"): "care",
}
"""Columns that differ from the rest of their table."""


WORDS: dict[str, tuple[str, ...]] = {
    "account_exception_words": ("reason",),
    "area": ("helper_phone",),
    "contact_words": ("words", "mood"),
    "credential": ("password_hash",),
    "demo_person": ("story",),
    "draft": ("path", "fields"),
    "exchange": ("title", "meet_at"),
    "exchange_proposal": ("meet_at",),
    "exchange_words": ("words",),
    "form_key": ("key", "location"),
    "introduction": ("reasons",),
    "membership_appeal": ("words",),
    "membership_reason": ("words",),
    "message": ("words",),
    "message_held": ("words",),
    "notice": ("details",),
    "outbox": ("payload",),
    "party": ("number",),
    "person_change": (
        "email", "phone", "phone_key", "reach_words", "street", "postcode",
    ),
    "person": (
        "full_name", "call_name", "sort_name", "skeleton", "email", "email_key", "phone",
        "phone_key", "reach_words", "street", "postcode", "likes", "dislikes",
    ),
    "post": ("title", "words", "when_text", "stems"),
    "post_hiding": ("words",),
    "report_words": ("words",),
    "session": ("device",),
    "signal": ("reasons",),
    "signal_score": ("reasons",),
    "signal_told_words": ("who", "words"),
    "transfer_words": ("words",),
}  # fmt: skip
"""Columns with what people wrote, or what names or describes a person. Erasure leaves nothing of
that person in any of them."""

OF_THE_COMMUNITY: dict[str, tuple[str, ...]] = {
    "area": ("name", "sort_name", "helper_hours", "walk_in"),
    "community": ("slug", "name"),
    "community_profile": ("welcome", "town"),
    "community_word": ("one", "many", "the"),
    "gathering": ("title", "words", "meet_at"),
    "place": ("name", "sort_name"),
}
"""Columns with words that the community chose for itself: whoever typed them, they stay. Every text
column in neither of the two holds codes of our own."""


def class_of(table: str, column: str) -> DataClass:
    """Class of a column. Raises KeyError for a table nobody classed."""
    return COLUMNS.get((table, column), TABLES[table])
