"""What a person was told at a site."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consentry.audit.reading import reading
from consentry.people.acting import acting
from consentry.people.actions.read_notifications import read_notifications
from consentry.web.answers import LOOKING, answers
from consentry.web.forms.list_query import page_number
from consentry.web.shell import Place, shell
from consentry.web.shown.notifications import shown_notifications
from consentry.web.visit import Visit, at_site


@answers(*LOOKING, "POST")
@at_site
def notifications(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The unread ones that nobody decided since, or all with `?show=all`; POST marks all as read."""
    if request.method == "POST":
        read_notifications(visit.account, by=acting(visit.account), at=visit.at)
        return HttpResponseRedirect(reverse("notifications", args=[visit.site.slug]), status=303)
    query = request.GET.dict()
    around = shell(visit, Place.NOTIFICATIONS)
    with reading(visit.school):
        shown = shown_notifications(
            visit,
            unread=around["notifications"]["unread"],
            only_unread=query.get("show") != "all",
            page=page_number(query),
        )
    return render(request, "notifications/list.html", {"shell": around, "notifications": shown})
