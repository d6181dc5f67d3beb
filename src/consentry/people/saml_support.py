"""Whether single sign-on by SAML can be offered: what checks its signatures is an extra of the installation."""

from importlib.util import find_spec

EXTRA = "consentry[saml]"


def is_saml_installed() -> bool:
    """Whether the extra is there."""
    try:
        return find_spec("signxml") is not None
    except ValueError:  # kept from being imported
        return False
