"""The second wall's scope follows the work: request, streamed answer, nested jobs, accidents."""

import pytest
from django.db import connection, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from psycopg import errors

from journeys.messages.models import OutboundMessage
from rtr import scope
from rtr.middleware import ScopeMiddleware


@pytest.fixture
def messages(caen, marseille):
    """One row in each territory."""
    with scope.everything("test"):
        for territory in (caen, marseille):
            OutboundMessage.objects.create(territory=territory, to="a@exemple.fr", body="…")


def count() -> int:
    return OutboundMessage.objects.count()


def test_no_scope_shows_no_row(messages):
    assert count() == 0

    with scope.everything("control"):
        assert count() == 2


def test_scope_shows_its_territories_and_the_previous_one_comes_back(messages, caen, marseille):
    with scope.over([caen.pk]):
        assert count() == 1
        with scope.over([caen.pk, marseille.pk]):
            assert count() == 2
        assert count() == 1
        with scope.over([]):
            assert count() == 0
        assert count() == 1
    assert count() == 0


def test_everything_wants_a_reason():
    with pytest.raises(ValueError, match="reason"), scope.everything(""):
        pass


def test_raw_sql_is_behind_the_wall_too(messages, caen):
    query = "select count(*) from journeys_outboundmessage"
    with connection.cursor() as cursor:
        with scope.over([caen.pk]):
            cursor.execute(query)
            assert cursor.fetchone() == (1,)

        cursor.execute(query)  # the same cursor, after the scope has gone
        assert cursor.fetchone() == (0,)


def test_server_side_cursor_keeps_the_scope_it_was_opened_in(messages, caen):
    with scope.over([caen.pk]):
        rows = OutboundMessage.objects.iterator(chunk_size=1)
        assert len(list(rows)) == 1


def test_row_of_another_territory_cannot_be_written(messages, caen, marseille):
    with scope.over([caen.pk]):
        assert OutboundMessage.objects.update(subject="Bonjour") == 1

        with pytest.raises(Exception, match="row-level security") as refusal:
            with transaction.atomic():
                OutboundMessage.objects.create(territory=marseille, to="a@exemple.fr", body="…")

    assert isinstance(refusal.value.__cause__, errors.InsufficientPrivilege)


# -- Requests ----------------------------------------------------------------------------------


def request_of(user):
    request = RequestFactory().get("/")
    request.user, request.session = user, {}
    return request


def test_request_is_scoped_to_the_territories_of_its_user(
    messages, coordinator, coordinator_of_marseille
):
    view = ScopeMiddleware(lambda request: HttpResponse(count()))

    assert view(request_of(coordinator)).content == b"1"
    assert view(request_of(coordinator_of_marseille)).content == b"1"
    assert count() == 0


def test_streamed_answer_keeps_the_scope_and_lends_it_to_nobody(
    messages, coordinator, coordinator_of_marseille, caen, marseille
):
    def territories():
        for _ in range(2):
            yield f"{OutboundMessage.objects.get().territory_id} "

    view = ScopeMiddleware(lambda request: StreamingHttpResponse(territories()))
    nadia = iter(view(request_of(coordinator)).streaming_content)
    omar = iter(view(request_of(coordinator_of_marseille)).streaming_content)

    answers = [next(nadia), next(omar), next(nadia), next(omar)]

    assert [int(answer) for answer in answers] == [caen.pk, marseille.pk] * 2
    assert count() == 0


def test_view_that_fails_leaves_no_scope(messages, coordinator):
    def fail(request):
        raise ValueError

    with pytest.raises(ValueError):
        ScopeMiddleware(fail)(request_of(coordinator))

    assert count() == 0


# -- Accidents ---------------------------------------------------------------------------------


def test_scope_outlives_a_savepoint_that_is_rolled_back(messages, caen, marseille):
    """PostgreSQL forgets, with the savepoint, the value it was told inside."""
    with scope.over([caen.pk]):
        with pytest.raises(ValueError), transaction.atomic():
            with scope.over([caen.pk, marseille.pk]):
                assert count() == 2
                raise ValueError
        assert count() == 1


@pytest.mark.django_db(transaction=True)
def test_scope_outlives_a_transaction_that_is_rolled_back(messages, caen):
    with scope.over([caen.pk]):
        with pytest.raises(ValueError), transaction.atomic():
            assert count() == 1
            raise ValueError
        assert count() == 1
    assert count() == 0


def test_scope_that_changes_in_an_aborted_transaction_is_told_afterwards(messages, caen):
    with transaction.atomic():
        savepoint = transaction.savepoint()
        with scope.over([caen.pk]):
            with pytest.raises(Exception, match="division by zero"):
                connection.cursor().execute("select 1 / 0")
        with pytest.raises(Exception, match="current transaction is aborted"):
            connection.cursor().execute("select 1")
        transaction.savepoint_rollback(savepoint)
        assert count() == 0
        with scope.over([caen.pk]):
            assert count() == 1


@pytest.mark.django_db(transaction=True)
def test_new_connection_is_told_the_scope(messages, caen):
    with scope.over([caen.pk]):
        assert count() == 1
        connection.close()
        assert count() == 1


@pytest.mark.django_db(transaction=True)
def test_connection_lost_between_two_requests_is_opened_again(messages, caen):
    with scope.over([caen.pk]):
        assert count() == 1
        connection.connection.pgconn.finish()  # as a server that restarts does
        with pytest.raises(Exception, match="connection"):
            count()
        connection.close_if_unusable_or_obsolete()
        assert count() == 1
