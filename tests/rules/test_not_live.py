"""What is said of an app that is not live."""

from consentry.rules.not_live import not_live


def test_whom_to_contact_is_said_once_each() -> None:
    both = not_live("Timetabler", "Acme Ltd", "jo@acme.example", "help@acme.example")
    one = not_live("Timetabler", "Acme Ltd", "jo@acme.example", "jo@acme.example")
    none = not_live("Timetabler", "Acme Ltd", "", "")

    assert both == (
        "Timetabler is not live yet, so only dummy sites can connect it. "
        "Contact Acme Ltd at jo@acme.example or help@acme.example and ask when it will be."
    )
    assert "Contact Acme Ltd at jo@acme.example and ask" in one
    assert "Contact Acme Ltd and ask" in none
