"""An achievement as the world reads it. Source: Open Badges 3.0, class Achievement."""

from django.conf import settings

from badges.achievements.enums import Category
from badges.achievements.models import AchievementVersion, Alignment
from badges.proofs import documents
from badges.proofs.documents import Document

# Words of AchievementType, or ours, marked `ext:` as it wants.
TYPES = {
    Category.KNOWLEDGE: "Competency",
    Category.KNOW_HOW: "ext:KnowHow",
    Category.PARTICIPATION: "ext:Participation",
    Category.COMMITMENT: "ext:Commitment",
    Category.PROJECT: "ext:Project",
    Category.RECOGNITION: "ext:Recognition",
}


def url_of(version: AchievementVersion) -> str:
    """Its `id`, for ever."""
    return f"{settings.BADGES_URL}/modeles/{version.uuid}"


def achievement(version: AchievementVersion) -> Document:
    """What is recognised, as it is inside a badge and at its own address.

    It names neither the programme nor who wrote it: the issuer of the badge does.
    """
    return documents.achievement(
        id=url_of(version),
        name=version.name,
        description=version.description,
        criteria=version.criteria,
        criteria_url=url_of(version),
        category=TYPES.get(version.category, ""),
        image=f"{url_of(version)}/image.svg" if version.image_svg else "",
        alignments=[_alignment(one) for one in version.alignments.all()],
        tags=version.tags,
        language=version.language,
        version=str(version.number),
    )


def _alignment(one: Alignment) -> Document:
    return documents.alignment(
        name=one.name,
        url=one.url,
        framework=one.get_framework_display(),
        code=one.code,
        kind=f"ext:{one.framework.upper()}",
    )
