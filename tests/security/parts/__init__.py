"""The proof's tables, chapter by chapter."""

from tests.security.parts import (
    activities,
    aids,
    appointments,
    badges,
    collective,
    experiences,
    frames,
    portal,
    recognition,
    registers,
    rights,
    suggestions,
)

# In the order in which their rows lean on each other.
PARTS = (
    activities,
    frames,
    registers,
    collective,
    experiences,
    appointments,
    aids,
    suggestions,
    portal,
    rights,
    badges,
    recognition,
)
