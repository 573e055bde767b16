"""The style and the icons that phones receive are those of everybody, in step and lighter."""

import gzip

from django.core.management import call_command

from rtr.lib.pictograms import ALL, PORTAL, names_in, on_portal, sprite_of
from rtr.management.commands import portal_look


def test_what_phones_receive_is_in_step():
    call_command("portal_look", check=True)


def test_a_rule_is_kept_when_its_classes_are_words_of_the_pages():
    css = 'a{x:"}"}.yes,.no{color: red}.no .yes{b:c}'
    narrow = "@media (min-width: 1px){.no{d:e}.yes:not(.no){f:g}}"

    kept = portal_look.kept(css + narrow, {"yes"})

    assert kept == 'a{x:"}"}.yes{color:red}@media (min-width:1px){.yes:not(.no){f:g}}'


def test_rules_of_the_team_stay_with_the_team():
    css = portal_look.made()["css/portal.css"]

    assert ".answer" in css and ".foot" in css and "@media print" in css
    assert ".sheet-tap" not in css and ".grid-form" not in css


def test_icons_come_from_the_small_file_on_a_page_for_a_person():
    assert names_in(PORTAL) < names_in(ALL)
    assert sprite_of("house") == ALL
    token = on_portal.set(True)
    try:
        assert sprite_of("house") == PORTAL
        only_of_the_team = min(names_in(ALL) - names_in(PORTAL))
        assert sprite_of(only_of_the_team) == ALL
    finally:
        on_portal.reset(token)


def test_style_and_icons_are_light():
    for text in portal_look.made().values():
        assert len(gzip.compress(text.encode())) < 24_000
