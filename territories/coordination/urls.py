from django.urls import path

from territories.coordination import context, imports, periods, quarters, settings, territories

urlpatterns = [
    # Settings, periods and targets
    path("reglages/", settings.programme_settings, name="programme_settings"),
    path(
        "reglages/changements/<int:pk>/annuler/",
        settings.programme_setting_undo,
        name="programme_setting_undo",
    ),
    path(
        "reglages/<slug:programme>/historique/",
        settings.programme_history,
        name="programme_history",
    ),
    path("reglages/<slug:programme>/periodes/", periods.periods, name="periods"),
    path(
        "reglages/<slug:programme>/periodes/ajouter/",
        periods.PeriodPage.as_view(),
        name="period_add",
    ),
    path(
        "reglages/<slug:programme>/periodes/<int:pk>/", periods.PeriodPage.as_view(), name="period"
    ),
    path(
        "reglages/<slug:programme>/periodes/<int:pk>/fermer/",
        periods.PeriodClose.as_view(),
        name="period_close",
    ),
    path(
        "reglages/<slug:programme>/periodes/<int:pk>/effacer/",
        periods.PeriodRemove.as_view(),
        name="period_remove",
    ),
    path(
        "reglages/<slug:programme>/<slug:subject>/",
        settings.SettingPage.as_view(),
        name="programme_setting",
    ),
    # Territories
    path("territoires/", territories.territories, name="territories"),
    path("territoires/ouvrir/", territories.TerritoryOpen.as_view(), name="territory_open"),
    path(
        "territoires/importer/<slug:programme>/contexte/",
        imports.ContextImport.as_view(),
        name="context_import",
    ),
    path(
        "territoires/importer/<slug:programme>/quartiers/",
        imports.QuarterImport.as_view(),
        name="quarters_import",
    ),
    path("territoires/contexte/annuler/<str:token>/", context.context_undo, name="context_undo"),
    path("territoires/<int:pk>/", territories.territory, name="territory"),
    path(
        "territoires/<int:pk>/modifier/", territories.TerritoryEdit.as_view(), name="territory_edit"
    ),
    # What it is made of
    path("territoires/<int:pk>/quartiers/", quarters.quarters, name="quarters"),
    path(
        "territoires/<int:pk>/quartiers/<str:kind>/",
        quarters.QuarterPage.as_view(),
        name="quarter_add",
    ),
    path(
        "territoires/<int:pk>/quartiers/<str:kind>/<int:row>/",
        quarters.QuarterPage.as_view(),
        name="quarter",
    ),
    path(
        "territoires/<int:pk>/quartiers/<str:kind>/<int:row>/retirer/",
        quarters.QuarterRemove.as_view(),
        name="quarter_remove",
    ),
    # Its context
    path("territoires/<int:pk>/contexte/ajouter/", context.FigureAdd.as_view(), name="context_add"),
    path(
        "territoires/<int:pk>/contexte/<int:figure>/",
        context.FigureEdit.as_view(),
        name="context_edit",
    ),
    path(
        "territoires/<int:pk>/contexte/<int:figure>/retirer/",
        context.FigureRemove.as_view(),
        name="context_remove",
    ),
]
