"""The only file that reads the environment. Every variable is listed in docs/operations.md."""

import sys
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from rtr.lib import languages
from rtr.lib.secrets import local_secret_key
from rtr.postgres.embedded import database_settings

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = Path(env("RTR_LOCAL_DIR", default=str(BASE_DIR / ".local")))
TESTING = "pytest" in sys.modules

# -- What kind of run this is ------------------------------------------------------------------
# Demo mode lets the published demo password in; it is the default only on a private database.
DATABASE_URL = env("DATABASE_URL", default="")
EMBEDDED_POSTGRES = not DATABASE_URL
DEMO = env.bool("RTR_DEMO", default=False)
DEMO_PASSWORD = "talents-caches"  # noqa: S105  published on purpose
DEBUG = env.bool("RTR_DEBUG", default=False)
# A key made on the spot will do for a private database and for tests; production must be given one.
SECRET_KEY = env("SECRET_KEY", default="")
if not SECRET_KEY and not EMBEDDED_POSTGRES and not TESTING and not DEMO:
    raise ImproperlyConfigured("SECRET_KEY manque : avec DATABASE_URL, définissez-la.")
SECRET_KEY = SECRET_KEY or local_secret_key(LOCAL_DIR)
# What is encrypted at rest: the first one writes, all of them read.
ENCRYPTION_KEYS = env.list("ENCRYPTION_KEYS", default=[]) or [SECRET_KEY]
# This machine is always allowed: the health probe asks the process itself.
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", default=[]), "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env("SITE_URL", default="http://localhost:8000")
SECURE = SITE_URL.startswith("https://")
# Written inside every badge: it may not change any more once one was signed (badges/checks.py).
BADGES_URL = (env("BADGES_URL", default="") or SITE_URL).rstrip("/")

# -- Applications ------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.idp.oidc",
    "auditlog",
    "csp",
    "django_filters",
    "django_htmx",
    "phonenumber_field",
    "django_migration_linter",
    "rtr",
    "territories",
    "badges",
    "journeys",
    "evaluation",
]
if not TESTING and not env.bool("RTR_LINT", default=False):
    INSTALLED_APPS.remove("django_migration_linter")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "journeys.portal.light.LightMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "rtr.middleware.BoundedRequestMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "journeys.portal.helping.HelpingMiddleware",
    "journeys.portal.offline.AnswersMiddleware",
    "rtr.middleware.ScopeMiddleware",
    "rtr.middleware.AccessMiddleware",
    "journeys.portal.languages.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "auditlog.middleware.AuditlogMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "rtr.urls"
WSGI_APPLICATION = "rtr.wsgi.application"
FORM_RENDERER = "rtr.lib.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "rtr.home.context.frame",
            ],
            "builtins": [
                "rtr.templatetags.rtr",
                "journeys.templatetags.phases",
                "django.templatetags.i18n",
            ],
        },
    },
]

# -- Database ----------------------------------------------------------------------------------
if EMBEDDED_POSTGRES:
    DATABASES = {"default": database_settings(LOCAL_DIR, testing=TESTING)}
else:
    DATABASES = {"default": env.db_url_config(DATABASE_URL)}
DATABASES["default"] |= {
    "ENGINE": "rtr.postgres",
    "CONN_HEALTH_CHECKS": True,
    "CONN_MAX_AGE": 0 if TESTING else 600,
    "OPTIONS": {"connect_timeout": 3} | DATABASES["default"].get("OPTIONS", {}),  # sslmode…
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Counts of attempts at signing in, shared by all processes: in the database, whether Redis is there
# or not.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "rtr_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# -- Broker: Redis and Celery where there are, the sweeper alone where there are not -------------
REDIS_URL = env("REDIS_URL", default="")
CELERY_BROKER_URL = REDIS_URL or None
# A commit that hints at a due row waits a second at most for a broker that is away. A hint is not
# worth an acknowledgement, and kombu 5.7 stops the worker when it cannot give one back to a Redis
# that was cut.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
    "max_retries": 0,
    "ack_emulation": False,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker, for hours if need be
CELERY_TASK_ROUTES = {"*.nightly": {"queue": "slow"}}
CELERY_TASK_DEFAULT_QUEUE = "fast"
CELERY_TIMEZONE = "Europe/Paris"

# -- Accounts ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "territories.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "territories.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True  # twice
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True  # one address, replaced once the new one is confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True  # what changes how one signs in is told by mail
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_FORMS = {
    "request_login_code": "territories.accounts.forms.RequestCodeForm",
    "confirm_login_code": "territories.accounts.forms.ConfirmCodeForm",
    "confirm_reauthentication_code": "territories.accounts.forms.ConfirmAgainForm",
    "add_email": "territories.accounts.forms.EmailForm",
}
# The proxy that ends TLS says who called; sign-in attempts are counted by caller and by address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=int(SECURE))
# A second factor: an application, a passkey, and codes for the day both are lost.
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=not (DEMO or TESTING))
MFA_ADAPTER = "territories.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "RTR"
MFA_TOTP_TOLERANCE = 1  # phones' clocks differ
MFA_ALLOW_UNVERIFIED_EMAIL = True  # a manager gave the address
# Browsers themselves let passkeys work without TLS on this machine only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SITE_URL.startswith("http://localhost") and (
    DEBUG or DEMO or TESTING
)
MFA_FORMS = {
    "authenticate": "territories.accounts.forms.SecondFactorForm",
    "reauthenticate": "territories.accounts.forms.SecondFactorAgainForm",
    "activate_totp": "territories.accounts.forms.ApplicationForm",
    "add_webauthn": "territories.accounts.forms.PasskeyForm",
    "edit_webauthn": "territories.accounts.forms.PasskeyNameForm",
}
# Wallets of badges, by OAuth 2: tokens are looked up each time, none outlives its agreement.
IDP_OIDC_ADAPTER = "badges.wallet_api.adapter.WalletAdapter"
IDP_OIDC_DCR_ENABLED = True
IDP_OIDC_DCR_REQUIRES_INITIAL_ACCESS_TOKEN = False
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = 3600
IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN = 90 * 24 * 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "rtr"
# Messages name people: they stay on the server.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# -- Language and time -------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LOCALE_PATHS = [BASE_DIR / "locale"]
_spoken = languages.found(LOCALE_PATHS[0])
LANGUAGES = [(code, name) for code, name, _direction in _spoken]
LANGUAGES_BIDI = [code for code, _name, direction in _spoken if direction == "rtl"]
LANGUAGE_COOKIE_NAME = "langue"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True
PHONENUMBER_DEFAULT_REGION = "FR"

# -- Files -------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = LOCAL_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Tests read the files where they are; elsewhere `collectstatic` gathers them first.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = TESTING or DEBUG
# Papers about people live outside the web root; every download passes a view that checks.
PRIVATE_ROOT = Path(env("PRIVATE_ROOT", default=str(LOCAL_DIR / "private")))
STORAGES = {
    "default": {
        "BACKEND": "journeys.documents.storage.PrivateStorage",
        "OPTIONS": {"location": PRIVATE_ROOT},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "rtr.lib.light.LightStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_HANDLERS = ["rtr.lib.uploads.BoundedUploadHandler"]
UPLOAD_MOST_BYTES = 10 * 1024 * 1024  # of one file
REQUEST_MOST_BYTES = 100 * 1024 * 1024  # past it, a request is not read

# -- Mail --------------------------------------------------------------------------------------
EMAIL_BACKEND = env("EMAIL_BACKEND", default="django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = LOCAL_DIR / "mail"
EMAIL_TIMEOUT = 10
vars().update(env.email_url("EMAIL_URL") if env("EMAIL_URL", default="") else {})
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="RTR <ne-pas-repondre@demo.example>")

# -- Text messages (journeys/messages/providers), and what mail and text providers tell back -----
SMS_PROVIDER = env("SMS_PROVIDER", default="file")
SMS_FILE_PATH = LOCAL_DIR / "sms"
SMS_SENDER = env("SMS_SENDER", default="")
OVH_ENDPOINT = env("OVH_ENDPOINT", default="https://eu.api.ovh.com/1.0")
OVH_APPLICATION_KEY = env("OVH_APPLICATION_KEY", default="")
OVH_APPLICATION_SECRET = env("OVH_APPLICATION_SECRET", default="")
OVH_CONSUMER_KEY = env("OVH_CONSUMER_KEY", default="")
OVH_SMS_SERVICE = env("OVH_SMS_SERVICE", default="")
BREVO_ENDPOINT = env("BREVO_ENDPOINT", default="https://api.brevo.com/v3")
BREVO_API_KEY = env("BREVO_API_KEY", default="")
_needs = {
    "console": [],
    "file": [],
    "ovh": ["APPLICATION_KEY", "APPLICATION_SECRET", "CONSUMER_KEY", "SMS_SERVICE"],
    "brevo": ["API_KEY"],
}
if SMS_PROVIDER not in _needs:
    raise ImproperlyConfigured(f"SMS_PROVIDER : {', '.join(_needs)}.")
for _needed in _needs[SMS_PROVIDER]:
    if not vars()[f"{SMS_PROVIDER.upper()}_{_needed}"]:
        raise ImproperlyConfigured(f"{SMS_PROVIDER.upper()}_{_needed} manque : voir SMS_PROVIDER.")
ANYMAIL = {
    "BREVO_API_KEY": BREVO_API_KEY,
    "BREVO_API_URL": f"{BREVO_ENDPOINT}/",
    "REQUESTS_TIMEOUT": (3, EMAIL_TIMEOUT),
}
# Several of each, so that one may be replaced without missing anything.
WEBHOOK_SECRETS = env.list("WEBHOOK_SECRETS", default=[])
WEBHOOK_TOKENS = env.list("WEBHOOK_TOKENS", default=[])

# -- Headers -----------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^sante/"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "rtr.home.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# -- History -----------------------------------------------------------------------------------
AUDITLOG_LOGENTRY_MODEL = "territories.LogEntry"
AUDITLOG_DISABLE_REMOTE_ADDR = True
# Auditlog's own mask keeps the second half: « *es », « *****05-17 ».
AUDITLOG_MASK_CALLABLE = "territories.journal.models.masked"

# -- Logs: never a value typed by a person -------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "rtr": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING"},
    },
}
SILENCED_SYSTEM_CHECKS = []
