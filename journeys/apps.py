from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "journeys"

    def ready(self):
        from journeys import history, nightly  # noqa: F401  register themselves
        from journeys.messages import tasks  # noqa: F401
