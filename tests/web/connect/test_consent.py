"""The connect link from end to end: sign in, see what is asked, approve, and the app has its tokens."""

from tests.linking import CALLBACK, add_linked_app, asked, issuer, press, read_with, signed_in
from tests.web.conftest import Oakfield

from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.connections.models import Connection, Receipt
from consentry.schools.queries import school_id


def test_an_app_that_never_asked_is_connected_by_link(oakfield: Oakfield) -> None:
    """Seed: no request is needed; they sign in, check what data the app will access, and approve; it is then listed."""
    app, asha = add_linked_app("Lunchline", company="Lunch Ltd"), signed_in(oakfield.asha)

    first = asha.get(app.link())
    assert (first.status_code, first["Location"]) == (302, app.consent(oakfield.site))
    page = asha.get(first["Location"])
    assert page.status_code == 200
    for words in ("Lunchline", "Lunch Ltd", oakfield.site.name, "Version 1", "Students", "90 days"):
        assert words in page.text
    answer = press(asha, page)

    assert answer.status_code == 303
    assert answer["Location"].startswith(f"{CALLBACK}?")
    said = asked(answer)
    assert (said["state"], said["iss"]) == ("st&te=1 é", issuer())
    tokens = app.exchange(said["code"]).json
    assert tokens["token_type"] == "Bearer"
    assert tokens["expires_in"] == 900
    assert read_with(tokens["access_token"], oakfield.site).status == 200
    assert "Lunchline" in asha.get("/oakfield/partner-apps/approved").text
    with reading(school_id(oakfield.site)):
        connection = Connection.objects.get(app=app.app, school=oakfield.site)
        assert (connection.state, connection.version, connection.decided_by) == (
            "approved",
            connection.follows,
            oakfield.asha,
        )
        assert Receipt.objects.filter(connection=connection).count() == 1
        named = Event.objects.filter(school_id=oakfield.site.id, subject_id=connection.id, subject_type="Connection")
        assert list(named.order_by("number").values_list("name", flat=True)) == [
            "connection.requested",
            "connection.approved",
            "connect_link.used",
        ]
