"""Contracts, signatures and objectives: each signed text is the one the platform would write."""

import datetime
from collections.abc import Sequence

from dateutil.relativedelta import relativedelta
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from journeys.contracts.enums import Language, Method, Signer
from journeys.contracts.writing import compose, fingerprint
from journeys.demo.chance import Chance, Weights, days, working
from journeys.demo.ground import WORDS, Ground
from journeys.demo.lives import Story
from journeys.demo.objectives import Aim, Objectives
from journeys.demo.pages import handwriting
from journeys.demo.rows import Rows
from journeys.demo.talents import Talent
from journeys.documents.enums import DocumentKind
from journeys.models import Contract, Document, Participant, Signature, SignedText
from territories.journal.enums import Act

PHRASES = WORDS["phrases"]
LANGUAGES = Weights(
    {
        Language.FRENCH: 74,
        Language.EASY_FRENCH: 16,
        Language.ENGLISH: 2,
        Language.ARABIC: 4,
        Language.UKRAINIAN: 2,
        Language.OTHER: 2,
    }
)
WITH_INTERPRETER = {Language.ARABIC, Language.UKRAINIAN, Language.OTHER}
HOURS = [4, 6, 6, 8, 8, 10, 12, 14, 18]
IMAGE = "image/jpeg"


class Agreements:
    """Writes the contracts and objectives of the people of one territory."""

    def __init__(self, ground: Ground, rows: Rows, chance: Chance):
        self.ground, self.rows, self.chance = ground, rows, chance
        self.objectives = Objectives(ground, rows, chance)
        self.page = shared_page(ground)

    def write(self, person: Talent) -> None:
        life = person.life
        if life.prepared_on is None:
            return
        number = 1
        if life.story == Story.ACTIVE and self.chance.happens(0.03):
            self._write_cancelled(person)
            number = 2
        first, later, last = self.objectives.draw()
        if life.entry_on is None:
            self._write_prepared(person, first)
            return
        self._write_signed(person, number, life.prepared_on, life.entry_on, first)
        self.objectives.add_later(person, later, life.entry_on)
        self._maybe_amend(person, number + 1, [*first, *later], last)

    def _maybe_amend(self, person: Talent, number: int, before: list[Aim], last: Aim) -> None:
        """A new version, never an edit; it says again what goes on, and adds an objective."""
        on = self.chance.day(days(person.life.entry_on, 90), days(person.life.entry_on, 250))
        still = on < person.life.ends_on and not person.life.away_on(on)
        if still and self.chance.happens(0.05):
            going_on = [aim for aim in before if aim.goes_on(on)]
            self._write_signed(person, number, on, on, [last], again=going_on)

    # -- Contracts -------------------------------------------------------------------------------

    def _contract(self, person: Talent, number: int, prepared_on: datetime.date) -> Contract:
        """What is agreed, not yet written down."""
        months = self.ground.programme.journey_months
        limit = (person.life.entry_on or prepared_on) + relativedelta(months=months)
        language = self.chance.weighted(LANGUAGES)
        interpreter = ""
        if language in WITH_INTERPRETER:
            interpreter = self.chance.choice(PHRASES["interpreter"])
        return Contract(
            pk=self.rows.next_id(Contract),
            number=number,
            prepared_on=prepared_on,
            prepared_by_id=person.helper.user.pk,
            birth_date=person.birth_date,
            minimum_age=self.ground.programme.minimum_age,
            weekly_hours=self.chance.choice(HOURS),
            planned_end_on=days(limit, -self.chance.choice([0, 0, 0, 60, 90, 120])),
            language=language,
            interpreter=interpreter,
            read_aloud_by=person.helper.user.get_full_name() if self.chance.happens(0.35) else "",
        )

    def _write_signed(
        self,
        person: Talent,
        number: int,
        prepared_on: datetime.date,
        signed_on: datetime.date,
        objectives: list[Aim],
        again: Sequence[Aim] = (),
    ) -> None:
        contract = self._contract(person, number, prepared_on)
        self._freeze(contract, person, [*again, *objectives], prepared_on)
        contract.signed_on = signed_on
        self._add(contract, person)
        signers = [Signer.PARTICIPANT]
        if person.guardian:
            signers.append(Signer.GUARDIAN)
        if person.referent is None or self.chance.happens(0.6):
            signers.append(Signer.COORDINATOR)
        if person.referent and (Signer.COORDINATOR not in signers or self.chance.happens(0.5)):
            signers.append(Signer.REFERENT)
        for signer in signers:
            self._sign(contract, person, signer, signed_on)
        self.objectives.add(person, objectives, contract.pk, signed_on)
        person.acts += [(prepared_on, Act.CONTRACT_PREPARED), (signed_on, Act.CONTRACT_IN_FORCE)]

    def _write_prepared(self, person: Talent, objectives: list[Aim]) -> None:
        """A draft; half of them frozen, and waiting for one signature."""
        prepared_on = person.life.prepared_on
        contract = self._contract(person, 1, prepared_on)
        frozen = self.chance.happens(0.5)
        if frozen:
            self._freeze(contract, person, objectives, person.life.last_contact_on)
        self._add(contract, person)
        self.objectives.add(person, objectives, contract.pk, prepared_on)
        person.acts.append((prepared_on, Act.CONTRACT_PREPARED))
        if frozen:
            signer = Signer.REFERENT if person.referent else Signer.COORDINATOR
            self._sign(contract, person, signer, person.life.last_contact_on)
            person.acts.append((person.life.last_contact_on, Act.CONTRACT_FROZEN))

    def _write_cancelled(self, person: Talent) -> None:
        """A first draft that was set aside: nobody's identity is left in it."""
        cancelled_on = person.life.prepared_on
        prepared_on = max(person.life.first_contact_on, working(days(cancelled_on, -25)))
        contract = self._contract(person, 1, prepared_on)
        contract.birth_date, contract.cancelled_on = None, cancelled_on
        contract.interpreter = ""
        self._add(contract, person)
        person.acts.append((cancelled_on, Act.CONTRACT_CANCELLED))

    def _freeze(self, contract, person: Talent, objectives, on: datetime.date) -> None:
        participant = Participant(
            first_name=person.first_name,
            last_name=person.last_name,
            code=person.code,
            nickname=person.nickname,
            guardian=person.guardian,
        )
        contract.text = compose(contract, participant, self.ground.territory, objectives)
        contract.sha256 = fingerprint(contract.text)
        contract.frozen_at = self.chance.hour(on)

    def _add(self, contract: Contract, person: Talent) -> None:
        values = {
            field.attname: getattr(contract, field.attname)
            for field in Contract._meta.local_concrete_fields
            if not field.generated
        }
        self.rows.add(Contract, **values | person.of)
        if contract.sha256:
            self.rows.add(
                SignedText,
                sha256=contract.sha256,
                frozen_on=contract.frozen_at.date(),
                signed_on=contract.signed_on,
            )

    # -- Signatures: always one's own act (rule 4) -----------------------------------------------

    def _sign(self, contract: Contract, person: Talent, signer: str, on: datetime.date) -> None:
        colleague = person.referent if signer == Signer.REFERENT else person.coordinator
        user_id, page_id, name = colleague.user.pk, None, colleague.user.get_full_name()
        if signer == Signer.GUARDIAN:
            user_id, name = None, person.guardian
        if signer == Signer.PARTICIPANT:
            user_id, name = person.user_id, person.full_name
        if user_id is None:
            page_id = self._photograph(person, on)
        self.rows.add(
            Signature,
            **person.of,
            contract_id=contract.pk,
            signer=signer,
            user_id=user_id,
            name=name,
            method=Method.HANDWRITING if page_id else Method.SESSION,
            page_id=page_id,
            sha256=contract.sha256,
            signed_at=max(contract.frozen_at, self.chance.hour(on)),
            recorded_by_id=user_id or person.helper.user.pk,
        )

    def _photograph(self, person: Talent, on: datetime.date) -> int:
        pk = self.rows.next_id(Document)
        self.rows.add(
            Document,
            **self.ground.of,
            id=pk,
            participant_id=person.participant_id,
            kind=DocumentKind.SIGNED_PAGE,
            seen_by_id=person.helper.user.pk,
            seen_on=on,
            file=self.page,
            content_type=IMAGE,
            added_at=self.chance.hour(on),
        )
        return pk


def shared_page(ground: Ground) -> str:
    """One photographed page for all the handwritten signatures of a territory."""
    name = f"documents/{ground.territory.pk}/{'0' * 32}"
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(handwriting()))
    return name
