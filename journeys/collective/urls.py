from django.urls import path

from journeys.collective import public
from journeys.collective.coordination import groups, journal, pairs, paths, productions

A, P, J, B = (
    "coordination/actions-collectives/",
    "coordination/productions/",
    "coordination/journal-de-groupe/",
    "coordination/binomes/",
)
urlpatterns = [
    # The action
    path(A, paths.collective_actions, name="collective_actions"),
    path(f"{A}ouvrir/", paths.CollectiveAdd.as_view(), name="collective_add"),
    path(f"{A}<int:pk>/", paths.collective, name="collective"),
    path(f"{A}<int:pk>/modifier/", paths.CollectiveEdit.as_view(), name="collective_edit"),
    path(f"{A}<int:pk>/terminer/", paths.CollectiveEnd.as_view(), name="collective_end"),
    # The group
    path(f"{A}<int:pk>/groupe/ajouter/", groups.Join.as_view(), name="collective_join"),
    path(
        f"{A}<int:pk>/groupe/<int:member>/retirer/",
        groups.Leave.as_view(),
        name="collective_leave",
    ),
    path(
        f"{A}<int:pk>/groupe/<int:member>/entretien-fait/",
        groups.interviewed,
        name="collective_interviewed",
    ),
    path(
        f"{A}<int:pk>/groupe/<int:member>/entretien/",
        groups.Interview.as_view(),
        name="collective_interview",
    ),
    # Its journal
    path(f"{A}<int:pk>/journal/", journal.journal_print, name="journal_print"),
    path(f"{A}<int:pk>/journal/ecrire/", journal.EntryAdd.as_view(), name="entry_add"),
    path(f"{J}<int:pk>/modifier/", journal.EntryEdit.as_view(), name="entry_edit"),
    path(f"{J}<int:pk>/retirer/", journal.entry_remove, name="entry_remove"),
    path(f"{J}<int:pk>/remettre/", journal.entry_restore, name="entry_restore"),
    path(f"{J}<int:pk>/photo/", journal.entry_photo, name="entry_photo"),
    # What it made
    path(P, productions.productions, name="productions"),
    path(
        f"{A}<int:pk>/productions/ajouter/",
        productions.ProductionAdd.as_view(),
        name="production_add",
    ),
    path(f"{P}<int:pk>/", productions.production, name="production"),
    path(f"{P}<int:pk>/modifier/", productions.ProductionEdit.as_view(), name="production_edit"),
    path(f"{P}<int:pk>/retirer/", productions.production_remove, name="production_remove"),
    path(f"{P}<int:pk>/remettre/", productions.production_restore, name="production_restore"),
    path(
        f"{P}<int:pk>/ajouter/<slug:what>/",
        productions.PartAdd.as_view(),
        name="production_part_add",
    ),
    path(f"{P}elements/<int:pk>/retirer/", productions.part_remove, name="production_part_remove"),
    path(f"{P}elements/<int:pk>/", productions.production_file, name="production_file"),
    path(f"{P}<int:pk>/auteurs/", productions.AuthorsAdd.as_view(), name="production_authors"),
    path(f"{P}auteurs/<int:pk>/", productions.ChoiceNote.as_view(), name="production_choice"),
    # Pairs
    path(B, pairs.pairs, name="pairs"),
    path(f"{B}noter/", pairs.PairAdd.as_view(), name="pair_add"),
    path(f"{B}<int:pk>/", pairs.pair, name="pair"),
    path(f"{B}<int:pk>/modifier/", pairs.PairEdit.as_view(), name="pair_edit"),
    path(f"{B}<int:pk>/retour/", pairs.FeedbackAdd.as_view(), name="pair_feedback"),
    # What the group shows to anybody
    path("groupes/<slug:slug>/", public.group, name="group"),
    path("groupes/<slug:slug>/fichiers/<int:part>/", public.group_file, name="group_file"),
]
