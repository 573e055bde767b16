from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    name = "territories"

    def ready(self):
        from territories.accounts import receivers  # noqa: F401  registers them
        from territories.journal import receivers as journal  # noqa: F401  the same
        from territories.members.actions import invitations  # noqa: F401  its nightly work
