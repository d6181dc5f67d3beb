"""Which address leads where. The surfaces for programs are in front of Django (see wsgi.py)."""

from django.urls import include, path
from oauth2_provider.views import RevokeTokenView, TokenView

urlpatterns = [
    path("oauth/token", TokenView.as_view()),
    path("oauth/revoke", RevokeTokenView.as_view()),
    path("accounts/", include("allauth.account.urls")),
    path("", include("consentry.web.urls")),
]

handler400 = "consentry.web.pages.errors.bad_request"
handler403 = "consentry.web.pages.errors.forbidden"
handler404 = "consentry.web.pages.errors.not_found"
handler500 = "consentry.web.pages.errors.server_error"
