"""What each web worker loads."""

from django.conf import settings
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from consentry.project.serving.bodies import BodiesInTime
from consentry.project.serving.parent import end_with_parent
from consentry.project.serving.threads import close_with_thread
from consentry.project.wsgi import application as surfaces_and_pages

__all__ = ["application"]

_proxies = list(settings.CONFIG.trusted_proxies)
_served = BodiesInTime(close_with_thread(surfaces_and_pages))
application = wrap_wsgi_with_proxy_headers(_served, _proxies) if _proxies else _served
"""Behind a proxy that the configuration names, the caller's address and scheme are what that proxy says they are."""

end_with_parent()
