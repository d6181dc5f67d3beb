"""The addresses of what does not work at a site, below `/{site}/`."""

from django.urls import path

from consentry.web.pages import troubles

urlpatterns = [
    path("partner-apps/<int:connection>/trouble", troubles.trouble, name="partner-app-trouble"),
    path("partner-apps/<int:connection>/trouble/report", troubles.report, name="partner-app-trouble-report"),
    path("troubles/<int:report>", troubles.trouble_report, name="trouble"),
    path("troubles/<int:report>/say", troubles.say, name="trouble-say"),
    path("troubles/<int:report>/settle", troubles.settle, name="trouble-settle"),
]
