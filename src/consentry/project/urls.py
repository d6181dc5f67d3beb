"""Which address leads where. The surfaces for programs are in front of Django (see wsgi.py)."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("", include("consentry.web.urls")),
]

handler400 = "consentry.web.pages.errors.bad_request"
handler403 = "consentry.web.pages.errors.forbidden"
handler404 = "consentry.web.pages.errors.not_found"
handler500 = "consentry.web.pages.errors.server_error"
