"""The token endpoint (RFC 6749, 4.4 and 5.2)."""

from base64 import b64encode
from pathlib import Path

import pytest

from consentry.collector.database import Database
from consentry.collector.tokens import keep_token, opens
from tests.collector.sender import Sender
from tests.collector.world import a_submission


def test_a_token_is_given_for_an_hour(sender: Sender) -> None:
    answer = sender.ask_token()
    told = answer.json()

    assert (answer.status_code, set(told)) == (200, {"access_token", "token_type", "expires_in"})
    assert (told["token_type"], told["expires_in"]) == ("Bearer", 3600)
    assert answer.headers["Cache-Control"] == "no-store"


def test_both_secrets_are_good(sender: Sender) -> None:
    """A sender changes over to the second before the first is renewed."""
    first, second = (sender.ask_token(client_secret=each).json() for each in sender.running.client_secrets)
    assert first["access_token"] != second["access_token"]
    for told in (first, second):
        assert sender.get("/receipts", Authorization=f"Bearer {told['access_token']}").status_code == 200


def test_basic_authentication_is_taken(sender: Sender) -> None:
    known = f"{sender.running.client_id}:{sender.running.client_secrets[1]}"
    answer = sender.session.post(
        sender.running.token_url,
        data={"grant_type": "client_credentials"},
        headers={"Authorization": f"Basic {b64encode(known.encode()).decode()}"},
    )
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("wrong", "status", "error"),
    [
        ({"client_secret": "another"}, 401, "invalid_client"),
        ({"client_secret": ""}, 401, "invalid_client"),
        ({"client_secret": "Ä"}, 401, "invalid_client"),
        ({"client_id": "somebody"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": ""}, 400, "invalid_request"),
        ({"scope": "everything"}, 400, "invalid_scope"),
    ],
)
def test_who_asks_wrongly_gets_none(sender: Sender, wrong: dict[str, str], status: int, error: str) -> None:
    answer = sender.ask_token(**wrong)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_a_secret_in_an_address_or_in_json_is_not_looked_at(sender: Sender) -> None:
    form = {
        "grant_type": "client_credentials",
        "client_id": sender.running.client_id,
        "client_secret": sender.running.client_secrets[0],
    }
    for answer in (
        sender.session.post(sender.running.token_url, params=form),
        sender.session.post(sender.running.token_url, json=form),
    ):
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    assert sender.session.get(sender.running.token_url, params=form).status_code == 405


def test_a_token_ends(tmp_path: Path) -> None:
    database = Database(tmp_path / "collector.sqlite3")
    database.make()
    keep_token(database, "ended", seconds=0)
    assert not opens(database, "ended")
    keep_token(database, "good", seconds=60)

    assert opens(database, "good")
    assert database.reading.execute("select count(*) from tokens").fetchone() == (1,)


def test_no_token_is_kept_as_it_is(sender: Sender) -> None:
    assert sender.send(a_submission(urn="300001")).status_code == 201
    folder = Path(sender.running.ca_file).parent
    kept = b"".join(file.read_bytes() for file in folder.iterdir())
    assert sender.token.encode() not in kept
