"""What retention asks of this app each night; every step is safe to run twice."""

from django.utils import timezone

from journeys.appointments.actions.reminding import remind
from journeys.collective.actions.entries import erase_removed as erase_entries
from journeys.collective.actions.making import erase_removed as erase_productions
from journeys.contracts.actions.coding import forget_codes
from journeys.contracts.actions.erasing import erase_unsigned
from journeys.contracts.actions.linking import forget_signing_links, remind_signers
from journeys.documents.erasing import nightly as documents_nightly
from journeys.duplicates.actions.undoing import settle_merges
from journeys.experiences.actions.living import nightly as experiences_nightly
from journeys.frames.actions.immersions import end_due
from journeys.frames.actions.tutors import forget_tutor_links, remind_tutors
from journeys.messages.actions.erasing import forget_messages
from journeys.participants.actions import forget_call_back_numbers
from journeys.pathway.actions.lifecycle import nightly as pathway_nightly
from journeys.portal.actions import forget_cards, forget_entry_codes, forget_links
from journeys.registers.actions.stating import nightly as statements_nightly
from journeys.suggestions.fitting import fit_all
from journeys.transfers.actions import expire_transfers
from rtr import due


@due.register_nightly
def journeys_nightly() -> None:
    today = timezone.localdate()
    erase_unsigned(on=today)  # first: a file with an identity waits for it to go
    pathway_nightly(on=today)
    experiences_nightly()
    forget_links(on=today)
    forget_entry_codes(on=today)
    forget_cards(on=today)
    forget_signing_links(on=today)
    forget_codes(on=today)
    remind_signers(on=today)
    remind(on=today)
    forget_call_back_numbers()
    end_due(on=today)
    remind_tutors(on=today)
    forget_tutor_links(on=today)
    statements_nightly()
    settle_merges(on=today)
    expire_transfers(on=today)
    erase_entries()
    erase_productions()
    documents_nightly()
    forget_messages(on=today)


@due.register_nightly
def ideas_nightly() -> None:
    """Apart from the above: a model that cannot be made keeps nothing from being erased."""
    fit_all()
