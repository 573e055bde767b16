"""PostgreSQL, told before each statement which territories it may show (rtr/scope.py).

The value is session-level and sent only when it differs from what this connection last got;
rollbacks and new connections forget it, aborted transactions are left alone.
"""

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base, features
from django.utils.translation import gettext as _
from psycopg.pq import TransactionStatus

from rtr import scope
from rtr.postgres import embedded


class DatabaseFeatures(features.DatabaseFeatures):
    minimum_database_version = (15,)  # Django refuses older ones at each connection


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
    told: str | None = None

    def get_new_connection(self, conn_params):
        if cluster := self.settings_dict.get("EMBEDDED"):
            embedded.join(cluster)
        return super().get_new_connection(conn_params)

    def refuse_powers(self) -> None:
        """Row-level security does not hold for a superuser, nor for a role with BYPASSRLS.

        Asked of every connection: gunicorn and Celery start without the system checks.
        """
        role, *powers = self.connection.execute(
            "select rolname, rolsuper, rolbypassrls from pg_roles where rolname = current_user"
        ).fetchone()
        if any(powers):
            self.close()
            raise ImproperlyConfigured(
                _(
                    "Le rôle PostgreSQL « %s » échappe à la sécurité par ligne (SUPERUSER ou"
                    " BYPASSRLS). Donnez à RTR un rôle simple, propriétaire de sa base."
                )
                % role
            )

    def _tell_first(self, execute, sql, params, many, context):
        self.tell()
        return execute(sql, params, many, context)

    def tell(self) -> None:
        wanted = scope.current()
        if self.told == wanted:
            return
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            return
        with self.wrap_database_errors:  # a lost connection is noticed here, and reopened
            self.connection.execute("select set_config('rtr.scope', %s, false)", [wanted])
        self.told = wanted

    def init_connection_state(self):
        super().init_connection_state()
        self.refuse_powers()
        # Compiling a page's query costs PostgreSQL seconds, and never saves them.
        self.connection.execute("set jit to off")
        self.told = None
        if self._tell_first not in self.execute_wrappers:
            self.execute_wrappers.insert(0, self._tell_first)

    def create_cursor(self, name=None):
        self.tell()
        return super().create_cursor(name)

    def _rollback(self):
        self.told = None
        return super()._rollback()

    def _savepoint_rollback(self, sid):
        self.told = None
        return super()._savepoint_rollback(sid)

    def _close(self):
        self.told = None
        return super()._close()
