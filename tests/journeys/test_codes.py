"""Codes given at the first minute: sayable, unpredictable, never twice (rule 1)."""

import random
import re
import unicodedata

import pytest

from journeys.participants import codes
from journeys.participants.models import GivenCode

CODE = re.compile(r"^\w{4,9}-[1-9]\d{3}$")


def plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def test_there_are_enough_words_and_each_is_easy_to_say():
    words = codes.code_words()

    assert len(words) >= 250
    assert all(word.isalpha() and word.isupper() and 4 <= len(word) <= 9 for word in words)
    assert any(plain(word) != word for word in words), "accents are kept"


def test_no_two_words_differ_by_their_accents_alone():
    words = codes.code_words()

    assert len({plain(word) for word in words}) == len(words)


def test_a_code_has_two_parts_and_fits_its_column(db):
    code = codes.new_code()

    assert CODE.match(code)
    assert len(code) <= GivenCode._meta.get_field("code").max_length


def test_many_codes_are_all_different_and_in_no_order(db):
    many = codes.new_codes(2000)

    assert len(set(many)) == 2000
    assert many != sorted(many)


def test_a_code_once_given_is_never_drawn_again(db, monkeypatch):
    monkeypatch.setattr(codes, "code_words", lambda: ("LOUTRE",))
    monkeypatch.setattr(codes, "HIGHEST", codes.LOWEST + 3)
    GivenCode.objects.bulk_create(GivenCode(code=f"LOUTRE-{n}") for n in (1000, 1001, 1003))

    assert codes.new_code() == "LOUTRE-1002"


def test_when_all_codes_are_given_it_says_so(db, monkeypatch):
    monkeypatch.setattr(codes, "code_words", lambda: ("LOUTRE",))
    monkeypatch.setattr(codes, "HIGHEST", codes.LOWEST)
    GivenCode.objects.create(code="LOUTRE-1000")

    with pytest.raises(codes.NoCodeLeft):
        codes.new_code()


def test_the_demonstration_draws_the_same_codes_from_the_same_chance(db):
    first, again = (codes.new_codes(20, chance=random.Random("talents")) for _ in range(2))

    assert first == again
