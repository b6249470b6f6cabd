"""Time-ordered identifiers (RFC 9562, UUID version 7)."""

import os
import secrets
import time
import uuid


def uuid7() -> uuid.UUID:
    """A new UUIDv7: 48 bits of Unix milliseconds, then random bits.

    Keys made close together land close together in an index, and nobody can count a tenant's
    rows from an address.
    """
    stamp = time.time_ns() // 1_000_000
    value = (stamp & 0xFFFFFFFFFFFF) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


def uuid7_texts(count: int) -> list[str]:
    """So many at once in ascending order, written out: for statements that write whole columns."""
    stamp = f"{time.time_ns() // 1_000_000 & 0xFFFFFFFFFFFF:012x}"
    start, chance = f"{stamp[:8]}-{stamp[8:]}-7", os.urandom(10 * count).hex()
    return sorted(
        f"{start}{chance[n : n + 3]}-{'89ab'[int(chance[n + 3], 16) & 3]}{chance[n + 4 : n + 7]}"
        f"-{chance[n + 7 : n + 19]}"
        for n in range(0, 20 * count, 20)
    )
