"""Django's settings, all from `config.environment`."""

from urllib.parse import unquote, urlsplit

from csp import constants as csp

from config import environment
from config.logs import LOGGING as LOGGING
from config.logs import configure as configure_logs

ENV = environment.read()
SERVICES = ENV.services

DEBUG = ENV.debug
SECRET_KEY = ENV.needed("secret_key", SERVICES.secret_key, given_with="database_url")
ALLOWED_HOSTS = ENV.allowed_hosts.split(",")
APP_URL = ENV.app_url
APP_ORIGINS = [APP_URL]
CSRF_TRUSTED_ORIGINS = APP_ORIGINS
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
SITE_ID = 1

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "config",
    "common",
    "accounts",
    "curation",
    "training",
    "generation",
    "rewards",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.sign_in_limits.TellHowLongToWait",
    "allauth.account.middleware.AccountMiddleware",
    "config.unavailable.ServiceUnavailableMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [environment.REPO / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        # Compiling a query costs more than it saves in rows as few as these.
        "OPTIONS": {"connect_timeout": 5, "options": "-c jit=off"},
    }


# Two roles on one database: `default` runs and can neither alter tables nor rewrite the ledger; `owner` migrates.
DATABASES = {
    "default": _database(ENV.database_url or SERVICES.database_url) | {"CONN_MAX_AGE": 60},
    "owner": _database(ENV.needed("database_owner_url", SERVICES.database_owner_url, given_with="database_url"))
    | {"TEST": {"MIRROR": "default"}},
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": ENV.cache_url or SERVICES.cache_url,
        "KEY_PREFIX": "openslate",
    }
}

S3_ENDPOINT_URL = ENV.s3_endpoint_url or SERVICES.s3_endpoint_url
S3_PUBLIC_ENDPOINT_URL = ENV.s3_public_endpoint_url or S3_ENDPOINT_URL
S3_ACCESS_KEY_ID = ENV.needed("s3_access_key_id", SERVICES.s3_access_key_id, given_with="s3_endpoint_url")
S3_SECRET_ACCESS_KEY = ENV.needed("s3_secret_access_key", SERVICES.s3_secret_access_key, given_with="s3_endpoint_url")
S3_REGION = ENV.s3_region
S3_BUCKET = ENV.s3_bucket
CHAIN_RPC_URL = ENV.chain_rpc_url or SERVICES.chain_rpc_url
STANDING_HALF_LIFE_DAYS = ENV.standing_half_life_days
CHAIN_ID = int(ENV.needed("chain_id", "31337", given_with="chain_rpc_url"))
CHAIN_KEYSTORE = ENV.chain_keystore
CHAIN_KEYSTORE_PASSWORD = ENV.needed("chain_keystore_password", "", given_with="chain_keystore")
CHAIN_KMS_KEY_ID = ENV.chain_kms_key_id
CHAIN_MAX_FEE_WEI = ENV.chain_max_fee_wei
CHAIN_CONFIRMATIONS = ENV.chain_confirmations
CHAIN_MAINNET_CONFIRM = ENV.chain_mainnet_confirm
PAYOUT_EVERY_H = ENV.payout_every_h
PAYOUT_LEAST_WEI = ENV.payout_least_wei
PAYOUT_SPONSOR_LEAST_WEI = ENV.payout_sponsor_least_wei
PAYOUT_ADDRESS_COOL_DOWN_H = ENV.payout_address_cool_down_h
RECONCILE_EVERY_S = ENV.reconcile_every_s
UPLOAD_QUOTA_BYTES = ENV.upload_quota_bytes
REPORTABLE = {  # who may see the thing that a person reports
    "campaign": "curation.public.check_campaign_visible",
    "submission": "curation.public.check_submission_visible",
    "generation": "generation.public.check_generation_visible",
}
FILES_IN_USE = ["generation.public.files_in_use"]  # which of these assets another room needs
PRECHECKS_PER_HOUR = ENV.prechecks_per_hour
# Asked before somebody starts what will cost them; common.spending says how.
SPENDING_CHECK = "rewards.public.check_may_spend"
REWARD_POLICY = ENV.reward_policy
DEVICE_SECOND_PRICE_WEI = ENV.device_second_price_wei

VAR = ENV.openslate_var
MODEL_CACHE = VAR / "models"
WEIGHTS = environment.REPO / "weights"
CLIP_MODEL = ENV.clip_model
CLIP_PRETRAINED = ENV.clip_pretrained
AESTHETIC_WEIGHTS = ENV.aesthetic_weights
WHISPER_MODEL = ENV.whisper_model
WHISPER_ENGINE = ENV.whisper_engine
WHISPER_PRECISION = ENV.whisper_precision
CLAP_MODEL = ENV.clap_model
SCORE_UNCALIBRATED = ENV.score_uncalibrated
DEVICE = ENV.device

CELERY_BROKER_URL = ENV.broker_url or SERVICES.broker_url
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "celerybeat-schedule")
LONGEST_TASK_S = 24 * 3600  # a fine-tune is followed this long, then goes on from its checkpoint
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 2 * LONGEST_TASK_S, "socket_connect_timeout": 2}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.ApiTokenAuthentication",
        "allauth.headless.contrib.rest_framework.authentication.XSessionTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["common.api_parsers.StorableJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "common.pagination.NewestFirst",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "common.api_errors.handle_api_error",
    "DEFAULT_THROTTLE_CLASSES": ["common.throttling.ScopedThrottle"],
    "DEFAULT_THROTTLE_RATES": {
        "upload": "1200/min",
        "claim": "60/min",
        "wallet": "30/min",
        "report": "30/min",
        "preview": "600/min",
        "search": "120/min",
    },
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "NUM_PROXIES": 0,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "OpenSlate",
    "DESCRIPTION": "Contribute, score, review, reward, freeze, export, fine-tune, generate, judge.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "common.api_schema.add_refusals",
    ],
    "ENUM_NAME_OVERRIDES": {  # one name each where several fields share a set of choices, or several sets a field name
        "SubmissionStatus": "curation.lifecycle.SubmissionStatus",
        "AssetStatus": "curation.lifecycle.AssetStatus",
        "RenditionStatus": "curation.lifecycle.RenditionStatus",
        "CampaignStatus": "curation.lifecycle.CampaignStatus",
        "ReviewStatus": "curation.lifecycle.ReviewStatus",
        "DisputeStatus": "curation.lifecycle.DisputeStatus",
        "BuildStatus": "curation.lifecycle.BuildStatus",
        "Modality": "curation.selectors.selections.KNOWN_MODALITIES",
        "Split": "curation.models.datasets.Split",
        "Verdict": "curation.models.reviews.Verdict",
        "IntentKind": "rewards.lifecycle.IntentKind",
        "IntentStatus": "rewards.lifecycle.IntentStatus",
        "RunStatus": "training.lifecycle.RunStatus",
        "PayoutAddressStatus": "rewards.lifecycle.AddressStatus",
        "ReportStatus": "accounts.lifecycle.ReportStatus",
        "ReportReason": "accounts.models.reports.ReportReason",
        "ReportSubject": "accounts.models.reports.ReportSubject",
        "NotificationKind": "accounts.notification_kinds.Kind",
        "GenerationStatus": "generation.lifecycle.GenerationStatus",
    },
}

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
ACCOUNT_ADAPTER = "accounts.mail.Mail"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "OpenSlate: "
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/300s/key", "signup": "20/m/ip"}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
MFA_ADAPTER = "accounts.second_factors.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "OpenSlate"
MFA_TOTP_TOLERANCE = 1
HEADLESS_ONLY = True
HEADLESS_FRONTEND_URLS = {
    "account_signup": f"{APP_URL}/sign-up",
    "account_confirm_email": f"{APP_URL}/verify-email?key={{key}}",
    "account_reset_password": f"{APP_URL}/reset-password",
    "account_reset_password_from_key": f"{APP_URL}/reset-password?key={{key}}",
}
HEADLESS_CLIENTS = ("app", "browser")

_mail = urlsplit(ENV.email_url)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if ENV.email_url
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = str(VAR / "mail")
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_TLS = _mail.scheme == "smtps"
DEFAULT_FROM_EMAIL = ENV.email_from

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ar", "العربية")]
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = environment.REPO / "staticfiles"
WEB_APP_DIST = environment.REPO / "frontend" / "dist"
STATICFILES_DIRS = [("app", WEB_APP_DIST)]


def _names_its_content(path: str, url: str) -> bool:
    """Vite puts a hash of the content into every name below assets/: those files never change."""
    return url.startswith("/static/app/assets/")


WHITENOISE_IMMUTABLE_FILE_TEST = _names_its_content
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = APP_URL.startswith("https://")
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
_media = urlsplit(S3_PUBLIC_ENDPOINT_URL)
STORAGE_ORIGIN = f"{_media.scheme}://{_media.netloc}"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [csp.NONE],
        "script-src": [csp.SELF, csp.NONCE, "'wasm-unsafe-eval'"],
        "style-src": [csp.SELF, csp.NONCE],
        "font-src": [csp.SELF],
        "img-src": [csp.SELF, "blob:", "data:", STORAGE_ORIGIN],
        "media-src": [csp.SELF, "blob:", STORAGE_ORIGIN],
        "connect-src": [csp.SELF, "blob:", STORAGE_ORIGIN],
        "worker-src": [csp.SELF, "blob:"],
        "manifest-src": [csp.SELF],
        "frame-ancestors": [csp.NONE],
        "form-action": [csp.SELF],
        "base-uri": [csp.NONE],
    }
}
SILENCED_SYSTEM_CHECKS: list[str] = []

configure_logs(ENV.log_format)
