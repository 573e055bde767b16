from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "journeys"

    def ready(self):
        from journeys import history, nightly  # noqa: F401  register themselves
        from journeys.activities import wording as of_sessions  # noqa: F401
        from journeys.appointments import calendars  # noqa: F401
        from journeys.appointments import wording as of_appointments  # noqa: F401
        from journeys.contracts import wording as of_signing  # noqa: F401
        from journeys.coordination import (
            cards,  # noqa: F401
            running,  # noqa: F401
        )
        from journeys.documents import tasks as documents_tasks  # noqa: F401
        from journeys.experiences import receivers  # noqa: F401
        from journeys.experiences.actions import living  # noqa: F401
        from journeys.frames import wording as of_tutors  # noqa: F401
        from journeys.messages import tasks  # noqa: F401
        from journeys.participants import wording as of_referrals  # noqa: F401
        from journeys.pathway import wording as of_follow_ups  # noqa: F401
        from journeys.portal import receivers as portal_receivers  # noqa: F401
        from journeys.portal import tasks as portal_tasks  # noqa: F401
        from journeys.portal import wording as of_ways_in  # noqa: F401
        from journeys.recognition import engine, story  # noqa: F401
        from journeys.recognition import receivers as recognition_receivers  # noqa: F401
        from journeys.recognition import wording as of_news  # noqa: F401
        from journeys.recognition.actions import giving  # noqa: F401
