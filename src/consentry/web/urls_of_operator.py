"""The addresses of the operator's desk, below `/operator/`."""

from django.urls import path, re_path

from consentry.web.pages.operator import (
    app_acts,
    apps,
    collector_acts,
    collectors,
    companies,
    company_acts,
    home,
    troubles,
    wish_acts,
    wishes,
)

_KIND = "(?P<kind>csv|xlsx)"

urlpatterns = [
    path("", home.desk, name="desk"),
    path("companies", companies.companies, name="desk-companies"),
    re_path(rf"^companies/list\.{_KIND}$", companies.companies_file, name="desk-companies-file"),
    path("companies/<int:company>", companies.company, name="desk-company"),
    path("companies/<int:company>/accept", company_acts.accept, name="desk-company-accept"),
    path("companies/<int:company>/decline", company_acts.decline, name="desk-company-decline"),
    path("companies/<int:company>/invite", company_acts.invite, name="desk-company-invite"),
    path("apps", apps.apps, name="desk-apps"),
    re_path(rf"^apps/list\.{_KIND}$", apps.apps_file, name="desk-apps-file"),
    path("apps/<int:app>", apps.app, name="desk-app"),
    path("apps/<int:app>/accept", app_acts.accept, name="desk-app-accept"),
    path("apps/<int:app>/decline", app_acts.decline, name="desk-app-decline"),
    path("apps/<int:app>/live", app_acts.make_live, name="desk-app-live"),
    path("apps/<int:app>/take-back", app_acts.take_back, name="desk-app-take-back"),
    path("apps/<int:app>/suspend", app_acts.suspend, name="desk-app-suspend"),
    path("apps/<int:app>/resume", app_acts.resume, name="desk-app-resume"),
    path("wishes", wishes.wishes, name="desk-wishes"),
    re_path(rf"^wishes/list\.{_KIND}$", wishes.wishes_file, name="desk-wishes-file"),
    path("wishes/<int:wish>", wishes.wish, name="desk-wish"),
    path("wishes/<int:wish>/ask-back", wish_acts.ask_back, name="desk-wish-ask-back"),
    path("wishes/<int:wish>/build", wish_acts.build, name="desk-wish-build"),
    path("wishes/<int:wish>/link", wish_acts.link, name="desk-wish-link"),
    path("wishes/<int:wish>/decline", wish_acts.decline, name="desk-wish-decline"),
    path("troubles", troubles.troubles, name="desk-troubles"),
    re_path(rf"^troubles/list\.{_KIND}$", troubles.troubles_file, name="desk-troubles-file"),
    path("troubles/<int:report>", troubles.trouble, name="desk-trouble"),
    path("troubles/<int:report>/note", troubles.note, name="desk-trouble-note"),
    path("collectors", collectors.collectors, name="desk-collectors"),
    path("collectors/<slug:collector>", collectors.collector, name="desk-collector"),
    path("collectors/<slug:collector>/edit", collectors.edit, name="desk-collector-edit"),
    path("collectors/<slug:collector>/schools", collectors.schools, name="desk-collector-schools"),
    re_path(
        rf"^collectors/(?P<collector>[-a-zA-Z0-9_]+)/schools/list\.{_KIND}$",
        collectors.schools_file,
        name="desk-collector-schools-file",
    ),
    path("collectors/<slug:collector>/secret", collector_acts.secret, name="desk-collector-secret"),
    path("collectors/<slug:collector>/activate", collector_acts.activate, name="desk-collector-activate"),
    path("collectors/<slug:collector>/suspend", collector_acts.suspend, name="desk-collector-suspend"),
    path("collectors/<slug:collector>/discontinue", collector_acts.discontinue, name="desk-collector-discontinue"),
]
