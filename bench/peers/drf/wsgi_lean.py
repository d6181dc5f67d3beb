"""What granian serves: the service with all that it could do without left out."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.peers.drf.lean"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
