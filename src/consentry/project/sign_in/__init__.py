"""How people sign in here: what django-allauth asks of us, one module for each way. Settings name what is listed."""

from consentry.project.sign_in.accounts import AccountAdapter
from consentry.project.sign_in.second_factor import SecondFactorAdapter

__all__ = ["AccountAdapter", "SecondFactorAdapter"]
