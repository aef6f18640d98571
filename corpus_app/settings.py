"""Settings, all from the environment; docs/operations.md lists them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ

from corpus_app import __version__
from corpus_app.database import sqlite_database
from corpus_app.secret import secret_key_from

VERSION = __version__
BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

CORPUS_DATA_DIR = Path(env.str("CORPUS_DATA_DIR", default=str(BASE_DIR / "var"))).expanduser().resolve()
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or secret_key_from(CORPUS_DATA_DIR)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Turn it on wherever there is a certificate.
HTTPS_ONLY = env.bool("HTTPS_ONLY", default=False)

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "search",
]

MIDDLEWARE = [
    "corpus_app.proxies.UntrustedProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "search.views.database.DatabaseMiddleware",
]

ROOT_URLCONF = "corpus_app.urls"
WSGI_APPLICATION = "corpus_app.wsgi.application"

# Two engines that never see each other's files: the admin's lie in the apps, the site's in templates/.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    {
        "NAME": "site",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "corpus_app.jinja.environment"},
    },
]

# Not as an address: a folder's name may hold what means something there (#, ?, %).
_SQLITE: dict[str, Any] = {"ENGINE": "django.db.backends.sqlite3", "NAME": CORPUS_DATA_DIR / "corpus.sqlite3"}
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url("DATABASE_URL") if env.str("DATABASE_URL", default="") else _SQLITE
}
_database = DATABASES["default"]
if _database["ENGINE"] == "django.db.backends.sqlite3":
    _database = DATABASES["default"] = sqlite_database(_database)
elif _database["ENGINE"] == "django.db.backends.postgresql":
    # A host that swallows packets would hold a request longer than gunicorn lets it live. What DATABASE_URL says goes before.
    _database["OPTIONS"] = {"connect_timeout": 5} | _database.get("OPTIONS", {})
# A new connection for each request would cost a page more than its queries do, and begin with an empty cache.
_database.setdefault("CONN_MAX_AGE", 60)
# One that was cut since the last request is noticed and made anew, instead of failing the request.
_database.setdefault("CONN_HEALTH_CHECKS", True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CORPUS_SEARCH_BACKEND = env.str("CORPUS_SEARCH_BACKEND", default="search.backends.whoosh.WhooshBackend")
CORPUS_INDEX_DIR = CORPUS_DATA_DIR / "index"
# Whether a first start loads the invented articles.
CORPUS_DEMO = env.bool("CORPUS_DEMO", default=True)

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ar", "العربية")]
LOCALE_PATHS = [BASE_DIR / "search" / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
# Served from where they lie, so that there is nothing to collect before a page can be shown.
WHITENOISE_USE_FINDERS = True
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# A long query is answered with our own message, so the limits below it must be higher.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
# A long article is saved in the admin as percent-encoded text, six bytes an Arabic letter.
DATA_UPLOAD_MAX_MEMORY_SIZE = 50 * 1024 * 1024

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS_ONLY
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS_ONLY
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = HTTPS_ONLY
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS_ONLY
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS_ONLY else 0
# These bind other sites under the same domain, for a year and longer, so they are asked for by name.
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS_ONLY and env.bool("HSTS_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = HTTPS_ONLY and env.bool("HSTS_PRELOAD", default=False)
# W005 and W021 ask for just these two.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"answers": {"()": "corpus_app.logs.AnswersWorthALine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["answers"]}},
    # It warns of each element of a page that it passes over.
    # And gunicorn of each HEAD request, whose body it leaves out.
    "loggers": {"trafilatura": {"level": "ERROR"}, "gunicorn.http.wsgi": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
