"""Group Staff: the people of a trust, and which of its schools each may sign in to."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django_htmx.middleware import HtmxDetails

from consentry.people.actions.change_school_access import change_school_access
from consentry.people.queries.from_trust import reach_of
from consentry.people.queries.group_staff import StaffMember, group_staff, member_of_group_staff, names_of_schools
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.rules.permissions import NotPermittedError
from consentry.rules.reach import CannotGiveReachError
from consentry.web.answers import LOOKING, answers
from consentry.web.downloads.answer import file_answer
from consentry.web.forms.school_access import SchoolAccessForm
from consentry.web.forms.staff_query import wanted_staff
from consentry.web.shell import Place, shell
from consentry.web.shown.group_staff import access_in_words, shown_member, shown_staff, staff_table, wanted_members
from consentry.web.visit import Visit, at_site

_CANNOT_GIVE = "You can give and take away only the schools that you may sign in to yourself."


@answers(*LOOKING)
@at_site
def staff(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The people of the trust."""
    visit.require(Page.GROUP_STAFF)
    wanted = wanted_staff(request.GET.dict())
    found = wanted_members(group_staff(visit.site, visit.today), wanted)
    shown = shown_staff(visit, found, names_of_schools(visit.site), wanted)
    return render(request, "trust/group_staff.html", {"shell": shell(visit, Place.GROUP_STAFF), "listing": shown})


@answers(*LOOKING)
@at_site
def staff_file(request: HttpRequest, visit: Visit, kind: str) -> HttpResponse:
    """The same list as a file, all pages of it."""
    visit.require(Page.GROUP_STAFF)
    found = wanted_members(group_staff(visit.site, visit.today), wanted_staff(request.GET.dict()))
    table = staff_table(found, names_of_schools(visit.site))
    return file_answer(kind, table, f"{visit.site.slug}-group-staff", visit.at)


@answers(*LOOKING, "POST")
@at_site
def school_access(request: HttpRequest, visit: Visit, account: int) -> HttpResponse:
    """Which schools one of them may sign in to: a page, or the slide-over of it for htmx; POST changes it."""
    visit.require(Page.GROUP_STAFF)
    try:
        member = member_of_group_staff(visit.site, account, visit.today)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    schools = names_of_schools(visit.site)
    form = SchoolAccessForm(schools, member.reach, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        changed = _change(request, visit, member, form)
        if changed is not None:
            return changed
    shown = {"member": shown_member(visit, member, schools, reach_of(visit.account)), "form": form}
    htmx = HtmxDetails(request)
    if htmx and not htmx.history_restore_request:
        return render(request, "trust/school_access.html#slide_over", shown)
    status = 200 if request.method in LOOKING else 422
    context = {"shell": shell(visit, Place.GROUP_STAFF), **shown}
    return render(request, "trust/school_access.html", context, status=status)


def _change(request: HttpRequest, visit: Visit, member: StaffMember, form: SchoolAccessForm) -> HttpResponse | None:
    """Carry it out; None where the form now says why not."""
    try:
        done = change_school_access(visit.site, member.id, form.wanted(), by=visit.account, at=visit.at)
    except CannotGiveReachError:
        form.add_error("access", _CANNOT_GIVE)
        return None
    except InvalidError as error:
        form.add_error(error.field, f"{error.reason[:1].upper()}{error.reason[1:]}.")
        return None
    except NotPermittedError as lost:  # taken away between opening the page and pressing the button
        raise PermissionDenied(visit.lacks(Page.GROUP_STAFF, lost.missing)) from lost
    words = access_in_words(reach_of(done), names_of_schools(visit.site))
    messages.success(request, f"{member.name} may sign in to: {words}. It counts from their next click.")
    return HttpResponseRedirect(reverse("group-staff", args=[visit.site.slug]), status=303)
