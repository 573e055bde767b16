from django.apps import AppConfig


class RtrConfig(AppConfig):
    name = "rtr"

    def ready(self):
        from rtr import checks  # noqa: F401  registers the system checks
