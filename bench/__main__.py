"""`make bench`: what pages cost against the least they could, on a database of N people.

The database, `rtr_bench`, is made on the configured server and dropped at the end; no other is
touched. Only ratios are printed: times depend on the machine.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.conf import settings

DATABASE = "rtr_bench"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rtr.settings")
    # The pages are drawn without the files that `collectstatic` would have to gather.
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.REQUIRE_SECOND_FACTOR = False  # whoever opens the pages has one role, and no device
    django.setup()
    from bench import lists, signing
    from bench.measuring import ratios, table
    from bench.people import fill

    count = int(os.environ.get("N", 100_000))
    with own_database():
        print(f"{count} personnes…", file=sys.stderr)
        user = fill(count)
        found = ratios(lists.measures(user))
    print(table(found))
    signed = signing.rates()
    print(f"\n{signing.table(signed)}")
    print(f"\n{_ideas()}")
    return int(any(ratio > measure.goal for measure, ratio in found) or not signing.reached(signed))


def _ideas() -> str:
    """What suggestions find, among the people of the demonstration."""
    from bench import suggestions
    from journeys.demo.filling import fill
    from rtr import scope

    with own_database():
        print("Les personnes de la démonstration…", file=sys.stderr)
        fill(report=lambda text: None)
        with scope.everything("bench"):
            return suggestions.table(suggestions.rounds())


@contextmanager
def own_database() -> Iterator[None]:
    """Work on `rtr_bench`, new and migrated; dropped on leaving, whatever happened."""
    from django.db import connection

    former = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = DATABASE
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(former, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
