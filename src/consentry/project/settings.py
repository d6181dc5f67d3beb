"""Django's settings, made from the one Config. Nothing outside project/ reads them, but people/sealed.py its keys."""

from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from psycopg.conninfo import conninfo_to_dict

from consentry.project.config import read_config

CONFIG = read_config()


# The JSON that PostgreSQL builds must not depend on how the server was set up. No statement here is worth compiling,
# and a page of 10,000 records must fit into work_mem, or it goes through a file before it is sent.
_SESSION = "-c DateStyle=ISO -c IntervalStyle=iso_8601 -c extra_float_digits=1 -c jit=off -c work_mem=16MB"


def _database(url: str) -> dict[str, Any]:
    parts = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", None),
        "USER": parts.pop("user", None),
        "PASSWORD": parts.pop("password", None),
        "HOST": parts.pop("host", None),
        "PORT": parts.pop("port", None),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": _SESSION, **parts},
    }


# The program works as `default`; `owner` makes and migrates tables and is opened by nothing else.
DATABASES = {"default": _database(CONFIG.app_url), "owner": _database(CONFIG.owner_url)}
ATOMIC_REQUESTS = False

SECRET_KEY = CONFIG.secret_key
DEBUG = False
ALLOWED_HOSTS = list(CONFIG.allowed_hosts)
ROOT_URLCONF = "consentry.project.urls"
WSGI_APPLICATION = "consentry.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"
APPEND_SLASH = False
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

INSTALLED_APPS = [
    "consentry.audit",
    "consentry.schools",
    "consentry.people",
    "consentry.records",
    "consentry.partners",
    "consentry.connections",
    "consentry.returns",
    "consentry.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "oauth2_provider",
    "procrastinate.contrib.django",
    "django_htmx",
    "template_partials",
    "csp",
]

MIDDLEWARE = [
    "consentry.web.gate.refuse_unusable_addresses",
    "consentry.web.gate.keep_out_of_caches",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "consentry.web.gate.lead_back_from_too_much",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Sign-in
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "consentry.project.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Consentry: "
# A guesser is slowed down; the owner of an address, which anybody can guess at, is not shut out for long.
# All of a school may come from one address at a quarter to nine. Who guesses at codes has the password already.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "20/m/ip,20/5m/key",
    "second_factor": "10/5m/key,100/d/key",
    "single_sign_on": "120/m/ip",
    "company_link": "20/h/ip,5/d/key",
    "single_sign_on_answer": "120/m/ip",
}
ACCOUNT_SESSION_REMEMBER = False
SOCIALACCOUNT_ADAPTER = "consentry.project.sign_in.single_sign_on.SocialAccountAdapter"
PASSWORD_RESET_TIMEOUT = 96 * 60 * 60
"""Seconds for which a welcome or password link works. Source: HC-115000148485, 96 hours."""
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_FORMS = {"reset_password": "consentry.project.sign_in.forgotten_passwords.ForgottenPasswordForm"}
MFA_ADAPTER = "consentry.project.sign_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", *(["webauthn"] if CONFIG.can_use_passkeys else [])]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # e-mails are given by a site's administrators, so nobody takes another's
MFA_TOTP_ISSUER = "Consentry"
MFA_TOTP_TOLERANCE = 1  # half a minute either way, for phones whose clock is not right
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_FORMS = {
    "authenticate": "consentry.project.sign_in.second_factor_forms.CodeForm",
    "reauthenticate": "consentry.project.sign_in.second_factor_forms.ReauthenticateCodeForm",
    "activate_totp": "consentry.project.sign_in.second_factor_forms.SetUpAppForm",
    "authenticate_webauthn": "consentry.project.sign_in.second_factor_forms.PasskeyForm",
    "reauthenticate_webauthn": "consentry.project.sign_in.second_factor_forms.ReauthenticatePasskeyForm",
    "login_webauthn": "consentry.project.sign_in.second_factor_forms.PasskeySignInForm",
    "add_webauthn": "consentry.project.sign_in.second_factor_forms.AddPasskeyForm",
    "edit_webauthn": "consentry.project.sign_in.second_factor_forms.RenamePasskeyForm",
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

# Apps: OAuth 2 (RFC 6749, RFC 9700), client credentials and the connect link
OAUTH2_PROVIDER = {
    "OAUTH2_VALIDATOR_CLASS": "consentry.api.oauth.validator.ConsentryValidator",
    "OIDC_ISS_ENDPOINT": CONFIG.base_url,  # the issuer, byte for byte (RFC 8414, RFC 9207)
    "ACCESS_TOKEN_EXPIRE_SECONDS": 900,
    "AUTHORIZATION_CODE_EXPIRE_SECONDS": 60,
    "REFRESH_TOKEN_EXPIRE_SECONDS": 45 * 24 * 60 * 60,  # unused; the summer holidays are shorter
    "OAUTH2_RESPONSE_TYPES_SUPPORTED": ["code"],
    "OAUTH2_GRANT_TYPES_SUPPORTED": ["authorization_code", "client_credentials", "refresh_token"],
    "OAUTH2_TOKEN_ENDPOINT_AUTH_METHODS_SUPPORTED": ["client_secret_basic", "client_secret_post"],
    "OAUTH2_PROTECTED_RESOURCE_NAME": "Consentry",
    "SCOPES": {"records": "Read the records that each school has approved"},
    "DEFAULT_SCOPES": ["records"],
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    "ALLOW_URI_WILDCARDS": False,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    # Every gate of RFC 9700; among them: tokens are stored as hashes alone.
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "COMPLIANT_BCP_RFC9700_REFRESH_TOKEN": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_SCHEME": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_MATCHING": True,
    "COMPLIANT_BCP_RFC9700_PKCE_REQUIRED": True,
}

# What a browser is told
_SECURE = CONFIG.is_secure
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SESSION_COOKIE_NAME = "__Host-session" if _SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _SECURE else "csrf"
CSRF_TRUSTED_ORIGINS = [CONFIG.base_url]
CSRF_FAILURE_VIEW = "consentry.web.pages.errors.forged"
SESSION_ENGINE = "consentry.people.sessions"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_HSTS_SECONDS = 31536000 if _SECURE else 0
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # whether HSTS covers other names below the service's is for the owner of those names to say
    "security.W021",  # likewise the browsers' preload lists
    "security.W008",  # the proxy with the certificate leads http to https; the program is never reached by http
]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = CONFIG.var / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

PROCRASTINATE_IMPORT_PATHS = ["consentry.project.jobs", "consentry.project.jobs_of_returns"]

_MAIL = urlsplit(CONFIG.email_url)
DEFAULT_FROM_EMAIL = f"Consentry <no-reply@{urlsplit(CONFIG.base_url).hostname}>"
if CONFIG.mail_folder is not None:
    EMAIL_BACKEND = "consentry.project.private_folder.PrivateMails"
    EMAIL_FILE_PATH = str(CONFIG.mail_folder)
else:
    EMAIL_HOST, EMAIL_PORT = _MAIL.hostname, _MAIL.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.username or "", _MAIL.password or ""
    EMAIL_USE_TLS = _MAIL.scheme == "smtp+tls"

LOGGING_CONFIG = None
