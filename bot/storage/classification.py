"""What every column holds of people: by this a person's data is exported and erased."""

from collections.abc import Mapping
from enum import StrEnum


class Holds(StrEnum):
    WHOSE = "whose"
    """The id of the person whom the row is about: erased with them."""
    PROFILE = "profile"
    """What is known of that person; goes with the row."""
    WHO = "who"
    """The id of a person who did something: becomes a pseudonym."""
    NAMED = "named"
    """The id of a person whom something is left to: nobody's, once they are erased."""
    WORDS = "words"
    """What people typed: may name anybody."""
    NESTED = "nested"
    """JSON with ids and words in it."""
    KEY = "key"
    """Made by us; an id may be part of it."""
    FACT = "fact"
    """About the thing, or the message, and nobody in it."""
    TECHNICAL = "technical"
    """Counters and row ids, which tell nobody anything."""


W = Holds
HOLDS: Mapping[str, Mapping[Holds, str]] = {
    "programme": {
        W.FACT: "name label closures zone country region channel",
    },
    "groups": {
        W.FACT: "key prefix short name scope aliases settings zone channel state merged_into"
        " ended_at",
        W.TECHNICAL: "position",
    },
    "numbers": {W.FACT: "prefix last"},
    "people": {
        W.WHOSE: "user",
        W.PROFILE: "dm name handle zone zone_chosen country region country_chosen hours workdays"
        " away_until declared declaration admin external home_team guest bot left left_at"
        " welcomed_at facts_at",
    },
    "memberships": {W.WHOSE: "user", W.PROFILE: "group role named", W.TECHNICAL: "id"},
    "departures": {
        W.WHOSE: "user", W.PROFILE: "group at why roles refs settled_at", W.TECHNICAL: "id",
    },
    "channels": {W.FACT: "id name private archived bot_in shared"},
    "snapshots": {W.FACT: "group week at figures"},
    "digest_wishes": {W.WHOSE: "user", W.PROFILE: "group wish"},
    "items": {
        W.WHO: "created_by closed_by updated_by", W.WORDS: "text why evidence source_quote",
        W.KEY: "source_permalink",
        W.FACT: "ref group due_day due_at due_zone first_due created_at set_at state state_since"
        " closed_at source_channel source_ts source_meeting taken_back updated_at",
        W.TECHNICAL: "id number version",
    },
    "template_items": {
        W.WORDS: "text",
        W.FACT: "group name key offset role required anchor working_days rolls",
        W.TECHNICAL: "position",
    },
    "former_refs": {W.FACT: "ref item_id"},
    "assignments": {
        W.WHO: "user given_by", W.FACT: "item_id asked_at answer answered_at",
        W.TECHNICAL: "position",
    },
    "moves": {
        W.WHO: "by", W.WORDS: "because", W.FACT: "item_id old new at", W.TECHNICAL: "position",
    },
    "needs": {W.FACT: "item_id ref", W.TECHNICAL: "position"},
    "notes": {W.WHO: "by", W.WORDS: "text", W.FACT: "item_id at", W.TECHNICAL: "position"},
    "meetings": {
        W.WHO: "created_by updated_by", W.NAMED: "note_taker", W.WORDS: "title place why link",
        W.FACT: "ref kind template start_day start_at end_day end_at zone created_at series"
        " series_day state updated_at",
        W.TECHNICAL: "id number version",
    },
    "access_needs": {W.WHOSE: "user", W.PROFILE: "meeting_id access diet at"},
    "travels": {W.WHOSE: "user", W.PROFILE: "meeting_id booked at"},
    "step_outs": {W.WHO: "user by", W.FACT: "meeting_id agenda_item at"},
    "announcements": {
        W.KEY: "request", W.WHO: "by", W.WORDS: "text", W.FACT: "group at posted_at",
    },
    "meeting_groups": {W.FACT: "meeting_id group", W.TECHNICAL: "position"},
    "meeting_guests": {W.WHOSE: "user", W.PROFILE: "meeting_id", W.TECHNICAL: "position"},
    "preparation": {
        W.NAMED: "owner", W.WHO: "done_by", W.WORDS: "text why",
        W.FACT: "meeting_id n key role due required state done_at set_at",
    },
    "meeting_series": {W.FACT: "key step weekday nth until first at zone"},
    "feeds": {W.WHOSE: "user", W.PROFILE: "group at", W.KEY: "hash"},
    "former_meetings": {W.KEY: "request ref", W.NESTED: "former", W.FACT: "at"},
    "sittings": {
        W.WHO: "started_by ended_by", W.KEY: "thread_key",
        W.FACT: "meeting_id started_at channel ended_at",
    },
    "proceedings": {
        W.WHO: "by", W.WORDS: "text",
        W.FACT: "meeting_id n kind at ts ref agenda_item held taken_back", W.TECHNICAL: "id",
    },
    "proceeding_people": {W.WHO: "user", W.FACT: "line_id", W.TECHNICAL: "position"},
    "pasted_notes": {
        W.WHO: "by made_by", W.WORDS: "text", W.KEY: "key", W.FACT: "meeting at made_at",
    },
    "agenda_items": {
        W.WHO: "created_by", W.NAMED: "owner", W.WORDS: "topic link drafted",
        W.FACT: "meeting created_at minutes purpose source state carried refs drafted_minutes"
        " discussed_at",
        W.TECHNICAL: "id position",
    },
    "agendas": {W.FACT: "meeting changed_at drafted_at posted_at"},
    "former_agendas": {W.KEY: "request", W.NESTED: "former", W.FACT: "meeting at"},
    "minutes": {
        W.WHO: "accepted_by", W.NESTED: "frozen at_end",
        W.FACT: "meeting_id drafted_at actions_on publish_on comments_until accept_on state"
        " actions_at published_at accepted_at",
        W.TECHNICAL: "version",
    },
    "corrections": {
        W.WHO: "by", W.WORDS: "old new", W.FACT: "meeting_id at everywhere",
        W.TECHNICAL: "position",
    },
    "comments": {
        W.WHO: "by", W.WORDS: "text", W.FACT: "meeting_id at objects", W.TECHNICAL: "position",
    },
    "rsvps": {W.WHOSE: "user", W.NAMED: "substitute", W.PROFILE: "meeting_id answer at"},
    "deadlines": {
        W.NAMED: "owner", W.WHO: "created_by closed_by updated_by", W.WORDS: "text why note",
        W.FACT: "ref kind due first_due created_at set_at stage closed_at taken_back updated_at",
        W.TECHNICAL: "id number version",
    },
    "deadline_groups": {W.FACT: "deadline_id group", W.TECHNICAL: "position"},
    "deadline_needs": {W.FACT: "deadline_id ref", W.TECHNICAL: "position"},
    "deadline_moves": {
        W.WHO: "by", W.WORDS: "because", W.FACT: "deadline_id old new at", W.TECHNICAL: "position",
    },
    "deadline_quiet": {W.WHOSE: "user", W.PROFILE: "deadline_id until", W.TECHNICAL: "position"},
    "decisions": {
        W.WHO: "created_by updated_by", W.WORDS: "text why source_quote", W.KEY: "source_permalink",
        W.FACT: "ref group created_at state state_since review objections_by source_channel"
        " source_ts source_meeting taken_back updated_at",
        W.TECHNICAL: "id number version",
    },
    "objections": {
        W.WHO: "by", W.WORDS: "why", W.FACT: "decision_id at", W.TECHNICAL: "position",
    },
    "quiet": {W.WHOSE: "user", W.PROFILE: "item_id until", W.TECHNICAL: "position"},
    "history": {
        W.WHO: "by", W.KEY: "ref request", W.WORDS: "detail", W.NESTED: "before after",
        W.FACT: "at verb undone", W.TECHNICAL: "id version",
    },
    "outbox": {
        W.WHOSE: "lane", W.KEY: "key subject edits", W.NESTED: "message frozen",
        W.FACT: "kind planned at until way thread_ts bundle quiet_hours state why first_sent"
        " last_sent next_try channel ts unwanted",
        W.TECHNICAL: "seq id claim_no attempts merged_into",
    },
    "lanes": {
        W.WHOSE: "lane", W.FACT: "next_at paused_until pause_reason",
        W.TECHNICAL: "claim_no lease_until",
    },
    "inbox": {
        W.WHOSE: "user", W.KEY: "key alt", W.NESTED: "reply_json", W.FACT: "source kind at",
        W.TECHNICAL: "seq content_hash",
    },
    "marks": {W.KEY: "name value", W.FACT: "at"},
}  # fmt: skip
"""Of every table but its `team_id`, which says whose installation it is."""

ABOUT: Mapping[str, str] = {"history": "ref detail"}
"""Where somebody else's entry is about a person: their id stands in one of these columns."""
