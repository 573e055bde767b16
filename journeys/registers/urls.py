from django.urls import path

from journeys.registers.coordination import export, presence, registers, statements

R = "registres/<int:pk>/"
H = "coordination/releves/"

urlpatterns = [
    # A folder of their own: what works without network is scoped to it
    path("registres/", registers.registers, name="registers"),
    path("registres/feuille/", registers.shell, name="register_shell"),
    path("registres/hors-ligne.js", registers.worker, name="register_worker"),
    path(R, registers.register, name="register"),
    path(R + "tous/", registers.register_all, name="register_all"),
    path(R + "venue/", registers.register_walk_in, name="register_walk_in"),
    path(R + "synchro/", registers.register_sync, name="register_sync"),
    path(R + "annuler/<uuid:batch>/", registers.register_undo, name="register_undo"),
    path(R + "imprimer/", registers.register_print, name="register_print"),
    path(R + "csv/", export.register_csv, name="register_csv"),
    # A presence noted before there was a file
    path(
        "coordination/parcours/<int:pk>/presences/",
        presence.PresencePage.as_view(),
        name="presence_link",
    ),
    path(
        "coordination/parcours/<int:pk>/presences/<slug:rows>/annuler/",
        presence.presence_unlink,
        name="presence_unlink",
    ),
    # Hours of a month
    path(H, statements.statements, name="statements"),
    path(H + "mois/<slug:month>/", statements.statements, name="statements_of"),
    path(
        H + "mois/<slug:month>/preparer/", statements.statements_prepare, name="statements_prepare"
    ),
    path(H + "<int:pk>/", statements.statement, name="statement"),
    path(H + "<int:pk>/pdf/", statements.statement_pdf, name="statement_pdf"),
]
