"""Pages of the catalogue, for the team."""

from django.urls import path

from badges.achievements.coordination import (
    catalogue,
    exchanging,
    proposals,
    publishing,
    writing,
)

urlpatterns = [
    path("", catalogue.achievements, name="achievements"),
    path("ecrire/", writing.Add.as_view(), name="achievement_add"),
    path("apercu.svg", writing.preview, name="design_preview"),
    path("catalogue.json", exchanging.export, name="achievements_export"),
    path("importer/", exchanging.import_, name="achievements_import"),
    path("propositions/", proposals.proposals, name="proposals"),
    path("propositions/nouvelle/", proposals.Propose.as_view(), name="proposal_add"),
    path("propositions/<int:pk>/", proposals.Answer.as_view(), name="proposal"),
    path("<int:pk>/", catalogue.achievement, name="achievement"),
    path("<int:pk>/mots/", writing.Words.as_view(), name="achievement_words"),
    path("<int:pk>/rangement/", writing.Filing.as_view(), name="achievement_filing"),
    path("<int:pk>/correspondances/", writing.alignments, name="achievement_alignments"),
    path("<int:pk>/image/", writing.design, name="achievement_design"),
    path("<int:pk>/image/apporter/", writing.image, name="achievement_image"),
    path("<int:pk>/image.svg", catalogue.draft_image, name="achievement_draft_svg"),
    path("<int:pk>/publier/", publishing.Publish.as_view(), name="achievement_publish"),
    path("<int:pk>/retirer/", publishing.Retire.as_view(), name="achievement_retire"),
    path("<int:pk>/remettre/", publishing.Restore.as_view(), name="achievement_restore"),
    path("<int:pk>/jeter/", publishing.Drop.as_view(), name="achievement_drop"),
]
