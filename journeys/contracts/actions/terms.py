"""A programme's terms by language; contracts already frozen keep theirs."""

from django.db import transaction

from journeys.contracts.models import ContractWording
from territories.accounts.models import User
from territories.programmes.models import Programme


@transaction.atomic
def write_wordings(*, programme: Programme, by: User, texts: dict[str, str]) -> None:
    """Parameters: `texts`, language → terms; an empty one is taken away."""
    rows = ContractWording.objects.filter(programme=programme)
    for language, text in texts.items():
        if text:
            rows.update_or_create(programme=programme, language=language, defaults={"text": text})
        else:
            rows.filter(language=language).delete()
