from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "journeys"

    def ready(self):
        from journeys.messages import tasks  # noqa: F401  says what sending a message is
