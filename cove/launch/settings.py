"""Django's settings, from our environment."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from cove.launch.env import environment

_env = environment()


def _database(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "cove.kernel.database",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": query,
        "TEST": {"MIGRATE": False},
    }


SECRET_KEY = _env.secret_key
DEBUG = False
ALLOWED_HOSTS = ["*"]  # links are built from PUBLIC_URL, never from the Host header
PUBLIC_URL = _env.public_url
DATA_FOLDER = _env.data
STARTING_MARK = _env.starting_mark
CLICKHOUSE_URL = _env.effective_clickhouse_url
CLICKHOUSE_CLUSTER = _env.clickhouse_cluster
DATABASE_DSN = _env.effective_database_url
MAIL_SERVER = _env.mail_server
RETURNS_HOST = _env.host
RETURNS_PORT = _env.returns_port
DNS_SERVER = _env.dns_server
WEBHOOK_NETWORKS = _env.webhook_networks
EVENTS_PER_SOURCE = _env.events_per_source
EVENTS_PER_ADDRESS = _env.events_per_address

DATABASES = {
    "default": _database(_env.effective_database_url),
    "owner": _database(_env.effective_database_owner_url),
}
# The work process keeps a connection for each of nearly thirty consumers of the log; jobs, deliveries and checks need theirs besides.
DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 56, "timeout": 10}
# Counts of tries outlive the transaction that a refusal rolls back, so they have a connection of their own.
DATABASES["throttle"] = _database(_env.effective_database_url)
DATABASES["throttle"]["OPTIONS"]["pool"] = {"min_size": 0, "max_size": 4, "timeout": 10}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "cove.kernel.audit",
    "cove.kernel.log",
    "cove.kernel.signposts",
    "cove.kernel.jobs",
    "cove.kernel.files",
    "cove.kernel.changesets",
    "cove.kernel.mail",
    "cove.kernel.throttle",
    "cove.directory.org",
    "cove.directory.people",
    "cove.directory.privacy",
    "cove.engine.timeline",
    "cove.engine.tracking",
    "cove.engine.content.links",
    "cove.engine.channels.delivery",
    "cove.engine.channels.credits",
    "cove.engine.channels.doctor",
    "cove.engine.channels.wechat",
    "cove.engine.channels.wecom",
    "cove.engine.channels.email",
    "cove.engine.channels.webhooks",
    "cove.engine.channels.sms",
    "cove.engine.channels.ads",
    "cove.engine.audiences",
    "cove.engine.automation",
    "cove.business.live_codes",
    "cove.cockpit.insight",
    "cove.cockpit.workbench",
    "cove.cockpit.installation",
    "cove.edge",
    "cove.launch.apps.LaunchConfig",
]

MIDDLEWARE = [
    "cove.kernel.http.middleware.RequestFrame",
    "django.middleware.csrf.CsrfViewMiddleware",
]
ROOT_URLCONF = "cove.launch.urls"
ASGI_APPLICATION = "cove.launch.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

CSRF_COOKIE_NAME = "cove_csrf"
CSRF_HEADER_NAME = "HTTP_X_CSRFTOKEN"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https:")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

STORAGES = {
    "default": {
        "BACKEND": "cove.kernel.files.storage.DurableFolder",
        "OPTIONS": {"location": str(_env.data / "files"), "file_permissions_mode": 0o600},
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
LOGGING_CONFIG = None

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
SILENCED_SYSTEM_CHECKS = ["security.W001"]
