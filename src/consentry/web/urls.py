"""The addresses of the pages. A site's are `/{site}/…`."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView

from consentry.web import (
    urls_of_attendance,
    urls_of_calendar,
    urls_of_directory,
    urls_of_operator,
    urls_of_partners,
    urls_of_permission_sets,
    urls_of_programmes,
    urls_of_returns,
    urls_of_troubles,
)
from consentry.web.pages import (
    app_in_trust,
    apps_by_school,
    decisions,
    email_change,
    group_staff,
    health,
    home,
    link_tokens,
    linked_people,
    lists,
    login_history,
    logos,
    migration,
    notifications,
    own_sign_ins,
    partner_apps,
    readiness,
    receipts,
    reviews,
    roles,
    school_details,
    second_factor,
    site_sign_in,
    sso_settings,
    start,
    terms,
    trust_schools,
    user,
    user_acts,
    users,
)

_STATE = "(?P<state>pending|approved|rejected)"
_KIND = "(?P<kind>csv|xlsx)"
_PROVIDER = "(?P<kind>google|microsoft|saml)"

_trust = [
    path("schools", trust_schools.schools, name="schools"),
    re_path(rf"^schools/list\.{_KIND}$", trust_schools.schools_file, name="schools-file"),
    path("schools/<slug:slug>/sign-in", trust_schools.sign_in_to_school, name="school-sign-in"),
    path("apps-by-school", apps_by_school.console, name="apps-by-school"),
    re_path(rf"^apps-by-school/list\.{_KIND}$", apps_by_school.console_file, name="apps-by-school-file"),
    path("apps-by-school/<int:app>", app_in_trust.app_page, name="app-in-trust"),
    path("apps-by-school/<int:app>/preview", app_in_trust.preview, name="app-in-trust-preview"),
    path("apps-by-school/<int:app>/decide", app_in_trust.decide, name="app-in-trust-decide"),
    path("apps-by-school/<int:app>/rounds/<slug:run>", app_in_trust.round_page, name="app-in-trust-round"),
    re_path(
        rf"^apps-by-school/(?P<app>[0-9]{{1,18}})/rounds/(?P<run>[0-9a-f]{{32}})/list\.{_KIND}$",
        app_in_trust.round_file,
        name="app-in-trust-round-file",
    ),
    path("group-staff", group_staff.staff, name="group-staff"),
    re_path(rf"^group-staff/list\.{_KIND}$", group_staff.staff_file, name="group-staff-file"),
    path("group-staff/<int:account>", group_staff.school_access, name="school-access"),
    path("leave", trust_schools.leave_school, name="leave-school"),
]

_login_history = [
    path("login-history", login_history.login_history, name="login-history"),
    re_path(rf"^login-history/list\.{_KIND}$", login_history.login_history_list, name="login-history-list"),
]

_details = [
    path("school-details", school_details.school_details, name="school-details"),
    path("school-details/edit", school_details.school_details_edit, name="school-details-edit"),
]

_migration = [
    path("migration", migration.migration, name="migration"),
    path("migration/not-matched", migration.unmatched, name="migration-unmatched"),
    re_path(rf"^migration/not-matched\.{_KIND}$", migration.unmatched_file, name="migration-unmatched-file"),
]

_own = [
    path("second-factor", second_factor.second_factor, name="second-factor"),
    path("terms", terms.terms, name="terms"),
    path("own-sign-ins", own_sign_ins.own_sign_ins, name="own-sign-ins"),
]

_sign_in = [
    path("sso-settings", sso_settings.sso_settings, name="sso-settings"),
    re_path(rf"^sso-settings/{_PROVIDER}$", sso_settings.sso_provider, name="sso-provider"),
    re_path(rf"^sso-settings/{_PROVIDER}/remove$", sso_settings.sso_provider_remove, name="sso-provider-remove"),
    re_path(rf"^sso-settings/{_PROVIDER}/people$", linked_people.linked_people, name="sso-people"),
    re_path(
        rf"^sso-settings/{_PROVIDER}/people/list\.(?P<file>csv|xlsx)$",
        linked_people.linked_people_file,
        name="sso-people-file",
    ),
    re_path(
        rf"^sso-settings/{_PROVIDER}/people/(?P<account>[0-9]{{1,18}})/unlink$", linked_people.unlink, name="sso-unlink"
    ),
    path("sign-in", site_sign_in.site_sign_in, name="site-sign-in"),
]

_users = [
    path("users", users.users, name="users"),
    re_path(rf"^users/list\.{_KIND}$", users.users_list, name="users-list"),
    path("users/add", users.add_user, name="user-add"),
    path("users/<int:user>", user.user, name="user"),
    path("users/<int:user>/roles/add", user_acts.add_role, name="user-role-add"),
    path("users/<int:user>/roles/<int:held>/end", user_acts.remove_role, name="user-role-end"),
    path("users/<int:user>/permissions/add", user_acts.add_permission, name="user-permission-add"),
    path("users/<int:user>/permissions/<int:held>/end", user_acts.remove_permission, name="user-permission-end"),
    path("users/<int:user>/disable", user_acts.disable, name="user-disable"),
    path("users/<int:user>/enable", user_acts.enable, name="user-enable"),
    path("users/<int:user>/sign-out", user_acts.sign_out, name="user-sign-out"),
    path("users/<int:user>/password-link", user_acts.password_link, name="user-password-link"),
    path("users/<int:user>/email", user_acts.email, name="user-email"),
    path("users/<int:user>/email/cancel", user_acts.cancel_email, name="user-email-cancel"),
    path("users/<int:user>/name", user_acts.name, name="user-name"),
    path("users/<int:user>/type", user_acts.user_type, name="user-type"),
    path("users/<int:user>/profile-email", user_acts.profile_email, name="user-profile-email"),
    path("permissions", roles.roles, name="permissions"),
    path("permissions/<int:role>", roles.role, name="role"),
    path("permissions/<int:role>/take-over", roles.take_over, name="role-take-over"),
    path("permissions/<int:role>/rename", roles.rename, name="role-rename"),
    path("permissions/<int:role>/edit", roles.edit, name="role-edit"),
]

_reviews = [
    path("partner-apps/<int:connection>/review", reviews.review, name="partner-app-review"),
    path("partner-apps/<int:connection>/review/accept", reviews.accept, name="partner-app-review-accept"),
    path("partner-apps/<int:connection>/review/decline", reviews.decline, name="partner-app-review-decline"),
    path("receipts", receipts.receipts, name="receipts"),
    re_path(rf"^receipts/list\.{_KIND}$", receipts.receipts_file, name="receipts-file"),
    path("receipts/<int:number>", receipts.receipt, name="receipt"),
    re_path(r"^receipts/(?P<number>[0-9]{1,18})\.txt$", receipts.receipt_text, name="receipt-text"),
]

_readiness = [
    path("partner-apps/<int:connection>/readiness/<slug:check>", readiness.failing, name="partner-app-readiness"),
    re_path(
        rf"^partner-apps/(?P<connection>[0-9]{{1,18}})/readiness/(?P<check>[a-z-]{{1,40}})/list\.{_KIND}$",
        readiness.failing_file,
        name="partner-app-readiness-file",
    ),
]

_site = [
    path("", home.home, name="home"),
    re_path("^partner-apps/?$", RedirectView.as_view(pattern_name="partner-apps"), {"state": "pending"}),
    re_path(rf"^partner-apps/{_STATE}$", partner_apps.apps_in_state, name="partner-apps"),
    re_path(rf"^partner-apps/list\.{_KIND}$", lists.list_of_all, name="partner-apps-list"),
    path("partner-apps/<int:connection>", partner_apps.app_at_site, name="partner-app"),
    path("partner-apps/<int:connection>/approve", decisions.approve, name="partner-app-approve"),
    path("partner-apps/<int:connection>/reject", decisions.reject, name="partner-app-reject"),
    path("partner-apps/<int:connection>/end-tokens", link_tokens.end_tokens, name="partner-app-end-tokens"),
    re_path(
        r"^partner-apps/(?P<connection>[0-9]{1,18})/list\." + _KIND + "$", lists.list_of_one, name="partner-app-list"
    ),
    path("notifications", notifications.notifications, name="notifications"),
    *_reviews,
    *_readiness,
    *urls_of_directory.urlpatterns,
    *_trust,
    *_login_history,
    *_details,
    *_migration,
    *urls_of_calendar.urlpatterns,
    *urls_of_programmes.urlpatterns,
    *urls_of_returns.urlpatterns,
    *urls_of_attendance.urlpatterns,
    *urls_of_troubles.urlpatterns,
    *_own,
    *_sign_in,
    *_users,
]

urlpatterns = [
    path("", start.start, name="start"),
    path("health", health.health, name="health"),
    path("accounts/email-change/<str:key>", email_change.email_change, name="email-change"),
    path("accounts/second-factor", second_factor.own_second_factor, name="own-second-factor"),
    re_path(r"^logos/(?P<app>[0-9]{1,18})/(?P<digest>[0-9a-f]{64})\.png$", logos.logo, name="logo"),
    path("partners", RedirectView.as_view(pattern_name="partners")),
    path("partners/<int:company>/apps/<int:app>/", include(urls_of_permission_sets)),
    path("partners/", include(urls_of_partners)),
    path("operator", RedirectView.as_view(pattern_name="desk")),
    path("operator/", include(urls_of_operator)),
    path("<slug:site>", RedirectView.as_view(pattern_name="home", query_string=True)),
    path("<slug:site>/", include(_site)),
]
