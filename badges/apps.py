from django.apps import AppConfig


class BadgesConfig(AppConfig):
    name = "badges"

    def ready(self):
        from badges import checks  # noqa: F401  registers itself
        from badges.credentials import hooks, signing  # noqa: F401  the same
        from badges.verification.checking import checks_of
        from badges.wallet_api import receivers  # noqa: F401  the same

        hooks.checks_of = checks_of
