"""School > School Details: what a site says of itself, for everybody to see and for some to change."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consentry.people.actions.edit_details import edit_details
from consentry.rules.pages import Page
from consentry.rules.permissions import Level, NotPermittedError
from consentry.schools.actions.change_details import ChangedMeanwhileError, InvalidDetailsError, details_of
from consentry.web.answers import LOOKING, answers
from consentry.web.forms.school_details import DetailsForm
from consentry.web.not_at_sandbox import DETAILS, not_at_sandbox
from consentry.web.shell import Place, shell
from consentry.web.shown.school_details import said_changed, shown_details, title
from consentry.web.visit import Visit, at_site


@answers(*LOOKING)
@at_site
def school_details(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Name, numbers, address, trust and kind of the site."""
    context = {"shell": shell(visit, _place(visit)), "details": shown_details(visit, details_of(visit.site))}
    return render(request, "school_details/page.html", context)


@answers(*LOOKING, "POST")
@at_site
def school_details_edit(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The form; POST saves it."""
    visit.require(Page.SCHOOL_DETAILS)
    not_at_sandbox(visit, DETAILS)
    is_trust = visit.site.level is Level.TRUST
    if request.method != "POST":
        return _form(request, visit, DetailsForm.showing(details_of(visit.site), is_trust=is_trust))
    form = DetailsForm(request.POST, is_trust=is_trust)
    if not form.is_valid():
        return _form(request, visit, form)
    try:
        changed = edit_details(
            visit.site, form.details(), seen=form.cleaned_data["seen"], by=visit.account, at=visit.at
        )
    except InvalidDetailsError as invalid:
        form.refuse(invalid)
        return _form(request, visit, form)
    except ChangedMeanwhileError:
        return _form(request, visit, form, is_old=True)
    except NotPermittedError as lost:  # taken away between opening the page and pressing the button
        raise PermissionDenied(visit.lacks(Page.SCHOOL_DETAILS, lost.missing)) from lost
    messages.success(request, said_changed(visit.site, changed))
    return HttpResponseRedirect(reverse("school-details", args=[visit.site.slug]), status=303)


def _form(request: HttpRequest, visit: Visit, form: DetailsForm, *, is_old: bool = False) -> HttpResponse:
    """The form with what was typed; a 409 where somebody else changed the details meanwhile."""
    context = {
        "shell": shell(visit, _place(visit)),
        "title": title(visit.site),
        "form": form,
        "seen": details_of(visit.site).digest if is_old else form["seen"].value(),
        "is_old": is_old,
        "cancel_url": reverse("school-details", args=[visit.site.slug]),
    }
    return render(request, "school_details/edit.html", context, status=409 if is_old else 200)


def _place(visit: Visit) -> Place:
    return Place.TRUST_DETAILS if visit.site.level is Level.TRUST else Place.SCHOOL_DETAILS
