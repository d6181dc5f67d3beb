"""How people sign in here: what django-allauth asks of us, one module for each way."""

from consentry.project.sign_in.accounts import AccountAdapter

__all__ = ["AccountAdapter"]
