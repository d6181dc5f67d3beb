"""Settings as the documentation has them: what `startproject` writes, pages with a count; connections kept."""

from bench.peers.world import ENTERED, PARTS

SECRET_KEY = "bench"  # noqa: S105 - nothing is signed with it
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "bench.peers.drf.urls"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "oauth2_provider",
    "rest_framework",
    "bench.peers.drf",
]
AUTH_USER_MODEL = "drf.User"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
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
    "DEFAULT_PAGINATION_CLASS": "bench.peers.drf.pages.Counted",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
}
OAUTH2_PROVIDER = {"SCOPES": {"records": "Read the records"}}
