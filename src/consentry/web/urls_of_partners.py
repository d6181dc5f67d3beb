"""The addresses of companies' pages, below `/partners/`."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from consentry.web.pages.partners import (
    app,
    app_acts,
    apps,
    behind,
    company,
    console,
    details,
    history,
    join,
    landing,
    members,
    needs,
    redirect_uris,
    register,
    sandbox,
    schools,
    secrets,
    troubles,
)

_KIND = "(?P<kind>csv|xlsx)"

_app = [
    path("", app.app, name="company-app"),
    path("/edit", app.edit, name="company-app-edit"),
    path("/logo", app.logo, name="company-app-logo"),
    path("/logo/remove", app_acts.remove_logo, name="company-app-logo-remove"),
    path("/submit", app_acts.submit, name="company-app-submit"),
    path("/connect-sandbox", app_acts.connect_sandbox, name="company-app-sandbox"),
    path("/needs", needs.needs, name="company-needs"),
    path("/needs/edit", needs.edit, name="company-needs-edit"),
    path("/redirect-uris", redirect_uris.redirect_uris, name="company-redirect-uris"),
    path("/secrets", secrets.secrets, name="company-secrets"),
    path("/secrets/issue", secrets.issue, name="company-secret-issue"),
    path("/secrets/<int:secret>/revoke", app_acts.revoke, name="company-secret-revoke"),
    path("/schools", schools.schools, name="company-app-schools"),
    path("/schools/tokens/<int:chain>/end", schools.end_tokens, name="company-link-tokens-end"),
    path("/behind", behind.behind, name="company-behind"),
    path("/behind/add", behind.add, name="company-behind-add"),
    path("/behind/<int:number>/end", app_acts.end_behind, name="company-behind-end"),
    path("/console", console.console, name="company-console"),
    path("/console/<str:name>", console.call, name="company-console-call"),
]

_company: list[URLPattern | URLResolver] = [
    path("", company.overview, name="company"),
    path("apps", apps.apps, name="company-apps"),
    re_path(rf"^apps/list\.{_KIND}$", apps.apps_file, name="company-apps-file"),
    path("apps/new", apps.new_app, name="company-app-new"),
    path("apps/<int:app>", include(_app)),
    path("sandbox", sandbox.sandbox, name="company-sandbox"),
    path("details", details.details, name="company-details"),
    path("details/edit", details.edit, name="company-details-edit"),
    path("members", members.members, name="company-members"),
    re_path(rf"^members/list\.{_KIND}$", members.members_file, name="company-members-file"),
    path("members/invite", members.invite, name="company-invite"),
    path("members/<int:member>/role", members.role, name="company-member-role"),
    path("members/<int:member>/remove", members.remove, name="company-member-remove"),
    path("members/invitations/<int:number>/cancel", members.cancel, name="company-invitation-cancel"),
    path("troubles", troubles.troubles, name="company-troubles"),
    re_path(rf"^troubles/list\.{_KIND}$", troubles.troubles_file, name="company-troubles-file"),
    path("troubles/<int:report>", troubles.trouble, name="company-trouble"),
    path("troubles/<int:report>/answer", troubles.answer, name="company-trouble-answer"),
    path("history", history.history, name="company-history"),
    re_path(rf"^history/list\.{_KIND}$", history.history_file, name="company-history-file"),
]

urlpatterns = [
    path("", landing.landing, name="partners"),
    path("register", register.register, name="partners-register"),
    path("join/<str:key>", join.join, name="partners-join"),
    path("<int:company>/", include(_company)),
]
