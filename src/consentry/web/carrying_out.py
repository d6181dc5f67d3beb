"""Carrying out what a form asks for: what a rule refuses stands at its field, or on top of the form."""

from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.forms import Form
from django.http import Http404

from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.rules.permissions import LastAdministratorError, NotPermittedError
from consentry.rules.reach import CannotGiveError, CannotGiveForSoLongError
from consentry.web.sentences import joined, sentence
from consentry.web.visit import Visit


def carried_out(visit: Visit, page: Page, form: Form, do: Callable[[], object]) -> bool:
    """Whether it was done; where it could not be, the form says why.

    Raises PermissionDenied where the permission was taken away between opening the page and pressing the button, and
    Http404 for what is another site's or gone.
    """
    try:
        do()
    except InvalidError as refused:
        form.add_error(refused.field if refused.field in form.fields else None, sentence(refused))
        return False
    except CannotGiveError as refused:
        form.add_error(None, cannot_give(refused))
        return False
    except LastAdministratorError as refused:
        form.add_error(None, str(refused))
        return False
    except NotPermittedError as lost:
        raise PermissionDenied(visit.lacks(page, lost.missing)) from lost
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    return True


def cannot_give(refused: CannotGiveError) -> str:
    """What is said to somebody who would give or take away what they do not hold, or give it for longer than that."""
    missing = joined([f"“{each}”" for each in refused.missing])
    if isinstance(refused, CannotGiveForSoLongError):
        return f"You hold {missing} yourself for a time only, so you cannot give it for longer than that."
    return f"You do not hold {missing} yourself, so you can neither give nor take it away."
