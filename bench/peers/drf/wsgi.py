"""What granian serves: the service as documented."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.peers.drf.settings"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
