"""What a badge states, from its rows; badges/proofs/documents.py decides how it is written."""

import json
from hashlib import sha256

from django.db.models import F, Q

from badges.achievements.documents import achievement
from badges.achievements.models import AchievementVersion
from badges.credentials.models import Credential
from badges.issuers.documents import profile
from badges.proofs import documents, templates
from badges.proofs.documents import Document
from rtr import scope

MOST_ENDORSEMENTS = 20  # embedded in one badge; its page shows them all
MOST_TEMPLATES = 32  # kept with a version: a shape for each issuer and set of optional parts


def built(credential: Credential) -> Document:
    """The AchievementCredential, not signed yet.

    Raises ProofError for a text that no page would have let in.
    Source: Open Badges 3.0, class AchievementCredential.
    """
    return documents.credential(
        id=credential.url,
        issuer=profile(credential.issuer),
        subject=f"urn:uuid:{credential.subject}",
        achievement=achievement(credential.version),
        valid_from=credential.valid_from,
        valid_until=credential.valid_until,
        awarded=credential.awarded_on,
        identity=_identity(credential),
        evidence=_evidence(credential),
        status=documents.status_entry(
            list_url=credential.status_list.url, index=credential.status_index
        ),
        endorsements=_endorsements(credential),
    )


def _identity(credential: Credential) -> Document | None:
    if not credential.identity_hash:
        return None
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": credential.identity_hash,
        "identityType": credential.identity_kind,
        "salt": credential.identity_salt,
    }


def _evidence(credential: Credential) -> list[Document]:
    narrative, url = credential.evidence_narrative, credential.evidence_url
    return [documents.evidence(narrative=narrative, url=url)] if narrative or url else []


def _endorsements(credential: Credential) -> list[Document]:
    """Those of the badge first, then those of its model and of its issuer; not withdrawn."""
    about = (
        Q(credential=credential) | Q(version=credential.version_id) | Q(issuer=credential.issuer_id)
    )
    # The model by its relation: its chapter is above this one.
    rows = credential.endorsements.model.objects.given().filter(about)
    with scope.everything("what is said in public of a badge model and of an issuer"):
        first = rows.order_by(F("credential").asc(nulls_last=True), "answered_on", "pk")
        texts = list(first.values_list("document", flat=True)[:MOST_ENDORSEMENTS])
    return [json.loads(text) for text in texts]


# -- Templates -----------------------------------------------------------------------------------

_recalled: set[int] = set()


def recall_templates(version: AchievementVersion) -> None:
    """Spare this process the compilation that another one did."""
    if version.pk not in _recalled:
        for dumped in version.templates.values():
            templates.remember(templates.Template.load(dumped))
        _recalled.add(version.pk)


def keep_template(version: AchievementVersion, document: Document) -> None:
    """Keep with a version the template that this document was canonised by."""
    template = templates.of(document)
    name = sha256(json.dumps(template.skeleton).encode()).hexdigest()[:16]
    if name in version.templates or len(version.templates) >= MOST_TEMPLATES:
        return
    version.templates[name] = template.dump()
    AchievementVersion.objects.filter(pk=version.pk).update(templates=version.templates)
