from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    name = "territories"

    def ready(self):
        from territories.journal import receivers  # noqa: F401  registers them
