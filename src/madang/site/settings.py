"""Settings, read from the environment. Importing this module writes nothing anywhere.

| variable | meaning | default |
| --- | --- | --- |
| MADANG_DATA | folder of the database and files | `data` below the current folder |
| MADANG_KEYS | folder of keys, apart from data and backups | the data folder's name + `-keys` |
| MADANG_DATABASE_URL | `postgresql://user:password@host:port/name` | SQLite in the data folder |
| MADANG_HOSTS | host names served, comma separated | loopback only |
| MADANG_URL | the public address, for links in mails | `http://127.0.0.1:8000` |
| MADANG_NODE | short name of this installation | `main` |
| MADANG_DEMO | `1`: the demo (loopback only) | off |
| MADANG_SMTP_URL | `smtp://user:password@host:port` (`smtp+starttls:`, `smtps:`) | outbox only |
| MADANG_TIME_ZONE | the organiser's time zone, on pages that are of no edition | `UTC` |
| MADANG_FROM | sender of mails | `madang@localhost` |
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from madang.site import folders

PACKAGE = Path(__file__).resolve().parent.parent


def _flag(name: str) -> bool:
    return os.environ.get(name, "") in {"1", "true", "yes"}


# --- Where things are ---------------------------------------------------------------------------
MADANG_DATA = folders.data()
MADANG_KEYS = folders.keys()
MADANG_NODE = os.environ.get("MADANG_NODE") or "main"
MADANG_DEMO = _flag("MADANG_DEMO")
MADANG_URL = (os.environ.get("MADANG_URL") or "http://127.0.0.1:8000").rstrip("/")
MADANG_FILES = MADANG_DATA / "files"
MADANG_FILE_LIMIT = 50 * 1024 * 1024  # bytes of one uploaded file

_secret = MADANG_KEYS / "session.key"
SECRET_KEY = _secret.read_text().strip() if _secret.is_file() else ""

# --- Who is served ------------------------------------------------------------------------------
DEBUG = False
_LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = (
    _LOOPBACK
    if MADANG_DEMO or not os.environ.get("MADANG_HOSTS")
    else [host.strip() for host in os.environ["MADANG_HOSTS"].split(",")]
)
_SECURE = MADANG_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [MADANG_URL] if _SECURE else []

# --- The house ----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "madang.site",
    "madang.newsroom",
    "madang.logistics",
    "madang.cohorts",
    "madang.nominations",
    "madang.workshops",
    "madang.documents",
    "madang.people",
    "madang.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "madang.site.middleware.DemoClockMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "madang.people.visitors.WhoMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "madang.people.middleware.StrongSignInMiddleware",
]
ROOT_URLCONF = "madang.site.urls"
WSGI_APPLICATION = "madang.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "madang.site.context.page",
            ],
            "builtins": ["madang.site.templatetags.madang"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"


# --- Engines ------------------------------------------------------------------------------------
def _database() -> dict[str, object]:
    url = os.environ.get("MADANG_DATABASE_URL")
    if url:
        parts = urlsplit(url)
        return {
            "ENGINE": "madang.core.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": MADANG_DATA / "madang.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A write transaction takes its lock at the start, so it can't fail half-way for one.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA cache_size=-16000;",
        },
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = MADANG_FILES
STATIC_URL = "/static/"
STATIC_ROOT = MADANG_DATA / "static"
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- Languages and time -------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fa", _("Persian"))]
LOCALE_PATHS = [PACKAGE / "site" / "locale"]
TIME_ZONE = os.environ.get("MADANG_TIME_ZONE") or "UTC"
USE_TZ = True

# --- Accounts -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "madang.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Nobody signs up (see the adapter); that a password is listed here lets accounts have one.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # seconds: mail to some ministries is slow
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
# Forty participants in one hall share an address; one account does not need forty codes.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "request_login_code": "60/m/ip,3/m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _SECURE else 0
MFA_ADAPTER = "madang.people.adapters.MfaAdapter"
MFA_FORMS = {"add_webauthn": "madang.people.forms.passkeys.AddPasskeyForm"}
MFA_TOTP_ISSUER = "Madang"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # else nobody with a passkey could ask for another address
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _SECURE
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True

# --- Security headers ---------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = _SECURE
SECURE_HSTS_SECONDS = 31_536_000 if _SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _SECURE
if _SECURE:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- Mail ---------------------------------------------------------------------------------------
EMAIL_BACKEND = "madang.core.mail.OutboxBackend"
MADANG_SMTP_URL = os.environ.get("MADANG_SMTP_URL", "")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("MADANG_FROM") or "madang@localhost"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"tokens": {"()": "madang.core.log_lines.WithoutTokens"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["tokens"],
        }
    },
    "root": {"handlers": ["console"], "level": os.environ.get("MADANG_LOG", "WARNING")},
    # Whoever asks for another host than ours gets an error; a log full of them helps nobody.
    "loggers": {"django.security.DisallowedHost": {"handlers": [], "propagate": False}},
}
