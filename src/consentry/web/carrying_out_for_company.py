"""Carrying out what a company's form asks for: what a rule refuses stands at its field, or on top of the form."""

from collections.abc import Callable

from django.forms import Form

from consentry.partners.actions.remove_member import LastOfCompanyError
from consentry.rules.app_life import AppMoveRefusedError
from consentry.rules.connection_life import MoveRefusal, MoveRefusedError
from consentry.rules.invalid import InvalidError
from consentry.web.sentences import sentence

_MOVES = {
    MoveRefusal.APP_SUSPENDED: "The operator has suspended this app everywhere.",
    MoveRefusal.NOTHING_PUBLISHED: "Publish what the app asks for first.",
}


def carried_out_for_company(form: Form, do: Callable[[], object]) -> bool:
    """Whether it was done; where it could not be, the form says why. What is not there, or not for them, is raised."""
    try:
        do()
    except InvalidError as refused:
        form.add_error(refused.field if refused.field in form.fields else None, sentence(refused))
        return False
    except LastOfCompanyError as last:
        form.add_error(None, str(last))
        return False
    except AppMoveRefusedError as refused:
        form.add_error(None, f"This cannot be done from where the app stands: {refused.stage.label.lower()}.")
        return False
    except MoveRefusedError as refused:
        form.add_error(None, _MOVES.get(refused.why, "That cannot be done now."))
        return False
    return True
