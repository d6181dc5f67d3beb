"""The product's settings with what tests need: a fast password hasher, an in-memory mail box, a database to copy."""

import os
from pathlib import Path

from tests.in_memory import folder_for_tests, keep_servers_of_tests_in_memory
from tests.own_cluster import make_cluster_of_tests

os.environ.setdefault("CONSENTRY_EMBEDDED_FAST", "1")
keep_servers_of_tests_in_memory()
os.environ.setdefault("CONSENTRY_VAR", str(folder_for_tests()))
make_cluster_of_tests(Path(os.environ["CONSENTRY_VAR"]))

from consentry.project.settings import *  # noqa: E402, F403 - the product's settings are these settings

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # static files from the source, no collecting
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]  # as where the address is one that has passkeys
