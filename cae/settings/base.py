"""What every situation shares: applications, database, languages, security, jobs."""

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from cae.settings import env, schedule

BASE_DIR = env.ROOT
SECRET_KEY = env.SECRET_KEY
SECRET_KEY_FALLBACKS = env.SECRET_KEY_FALLBACKS
ALLOWED_HOSTS = env.ALLOWED_HOSTS
SITE_URL = env.SITE_URL
DEMONSTRATION = env.DEMONSTRATION
CHECKER_URL = env.CHECKER_URL
SLOT_DIR = env.SLOT_DIR

INSTALLED_APPS = [
    "people",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "pgtrigger",
    "rules.apps.AutodiscoverRulesConfig",
    "template_partials",
    "cae.core",
    "entrepreneurs",
    "accounting",
    "invoicing",
    "governance",
    "coworking",
    "cae.portal",
    "cae.demonstration",
]

MIDDLEWARE = [
    "cae.core.stack.RoomyStackMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cae.core.middleware.OriginMiddleware",
    "people.middleware.SessionsMiddleware",
    "people.middleware.PreferencesMiddleware",
    "people.middleware.SecondFactorMiddleware",
    "people.middleware.AssistanceMiddleware",
    "cae.portal.middleware.ActivityInUse",
    "cae.core.middleware.BodyMiddleware",
    "cae.core.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "cae.urls"
WSGI_APPLICATION = "cae.wsgi.application"

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
                "django.template.context_processors.i18n",
                "cae.core.context.house",
                "cae.portal.context.shell",
                "cae.demonstration.context.entrance",
            ],
            "builtins": [
                "cae.core.templatetags.formats",
                "cae.core.templatetags.ui",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.database()} if env.DATABASE_URL else {}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env.REDIS_URL},
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 14 * 24 * 3600

# --- who ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["people.backends.AccountBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "people.passwords.LeakedPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LEAKED_PASSWORDS_FILE = env.LEAKED_PASSWORDS_FILE
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = "portal:welcome"

# --- allauth (people/adapters.py) -------------------------------------------------------------
ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_FORMS = {
    "login": "people.forms.accounts.SignInForm",
    "reset_password": "people.forms.accounts.ForgottenPasswordForm",
    "add_email": "people.forms.accounts.AddressForm",
}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
# A stranger's address gets no mail from us, whatever is typed on the page of forgotten passwords.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = None
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "people.passkeys.AddPasskeyForm",
    "edit_webauthn": "people.passkeys.RenamePasskeyForm",
    "login_webauthn": "people.passkeys.SignInPasskeyForm",
    "authenticate_webauthn": "people.passkeys.AuthenticatePasskeyForm",
    "reauthenticate_webauthn": "people.passkeys.ReauthenticatePasskeyForm",
}
MFA_TOTP_ISSUER = "Alvéole"
MFA_ADAPTER = "people.adapters.SecondFactorAdapter"

# --- languages and clock ----------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False  # amounts go through the formats; a key in an address never takes a space
# The choice that filters nothing, in the bars of lists (django-filter).
FILTERS_EMPTY_CHOICE_LABEL = _("Indifférent")

# --- files --------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.STATIC_DIR
MEDIA_ROOT = env.FILES_DIR
STORAGES = {
    "default": env.files(),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
# A page of text is small; more than this is refused before it is read (issue « 10 MB of text »).
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

# --- security -----------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cae.core.views.errors.csrf_failure"

# --- mail ---------------------------------------------------------------------------------------
vars().update(env.EMAIL_URL)
# A mail server that answers nothing must not hold a worker for ever: the mail is tried again later.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.DEFAULT_FROM_EMAIL
RETURNS_URL = env.RETURNS_URL
MAIL_IN_DOMAIN = env.MAIL_IN_DOMAIN
MAIL_IN_URL = env.MAIL_IN_URL

# --- e-invoices -----------------------------------------------------------------------------------
EXCHANGE_URL = env.EXCHANGE_URL

# --- jobs ---------------------------------------------------------------------------------------
CELERY_BROKER_URL = env.CELERY_BROKER_URL
CELERY_BEAT_SCHEDULE = schedule.CELERY_BEAT_SCHEDULE
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# In kB: a child that simulated pay holds V8 (250 MB), printed pages as much; beyond, another takes its place.
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 600_000
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "filters": {"secrets": {"()": "cae.core.logs.HideSecrets"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    # These tell each step of each PDF.
    "loggers": {"weasyprint": {"level": "WARNING"}, "fontTools": {"level": "WARNING"}},
}
