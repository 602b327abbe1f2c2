"""What a break in the chain means, in words."""

from service_kit.audit.verifying import Break, Fault

_WORDS = {
    Fault.CHANGED: "The entry at position {first} is not what was sealed: one of its fields was changed.",
    Fault.REMOVED: "{count} at {place} {are} missing.",
    Fault.INSERTED: "There is another entry at position {first}: one was put in afterwards.",
    Fault.RELINKED: "The entry at position {first} does not follow the one before it: they were exchanged or replaced.",
    Fault.REWRITTEN: "Checkpoint {checkpoint} has seen another entry at position {last}: something at "
    "{place} was changed, and the chain computed anew.",
    Fault.TRUNCATED: "Checkpoint {checkpoint} has seen position {last}, but the chain ends before {first}.",
    Fault.CHECKPOINT_FORGED: "Checkpoint {checkpoint} (position {last}) was changed after it was signed.",
    Fault.CHECKPOINT_UNKNOWN_KEY: "Checkpoint {checkpoint} (position {last}) is signed by a key that is not trusted "
    "here. If it is one of before, its public key belongs into the key file.",
    Fault.CHECKPOINT_REMOVED: "Checkpoint {checkpoint} is missing; it should stand before position {last}.",
}


def words(found: Break) -> str:
    """A sentence for people."""
    number = found.last - found.first + 1
    count, are = ("The entry", "is") if number == 1 else (f"{number:,} entries", "are")
    place = f"position {found.first}" if number == 1 else f"positions {found.first} to {found.last}"
    return _WORDS[found.fault].format(**vars(found), count=count, are=are, place=place)
