from django.urls import path

from territories.coordination import consortium, organisations, places, undoing

urlpatterns = [
    # Structures
    path("structures/", organisations.organisations, name="organisations"),
    path("structures/ajouter/", organisations.OrganisationAdd.as_view(), name="organisation_add"),
    path("structures/<int:pk>/", organisations.organisation, name="organisation"),
    path(
        "structures/<int:pk>/modifier/",
        organisations.OrganisationEdit.as_view(),
        name="organisation_edit",
    ),
    path(
        "structures/<int:pk>/fermer/",
        organisations.OrganisationClose.as_view(),
        name="organisation_close",
    ),
    path(
        "structures/<int:pk>/rouvrir/",
        organisations.OrganisationReopen.as_view(),
        name="organisation_reopen",
    ),
    path(
        "structures/<int:pk>/supprimer/",
        organisations.OrganisationRemove.as_view(),
        name="organisation_remove",
    ),
    # Their part in the consortium
    path(
        "structures/<int:pk>/consortium/",
        consortium.ConsortiumAdd.as_view(),
        name="consortium_add",
    ),
    path(
        "structures/roles/<int:pk>/changer/",
        consortium.ConsortiumChange.as_view(),
        name="consortium_change",
    ),
    path(
        "structures/roles/<int:pk>/terminer/",
        consortium.ConsortiumEnd.as_view(),
        name="consortium_end",
    ),
    # Places and what is in them
    path("lieux/", places.places, name="places"),
    path("lieux/ajouter/", places.PlaceAdd.as_view(), name="place_add"),
    path("lieux/<int:pk>/", places.place, name="place"),
    path("lieux/<int:pk>/modifier/", places.PlaceEdit.as_view(), name="place_edit"),
    path("lieux/<int:pk>/fermer/", places.PlaceClose.as_view(), name="place_close"),
    path("lieux/<int:pk>/rouvrir/", places.PlaceReopen.as_view(), name="place_reopen"),
    path("lieux/<int:pk>/supprimer/", places.PlaceRemove.as_view(), name="place_remove"),
    path(
        "lieux/<int:pk>/equipements/ajouter/",
        places.EquipmentAdd.as_view(),
        name="equipment_add",
    ),
    path(
        "lieux/equipements/<int:pk>/modifier/",
        places.EquipmentEdit.as_view(),
        name="equipment_edit",
    ),
    path(
        "lieux/equipements/<int:pk>/retirer/",
        places.equipment_withdraw,
        name="equipment_withdraw",
    ),
    path("annuler/<slug:token>/", undoing.network_undo, name="network_undo"),
]
