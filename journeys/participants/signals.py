"""What the chapters above are told of a person."""

from django.dispatch import Signal

# Arguments: participant; is_lost, whether the number is somebody else's from now on.
number_changed = Signal()
# Arguments: participant.
died = Signal()
