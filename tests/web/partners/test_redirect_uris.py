"""A company says where its app may be sent back to by the connect link."""

from django.test import Client

from consentry.partners.models import App
from consentry.partners.queries.redirect_uris import redirect_uris_of

CALLBACK = "https://app.example/callback"


def test_a_developer_sets_them_a_line_each(client: Client, home: str, app: App) -> None:
    page = f"{home}/apps/{app.id}/redirect-uris"
    assert page in client.get(f"{home}/apps/{app.id}/secrets").text
    answer = client.post(page, {"redirect_uris": f"{CALLBACK}\r\nhttp://127.0.0.1:8765/callback\r\n"})

    assert (answer.status_code, answer["Location"]) == (303, f"{home}/apps/{app.id}/secrets")
    assert redirect_uris_of(app) == [CALLBACK, "http://127.0.0.1:8765/callback"]
    assert CALLBACK in client.get(page).text
    secrets = client.get(f"{home}/apps/{app.id}/secrets").text
    assert CALLBACK in secrets
    assert "Change the redirect addresses" in secrets
    assert "Redirect addresses of the connect link changed" in client.get(f"{home}/history").text
    client.post(page, {"redirect_uris": ""})
    assert redirect_uris_of(app) == []
    assert "cannot be connected by a link" in client.get(f"{home}/apps/{app.id}/secrets").text


def test_what_cannot_be_stands_in_the_form_with_why(client: Client, home: str, app: App) -> None:
    """Bad input of issue 4: redirect URIs with tricks."""
    page = f"{home}/apps/{app.id}/redirect-uris"
    for tricky in ("http://app.example/cb", f"{CALLBACK}#x", f"{CALLBACK}\n{CALLBACK}", "\0", "x" * 9000):
        answer = client.post(page, {"redirect_uris": tricky})
        assert answer.status_code == 200
        assert "There is a problem" in answer.text
    assert redirect_uris_of(app) == []


def test_another_companys_app_is_not_there(client: Client, home: str, app: App) -> None:
    assert client.post(f"{home}/apps/{app.id + 999}/redirect-uris", {"redirect_uris": CALLBACK}).status_code == 404
