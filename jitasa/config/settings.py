"""Django settings. Everything an operator may change comes from the environment (``env.py``)."""

from datetime import timedelta
from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from jitasa.config import env
from jitasa.config.database_settings import database, pooled, replica
from jitasa.config.private_files import keep_private
from jitasa.config.secret import PURPOSES, key_ring
from jitasa.queues import QUEUES, UNNAMED
from jitasa.ui.static_policy import short_policy

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.folder("JITASA_DATA_DIR", BASE_DIR.parent / "data")
DEBUG = env.flag("JITASA_DEBUG", False)
keep_private(DATA_DIR)
# One key for each purpose (jitasa/keys.py); Django's own signs sessions, messages and forms.
KEYS = {purpose: key_ring(purpose, DATA_DIR) for purpose in PURPOSES}
SECRET_KEY, SECRET_KEY_FALLBACKS = KEYS["secret"].current, list(KEYS["secret"].previous)
SITE_URL = env.text("JITASA_SITE_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = [
    host for host in env.text("JITASA_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host
]
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []
HTTPS = SITE_URL.startswith("https://")
BEHIND_PROXY = env.flag("JITASA_BEHIND_PROXY", False)

INSTALLED_APPS = [
    "jitasa.find",
    "jitasa.home",
    "jitasa.manual",
    "jitasa.portal",
    "jitasa.opendata",
    "jitasa.openrosa",
    "jitasa.api",
    "jitasa.sheets",
    "jitasa.field",
    "jitasa.demo",
    "jitasa.compilation",
    "jitasa.publicity",
    "jitasa.activities",
    "jitasa.review",
    "jitasa.letters",
    "jitasa.rounds",
    "jitasa.webhooks",
    "jitasa.occasions",
    "jitasa.photos",
    "jitasa.documents",
    "jitasa.notices",
    "jitasa.distribution",
    "jitasa.organizations",
    "jitasa.accounts",
    "jitasa.audit",
    "jitasa.ui",
    "jitasa.config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.forms",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "jitasa.config.observing.middleware.Observed",
    "jitasa.accounts.middleware.ProxyAddress",
    "jitasa.audit.access.middleware.AccessLog",
    "jitasa.audit.refusals.RefusalsAudited",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "jitasa.api.door.ApiDoor",
    "jitasa.openrosa.door.OpenRosaDoor",
    "jitasa.ui.request_guard.RequestGuard",
    "jitasa.ui.public_pages.PublicPages",
    "jitasa.ui.middleware.BusyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "jitasa.accounts.middleware.NothingKept",
    "jitasa.accounts.language.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "jitasa.organizations.session_limits.SessionLimits",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "jitasa.accounts.middleware.SignInAgain",
    "jitasa.ui.request_guard.StrangersSendLittle",
    "jitasa.accounts.middleware.FirstPassword",
    "jitasa.accounts.middleware.SessionSeen",
    "jitasa.organizations.middleware.ViewerMiddleware",
    "jitasa.organizations.second_factor_gate.SecondFactorGate",
    "jitasa.ui.middleware.RefusalMiddleware",
    "jitasa.ui.storage_full.StorageFull",
    "jitasa.config.replica.ReadsFromReplica",
]

ROOT_URLCONF = "jitasa.config.urls"
WSGI_APPLICATION = "jitasa.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "jitasa.ui.context.interface",
                "jitasa.organizations.context.viewer",
                "jitasa.accounts.context.sign_in",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "jitasa.ui.templatetags.ui",
                "jitasa.ui.templatetags.thai",
                "jitasa.ui.templatetags.counted",
            ],
        },
    }
]
FORM_RENDERER = "jitasa.ui.forms.Renderer"

DATABASES = {"default": database("JITASA_DATABASE_URL", DATA_DIR)}
if env.text("JITASA_DATABASE_READ_URL"):  # read by ``config.replica``, which says what and when
    DATABASES["replica"] = replica("JITASA_DATABASE_READ_URL", DATABASES["default"])
# Plans of the queries of every request are kept by their connection; not behind a pooler that gives each
# transaction another one (docs/adr/0045).
DATABASE_PREPARES = env.flag("JITASA_DATABASE_PREPARE", True) and not pooled()
CACHES = {"default": env.cache("JITASA_CACHE_URL")}
COUNTED_IN_CACHE = bool(env.text("JITASA_CACHE_URL"))  # else in the database (ui.limits)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people and sign-in ---------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
ONE_TIME_PASSWORD_DAYS = env.number("JITASA_ONE_TIME_PASSWORD_DAYS", 7, 1, 90)
POST_OFFER_DAYS = env.number("JITASA_POST_OFFER_DAYS", 14, 1, 90)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "jitasa.accounts.validators.NotLikeTheName"},
    {"NAME": "jitasa.accounts.validators.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "jitasa.accounts.validators.NotCommon"},
    {"NAME": "jitasa.accounts.validators.HardToGuess"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/work/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "jitasa.accounts.adapter.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PRESERVE_USERNAME_CASING = False
# By address and process only, and generous: a whole province may stand behind one. Wrong passwords are
# counted by accounts.services.guessing: allauth's own count per name would let a stranger lock the owner out.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "120/m/ip"}
# allauth would write on every request; ``accounts.middleware.SessionSeen`` writes every five minutes.
USERSESSIONS_TRACK_ACTIVITY = False
DEVICE_COOKIE_NAME = "__Host-jitasa_device" if HTTPS else "jitasa_device"
# A session ends after so long without a request, and so long after the sign-in whatever happens; sooner for
# people with an administrator's post (organizations.session_limits).
SESSION_IDLE = timedelta(minutes=env.number("JITASA_SESSION_IDLE_MINUTES", 8 * 60, 10, 7 * 24 * 60))
SESSION_MOST = timedelta(hours=env.number("JITASA_SESSION_HOURS", 7 * 24, 1, 30 * 24))
ADMIN_SESSION_IDLE = timedelta(minutes=env.number("JITASA_ADMIN_SESSION_IDLE_MINUTES", 60, 10, 7 * 24 * 60))
ADMIN_SESSION_MOST = timedelta(hours=env.number("JITASA_ADMIN_SESSION_HOURS", 12, 1, 30 * 24))
SESSION_COOKIE_AGE = int(max(SESSION_MOST, ADMIN_SESSION_MOST).total_seconds())
# Under https the browser itself holds the names to this host, to https and to the whole site.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_ENGINE = "jitasa.accounts.session_store"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True  # scripts take the token from the page
WROTE_COOKIE_NAME = f"{COOKIE_PREFIX}jitasa_wrote"
MESSAGE_STORAGE = "jitasa.ui.messages.Storage"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "jitasa.ui.views.csrf_failed"

# --- second factor, step-up (jitasa/accounts/README.md) --------------------------------------------------
# Who must have one: "1" province, department and every administrator; "all" everybody; "0" nobody (a trial).
MFA_REQUIRED = env.choice("JITASA_MFA_REQUIRED", "1", ("1", "0", "all"))
FRESH_MINUTES = env.number("JITASA_FRESH_MINUTES", 15, 1, 240)
MFA_ADAPTER = "jitasa.accounts.mfa_adapter.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "jitasa.accounts.forms_mfa.SecondStepForm",
    "authenticate_webauthn": "jitasa.accounts.forms_mfa.PasskeyForm",
}

# --- an identity provider beside the password, never instead of it (docs/operator.md) -------------
OIDC_SERVER_URL = env.outside("JITASA_OIDC_SERVER_URL")
OIDC_ON = bool(OIDC_SERVER_URL)
OIDC_NAME = env.text("JITASA_OIDC_NAME", "ThaiD")
OIDC_PID_CLAIM = env.text("JITASA_OIDC_PID_CLAIM", "pid")
OIDC_ACR = env.text("JITASA_OIDC_ACR", "").split()
SOCIALACCOUNT_ADAPTER = "jitasa.accounts.oidc_adapter.IdentityAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "jitasa.accounts.oidc_provider.PersonProvider",
        "APPS": [
            {
                "provider_id": "oidc",
                "name": OIDC_NAME,
                "client_id": env.text("JITASA_OIDC_CLIENT_ID"),
                "secret": env.text("JITASA_OIDC_CLIENT_SECRET"),
                "settings": {
                    "server_url": OIDC_SERVER_URL,
                    "scope": env.text("JITASA_OIDC_SCOPE", "openid pid name").split(),
                    "oauth_pkce_enabled": True,
                },
            }
        ]
        if OIDC_ON
        else [],
    }
}
# The browser follows our answer to the provider's page, so a form may lead there (CSP form-action).
_oidc_places = [
    "/".join(place.split("/")[:3])
    for place in (OIDC_SERVER_URL, env.outside("JITASA_OIDC_PAGE_URL"))
    if place
]

# --- safety ---------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = HTTPS and env.flag("JITASA_SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MAP_TILES_URL = env.text("JITASA_MAP_TILES_URL")
MAP_TILES_ATTRIBUTION = env.text("JITASA_MAP_TILES_ATTRIBUTION")
_tile_host = ["/".join(MAP_TILES_URL.replace("{s}", "*").split("/")[:3])] if MAP_TILES_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *_tile_host],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *_oidc_places],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# What one request may bring: ``ui.body_limits`` says which addresses take files.
FORM_MAX_BYTES = env.number("JITASA_FORM_MAX_KB", 1024, 64, 20_480) * 1024
UPLOAD_MAX_BYTES = env.number("JITASA_UPLOAD_MAX_MB", 100, 1, 2000) * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "jitasa.ui.uploads.NamelessFiles",
]

# --- files ----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
FILES_BUCKET = env.bucket("JITASA_FILES_URL")  # unset: files are kept in MEDIA_ROOT
FILES_CACHE_BYTES = env.number("JITASA_FILES_CACHE_MB", 2048, 64, 1_000_000) * 1024 * 1024
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "jitasa.ui.storage.ModuleStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_ADD_HEADERS_FUNCTION = short_policy
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nobody else's page needs our files
PHOTO_MAX_BYTES = env.number("JITASA_PHOTO_MAX_MB", 25, 1, 200) * 1024 * 1024
PHOTOS_MADE_BY_WORKER = True
PHOTO_MAX_PIXELS = env.number("JITASA_PHOTO_MAX_MEGAPIXELS", 50, 1, 400) * 1_000_000
CLAMD = env.text("JITASA_CLAMD")  # ClamAV's daemon: a socket's path or host:port
LETTER_FILE_MAX_BYTES = env.number("JITASA_LETTER_FILE_MAX_MB", 25, 1, 200) * 1024 * 1024
VIDEO_MAX_BYTES = env.number("JITASA_VIDEO_MAX_MB", 200, 1, 2000) * 1024 * 1024
AUDIO_MAX_BYTES = env.number("JITASA_AUDIO_MAX_MB", 20, 1, 200) * 1024 * 1024
MATERIAL_UPLOAD_MAX_BYTES = max(UPLOAD_MAX_BYTES, VIDEO_MAX_BYTES + 2 * 1024 * 1024)
FONTS_DIR = env.folder("JITASA_FONTS_DIR", DATA_DIR / "fonts")
FILE_UPLOAD_PERMISSIONS = 0o600  # Django's own would open every kept file to all users of the machine
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# --- API (docs/api.md) ---------------------------------------------------------------------------------
# Webhooks may go to addresses of the own network, and without TLS: for trials and closed networks only.
WEBHOOKS_PRIVATE = env.flag("JITASA_WEBHOOKS_PRIVATE", False)
API_PER_MINUTE = env.number("JITASA_API_PER_MINUTE", 600, 10, 1_000_000)  # requests of one token

# --- open data: who answers for it, and under what terms it may be used ----------------------------
OPENDATA_PUBLISHER = env.text("JITASA_OPENDATA_PUBLISHER", "กรมส่งเสริมการปกครองท้องถิ่น")
OPENDATA_CONTACT_NAME = env.text("JITASA_OPENDATA_CONTACT_NAME", "สำนักงานเลขานุการกรม กลุ่มงานกิจการพิเศษ")
OPENDATA_CONTACT_EMAIL = env.text("JITASA_OPENDATA_CONTACT_EMAIL") or env.text(
    "JITASA_EMAIL_FROM", "jitasa@localhost"
)
OPENDATA_LICENCE = env.text("JITASA_OPENDATA_LICENCE", "https://creativecommons.org/licenses/by/4.0/")
OPENDATA_LICENCE_NAME = env.text("JITASA_OPENDATA_LICENCE_NAME", "Creative Commons Attribution 4.0")

# --- jobs and mail --------------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": [*QUEUES, UNNAMED]}}
EMAIL_HOST = env.text("JITASA_EMAIL_HOST")
EMAIL_PORT = env.number("JITASA_EMAIL_PORT", 25, 1, 65535)
EMAIL_HOST_USER = env.text("JITASA_EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("JITASA_EMAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("JITASA_EMAIL_TLS", False)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("JITASA_EMAIL_FROM", "jitasa@localhost")

# What waits for each person, by mail on working days from this hour of Bangkok (docs/adr/0055).
MORNING_MAIL = env.flag("JITASA_MORNING_MAIL", True) and bool(EMAIL_HOST)
MORNING_MAIL_HOUR = env.number("JITASA_MORNING_MAIL_HOUR", 7, 0, 18)

# --- evidence: the access log; where the ends of the audit's chains go, once a day -----------------
ACCESS_LOG_DIR = env.folder("JITASA_ACCESS_LOG_DIR", DATA_DIR / "access")
ACCESS_LOG_DAYS = env.number("JITASA_ACCESS_LOG_DAYS", 90, 90, 730)  # Computer Crime Act s.26
AUDIT_ADDRESS_DAYS = env.number("JITASA_AUDIT_ADDRESS_DAYS", 180, 90, 3650)
AUDIT_HEADS_DIR = env.text("JITASA_AUDIT_HEADS_DIR")
AUDIT_HEADS_MAIL = env.addresses("JITASA_AUDIT_HEADS_MAIL")
if AUDIT_HEADS_MAIL and not EMAIL_HOST:
    raise env.BadSetting(
        "JITASA_AUDIT_HEADS_MAIL", ",".join(AUDIT_HEADS_MAIL), "ต้องตั้ง JITASA_EMAIL_HOST ด้วย", ""
    )

# --- language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("ไทย")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}jitasa_language"
LANGUAGE_COOKIE_SECURE = HTTPS
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False

LOG_FORMAT = env.choice("JITASA_LOG_FORMAT", "line", ("line", "json"))
SLOW_STATEMENT_MS = env.number("JITASA_SLOW_STATEMENT_MS", 1000, 0, 600_000)
METRICS_TOKEN = env.text("JITASA_METRICS_TOKEN")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} [{request_id}]: {message}", "style": "{"},
        "json": {"()": "jitasa.config.observing.logs.json_lines"},
    },
    "filters": {
        "tokens": {"()": "jitasa.audit.access.masking.WithoutTokens"},
        "request": {"()": "jitasa.config.observing.logs.WithRequest"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["tokens", "request"],
        }
    },
    "root": {"handlers": ["console"], "level": env.text("JITASA_LOG_LEVEL", "WARNING").upper()},
}
