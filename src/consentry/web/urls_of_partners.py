"""The addresses of companies' pages, below `/partners/`."""

from django.urls import path

from consentry.web.pages.partners import company, join, landing, register

urlpatterns = [
    path("", landing.landing, name="partners"),
    path("register", register.register, name="partners-register"),
    path("join/<str:key>", join.join, name="partners-join"),
    path("<int:company>/", company.overview, name="company"),
    path("<int:company>/apps", company.overview, name="company-apps"),
    path("<int:company>/sandbox", company.overview, name="company-sandbox"),
    path("<int:company>/details", company.overview, name="company-details"),
    path("<int:company>/members", company.overview, name="company-members"),
    path("<int:company>/history", company.overview, name="company-history"),
]
