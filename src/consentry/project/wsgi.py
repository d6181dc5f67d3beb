"""What the server runs: the surfaces for programs in front, the pages behind them."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "consentry.project.settings")
django.setup()

from django.conf import settings  # noqa: E402 - settings are ready only now
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402

from consentry.api.application import Surfaces  # noqa: E402
from consentry.api.rate_limit import RateLimit  # noqa: E402
from consentry.api.rest_v2.application import RestV2  # noqa: E402
from consentry.connections.reading.door import ENTER, ENTER_FAST  # noqa: E402
from consentry.project.logs import log_as_json  # noqa: E402

GUESSES_A_MINUTE = 30

_CONFIG = settings.CONFIG

log_as_json()

application = Surfaces(
    RestV2(
        limit=RateLimit(_CONFIG.calls_per_minute / _CONFIG.workers),
        failures=RateLimit(GUESSES_A_MINUTE / _CONFIG.workers),
        enter=ENTER if _CONFIG.durable_events else ENTER_FAST,
    ),
    WSGIHandler(),
)
