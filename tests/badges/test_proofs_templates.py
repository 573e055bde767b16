"""The quick path says what the general path says, whatever people write."""

import json
import random
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from badges.proofs import canonical, documents, templates
from badges.proofs.errors import ProofError
from tests.badges.proofs import HOST, badge, by_pyld, laser, le_dome, signed_support, support
from tests.badges.test_proofs_documents import refused
from tests.figures import count, figure

BADGES = count(60, full=1000)
PLAIN = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"
)
WILD = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=60),  # control characters too
    st.sampled_from(
        ["\x00\x07\x08\t\n\f\r\x1f\x7f", 'a"b\\c', "%s %(0)s %%", "مرحبا\u202e", "👩🏽‍🔧🏴󠁧󠁢󠁥󠁮󠁧󠁿", ""]
    ),
    st.sampled_from(
        ["é" * 10_000, "<urn:rtr:slot:0>", "urn:rtr:slot:1", "_:b0 _:c14n1", "\u2028\u0085"]
    ),
)
DATES = st.datetimes(
    min_value=datetime(1970, 1, 2), max_value=datetime(9000, 1, 1), timezones=st.just(UTC)
)
IDS = st.uuids().map(lambda uuid: f"urn:uuid:{uuid}")


@st.composite
def badges(draw, texts=WILD):
    """A badge as it may be once its texts were written by anybody, with or without each part."""
    some = lambda made: draw(st.none() | made)  # noqa: E731
    document = badge(
        id=f"{HOST}/credentials/{draw(st.uuids())}",
        subject=draw(IDS),
        valid_from=draw(DATES),
        awarded=some(DATES),
        valid_until=some(DATES),
        identity=some(st.just(documents.identity("a@b.example", salt="s"))),
        status=some(
            st.integers(0, 200_000).map(
                lambda index: documents.status_entry(list_url=f"{HOST}/s", index=index)
            )
        ),
        evidence=[
            documents.evidence(narrative="x", url=url)
            for url in draw(st.lists(st.sampled_from(["", f"{HOST}/e"]), max_size=3))
        ],
        endorsements=[signed_support()] * draw(st.integers(0, 1))
        + [support(id=draw(IDS))] * draw(st.integers(0, 1)),
    )
    for part in document.get("evidence", []):
        part["narrative"] = draw(texts)
    for part in document.get("endorsement", []):
        part["credentialSubject"]["endorsementComment"] = draw(texts)
    for part in document["credentialSubject"].get("identifier", []):
        part["salt"] = draw(texts)
    document["name"] = draw(texts)
    return document


@pytest.mark.trial
@settings(max_examples=BADGES, deadline=None, suppress_health_check=list(HealthCheck))
@given(badges())
def test_a_template_says_what_the_general_path_says(document):
    assert templates.canonize(document) == canonical.canonize(document)


@pytest.mark.trial
@settings(max_examples=BADGES, deadline=None, suppress_health_check=list(HealthCheck))
@given(badges(texts=st.text(PLAIN, max_size=60)))
def test_it_says_what_another_processor_says(document):
    assert templates.canonize(document) == by_pyld(document)


@pytest.mark.trial
def test_how_many_were_compared():
    figure("forme canonique par gabarit = voie générale", BADGES, "badges tirés au hasard")
    figure("forme canonique par gabarit = PyLD", BADGES, "sans caractères de contrôle")


@pytest.mark.parametrize("number", [0.1 + 0.2, 2.3522219000000177, 1.0, -0.5, 1e-7, 1 / 3, 60])
def test_a_stranger_s_number_has_the_digits_that_others_give_it(number):
    document = badge()
    document["credentialSubject"]["achievement"]["creditsAvailable"] = number

    assert templates.canonize(document) == by_pyld(document)


@pytest.mark.parametrize(
    "document",
    [
        badge(),
        support(),
        badge(endorsements=[signed_support()]),
        {"@context": badge()["@context"]} | laser(),
    ],
)
def test_the_order_of_members_changes_nothing(document):
    def shuffled(part):
        if isinstance(part, dict):
            items = random.Random(5).sample(list(part.items()), len(part))
            return {key: held if key == "@context" else shuffled(held) for key, held in items}
        return [shuffled(one) for one in part] if isinstance(part, list) else part

    assert (
        templates.canonize(shuffled(document)) == by_pyld(document) == canonical.canonize(document)
    )


def test_a_second_badge_does_not_go_through_rdf(monkeypatch):
    templates.canonize(badge())
    monkeypatch.setattr(canonical, "statements", None)

    assert "urn:uuid:2" in templates.canonize(badge(subject="urn:uuid:2"))


def test_parts_that_look_alike_go_through_the_general_path(monkeypatch):
    """Two blank nodes of one hash: only RDFC-1.0 in full can name them."""
    twice = [documents.evidence(narrative="Le même"), documents.evidence(narrative="Le même")]
    document = badge(evidence=twice)
    gone = []
    whole = canonical.canonize
    monkeypatch.setattr(canonical, "canonize", lambda part: gone.append(part) or whole(part))

    assert templates.canonize(document) == by_pyld(document)
    assert gone == [document]


def test_a_puzzle_is_refused_rather_than_solved():
    puzzle = badge(evidence=[documents.evidence(narrative="Le même")] * 40)

    with refused("too_complex"):
        templates.canonize(puzzle)


def test_a_template_kept_as_json_serves_again():
    document = badge()
    kept = json.loads(json.dumps(templates.of(document).dump()))

    again = templates.Template.load(kept)
    assert again.canonize(templates.split(document)[1]) == canonical.canonize(document)
    templates.remember(again)
    assert templates.of(document) is again


def test_a_changed_achievement_is_another_template():
    one, two = badge(), badge(achievement=laser() | {"name": "Autre"})

    assert templates.of(one) is not templates.of(two)
    assert templates.of(one) is templates.of(badge(subject="urn:uuid:3"))


# -- Nothing unsigned ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "members"),
    [
        ("unknown_term", {"situation": "x"}),
        ("unsigned_value", {"targetName": "hors de sa place"}),
        ("unsigned_value", {"hashed": True}),
        ("not_plain", {"@included": []}),
        ("not_plain", {"@graph": []}),
        ("not_plain", {"name": None}),
        ("not_plain", {"evidence": [[{"type": ["Evidence"]}]]}),
        ("not_plain", {"name": {"@value": "Autre"}}),
        (
            "unknown_term",
            {"https://www.w3.org/2018/credentials#validUntil": "2099-01-01T00:00:00Z"},
        ),
        ("unknown_term", {"type": ["VerifiableCredential", "OpenBadgeCredential", "Grade"]}),
        ("unknown_term", {"type": [{"id": "urn:x"}]}),
        ("unknown_term", {"type": {"id": "urn:x"}}),
        ("not_a_document", {"id": [badge()["id"]]}),
        ("not_a_document", {"id": {"id": badge()["id"]}}),
        ("bad_iri", {"id": 5}),
        ("bad_iri", {"id": "/credentials/1"}),
        ("bad_iri", {"id": "xsd:string"}),
        ("bad_iri", {"id": "https://a b"}),
        (
            "described_twice",
            {"relatedResource": [{"id": badge()["id"], "validUntil": "2099-01-01T00:00:00Z"}]},
        ),
        (
            "described_twice",
            {
                "relatedResource": [
                    {"id": badge()["credentialStatus"]["id"], "statusListIndex": "9"}
                ]
            },
        ),
        ("no_context", {"@context": [f"{HOST}/context.json"]}),
        ("unknown_context", {"@context": [*badge()["@context"], f"{HOST}/context.json"]}),
        (
            "inline_context",
            {"@context": [*badge()["@context"], {"validUntil": "https://x.example/"}]},
        ),
        ("too_complex", {"@context": badge()["@context"] * 2}),
        ("too_big", {"name": "é" * 200_000, "description": "Un badge"}),
        ("inline_context", {"issuer": le_dome() | {"@context": [badge()["@context"][0], {}]}}),
    ],
)
def test_a_document_of_which_something_would_not_be_signed_is_refused(code, members):
    for refuse in (canonical.check, templates.canonize, templates.canonize_once):
        with refused(code):
            refuse(badge() | members)


@pytest.mark.parametrize(
    "document", [None, [], "badge", 5, {}, {"id": float("nan")}, {"@context": []}]
)
def test_what_is_no_document_is_refused_by_name(document):
    with pytest.raises(ProofError):
        canonical.check(document)


def test_a_document_deeper_than_any_badge_is_refused():
    part = {"id": "urn:uuid:1"}
    for _level in range(2_000):
        part = {"id": "urn:uuid:1", "achievement": part}
    with refused("not_a_document"):
        canonical.check({"@context": badge()["@context"]} | part)
    nested = {"type": ["Profile"]}
    for _level in range(40):
        nested = {"type": ["Profile"], "parentOrg": nested}
    with refused("too_big"):
        canonical.check(badge(issuer=le_dome() | {"parentOrg": nested}))


def test_a_later_identifier_is_looked_at_too():
    templates.canonize(badge())

    with refused("bad_iri"):
        templates.canonize(badge(subject="nadia"))


@pytest.mark.parametrize("text", ["urn:rtr:slot:0", "<urn:rtr:slot:0>", '"urn:rtr:slot:0"'])
def test_words_that_look_like_a_stand_in_are_only_words(text):
    document = badge(evidence=[documents.evidence(narrative=text)])

    assert templates.canonize(document) == by_pyld(document)
    with refused("unsigned_value"):
        templates.canonize(badge(achievement=laser() | {"description": text}))
