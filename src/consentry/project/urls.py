"""Which address leads where. The surfaces for programs are in front of Django (see wsgi.py).

Of django-allauth's pages only those stand here that a person needs whose account a site made for them. None changes
an e-mail address: it is the name that everything a person may do hangs on.
"""

from allauth.account import views
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from consentry.api.oauth.metadata import ResourceMetadata, ServerMetadata
from consentry.api.oauth.views import AppIntrospectView, AppRevokeView, AppTokenView
from consentry.project.sign_in import saml_views, second_factor_views, single_sign_on_views
from consentry.web.pages.connect.authorize import authorize
from consentry.web.pages.connect.consent import connect

_own_account = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    # Who has no password yet gets one by e-mail alone.
    path("password/set/", RedirectView.as_view(pattern_name="account_reset_password"), name="account_set_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    path("password/reset/key/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]

_second_factor: list[URLPattern | URLResolver] = [
    path("totp/activate/", second_factor_views.set_up_app),
    path("webauthn/add/", second_factor_views.add_passkey),
    path("", include("allauth.mfa.urls")),
]

_single_sign_on: list[URLPattern] = [
    path("<slug:provider_id>/login/", single_sign_on_views.begin, name="openid_connect_login"),
    path("<slug:provider_id>/login/callback/", single_sign_on_views.come_back, name="openid_connect_callback"),
    path("<slug:provider_id>/saml/", saml_views.take_answer, name="saml_take_answer"),
    path("<slug:provider_id>/saml/back/", saml_views.come_back, name="saml_come_back"),
    path("<slug:provider_id>/saml/metadata/", saml_views.metadata, name="saml_metadata"),
]

# By these names the toolkit finds what its metadata tells of.
_oauth: list[URLPattern] = [
    path("oauth/authorize", authorize, name="authorize"),
    path("oauth/token", AppTokenView.as_view(), name="token"),
    path("oauth/revoke", AppRevokeView.as_view(), name="revoke-token"),
    path("oauth/introspect", AppIntrospectView.as_view(), name="introspect"),
    path(".well-known/oauth-authorization-server", ServerMetadata.as_view(), name="oauth-server-metadata"),
    path(".well-known/oauth-protected-resource", ResourceMetadata.as_view(), name="oauth-resource-metadata"),
    path(".well-known/oauth-protected-resource/<slug:slug>", ResourceMetadata.as_view()),
]

_connect_link = [
    path("<slug:site>/connect", connect, name="connect"),
]

urlpatterns = [
    path("", include((_oauth, "oauth2_provider"))),
    path("accounts/", include(_own_account)),
    path("accounts/sso/", include(_single_sign_on)),
    path("accounts/2fa/", include(_second_factor)),
    path("", include(_connect_link)),
    path("", include("consentry.web.urls")),
]

handler400 = "consentry.web.pages.errors.bad_request"
handler403 = "consentry.web.pages.errors_at_site.forbidden"
handler404 = "consentry.web.pages.errors_at_site.not_found"
handler500 = "consentry.web.pages.errors.server_error"
