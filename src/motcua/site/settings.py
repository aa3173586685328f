"""Settings of every process. Where a store lies comes from the environment (`core/home.py`); the rest is code."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from motcua.foundation.core import home as homes
from motcua.foundation.core import keys, logs

HOME = homes.here()
if is_new := HOME.is_fresh and not os.environ.get("MOTCUA_NO_NEW_KEYS"):
    HOME.make()
# Reading the keys is all that settings do with them; `motcua` and its doctor say what to do where one is missing.
keys.ensure(HOME.keys, fresh=is_new)

SECRET_KEY = keys.load(HOME.keys, "django")[1].hex()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("MOTCUA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("MOTCUA_ORIGINS", "").split(",") if origin]
# Behind a proxy every caller has the proxy's address; only where one is named is what it says of the caller believed.
BEHIND_PROXY = os.environ.get("MOTCUA_PROXY") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
PUBLIC_ADDRESS = os.environ.get("MOTCUA_ADDRESS", "http://localhost:8000")

INSTALLED_APPS = [
    "motcua.foundation.core",
    "motcua.foundation.law",
    "motcua.foundation.organisations",
    "motcua.foundation.calendar",
    "motcua.foundation.identity",
    "motcua.foundation.indicators",
    "motcua.service.procedures",
    "motcua.service.dossiers",
    "motcua.steering.programme",
    "motcua.steering.reports",
    "motcua.steering.programme.needles",
    "motcua.demonstration",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "motcua.foundation.core.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "motcua.foundation.identity.middleware.acting",
    "motcua.foundation.calendar.middleware.one_calendar",
    "motcua.foundation.core.middleware.refusals",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "motcua.site.urls"
WSGI_APPLICATION = "motcua.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "motcua.foundation.core.context.shell",
                "motcua.foundation.identity.context.desk",
            ],
            "builtins": ["motcua.foundation.core.templatetags.kit", "motcua.foundation.core.templatetags.calls"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = {"default": homes.database_settings(HOME, os.environ.get("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Django's admin, signals and the built-in User are not used: they walk around verbs.
AUTH_USER_MODEL = "identity.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "motcua.foundation.identity.backends.PasswordBackend",
    "motcua.foundation.identity.backends.CodeBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "motcua.foundation.identity.secrets.PasswordRules"}]
LOGIN_URL = "/dang-nhap"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_LOCKOUT_CALLABLE = "motcua.foundation.identity.desk.locked_out"
# The lock lasts its time and no longer, and its tables hold no name that anybody typed.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "motcua.foundation.identity.backends.lock_name"
AXES_SENSITIVE_PARAMETERS = ["username", "code", "again", "next"]
AXES_DISABLE_ACCESS_LOG = True
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

SESSION_ENGINE = "motcua.foundation.identity.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_ADDRESS.startswith("https:")
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "motcua.foundation.core.pages.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if SESSION_COOKIE_SECURE else 0
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = ["motcua.foundation.core.files.uploads.LimitedUpload"]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME.root / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a folder that is not there yet
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 86_400
STORAGES = {
    "default": {"BACKEND": "motcua.foundation.core.files.storage.DurableFiles", "OPTIONS": {"location": HOME.files}},
    "staticfiles": {"BACKEND": "motcua.foundation.core.staticfiles.VersionedStaticFiles"},
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
SILENCED_SYSTEM_CHECKS = ["axes.W003", "axes.W006"]
LOGGING_CONFIG = None
logs.configure(os.environ.get("MOTCUA_LOG", "INFO"), as_json=not sys.stderr.isatty())
