"""Settings as an idiomatic service would have them: persistent connections, and no middleware that it does not need."""

from bench.peers.world import ENTERED, PARTS

SECRET_KEY = "bench"  # noqa: S105 - nothing is signed with it
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "bench.peers.drf.urls"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "oauth2_provider",
    "rest_framework",
    "bench.peers.drf",
]
AUTH_USER_MODEL = "drf.User"
MIDDLEWARE: list[str] = []
USE_TZ = True
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": PARTS["dbname"],
        "USER": PARTS["user"],
        "PASSWORD": PARTS["password"],
        "HOST": PARTS["host"],
        "PORT": PARTS["port"],
        "CONN_MAX_AGE": None,
        "OPTIONS": {"options": ENTERED},
    }
}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["oauth2_provider.contrib.rest_framework.OAuth2Authentication"],
    "DEFAULT_PERMISSION_CLASSES": ["oauth2_provider.contrib.rest_framework.TokenHasScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
}
OAUTH2_PROVIDER = {"SCOPES": {"records": "Read the records"}}
