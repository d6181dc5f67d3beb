"""Secrets of apps, by which every token is had (AS-11)."""

import base64
import logging
from dataclasses import replace

import pytest
from django.db import connection
from django.utils import timezone

from consentry.api.last_use import LAST_USE
from consentry.audit.actor import OPERATOR
from consentry.partners.actions.issue_secret import MOST_SECRETS, issue_secret
from consentry.partners.actions.revoke_secret import revoke_secret
from consentry.partners.models import Credential
from consentry.partners.queries.secrets import secret_ending
from consentry.rules.invalid import InvalidError
from tests.api.calls import call
from tests.api.oauth.conftest import Linked
from tests.linking import FORM, LinkedApp


def tables_that_hold(text: str) -> list[str]:
    """The tables with a row that has this text in it, wherever."""
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'select exists (select from "{table}" as t where t::text like %s)', [f"%{text}%"])
            found += [table] * cursor.fetchone()[0]
    return found


def with_secret(app: LinkedApp, secret: str) -> LinkedApp:
    return replace(app, secret=secret)


def test_as_11_a_secret_is_256_random_bits_and_kept_as_a_hash_alone(linked: Linked) -> None:
    """AS-11: shown once, >= 256 bit, hashed. It, its tokens and a code stand in no row of any table."""
    secret = linked.app.secret
    token = linked.app.by_credentials().json["access_token"]

    assert len(base64.urlsafe_b64decode(secret + "=")) == 32
    assert tables_that_hold(secret) == tables_that_hold(token) == []
    kept = Credential.objects.get(app=linked.app.app)
    assert len(bytes(kept.digest)) == 32
    assert kept.hint == secret[-4:]


def test_as_11_two_secrets_are_good_at_a_time_and_each_tells_when_it_was_used(linked: Linked) -> None:
    """AS-11: two live secrets for rotation, `last_used`."""
    app, old = linked.app.app, linked.app
    LAST_USE._noted.clear()
    new = with_secret(old, issue_secret(app, by=OPERATOR, at=timezone.now()))
    with pytest.raises(InvalidError):
        issue_secret(app, by=OPERATOR, at=timezone.now())

    assert new.by_credentials().status == 200
    used = {each.hint: each.last_used_at is not None for each in Credential.objects.filter(app=app)}
    assert used == {old.secret[-4:]: False, new.secret[-4:]: True}
    assert len(used) == MOST_SECRETS
    assert old.by_credentials().status == 200

    first = secret_ending(app, old.secret[-4:])
    assert first is not None
    revoke_secret(first, by=OPERATOR, at=timezone.now())
    assert [each.by_credentials().status for each in (old, new)] == [401, 200]


def test_as_11_no_secret_code_or_token_is_ever_logged(linked: Linked, caplog: pytest.LogCaptureFixture) -> None:
    """AS-11: secret never in logs. Below INFO OAuthLib would write codes and tokens: it is kept from that."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, "oauthlib")  # as tests/project/test_logs.py has it
    app, code = linked.app, linked.code()
    tokens = app.exchange(code).json
    app.exchange(code)
    app.refresh(tokens["refresh_token"])
    app.introspect(tokens["access_token"])
    app.revoke(tokens["access_token"])
    app.post("/oauth/token", {"grant_type": "nonsense", "client_secret": app.secret})
    said = b"grant_type=client_credentials"
    call("/oauth/token", f"client_secret={app.secret}", method="POST", headers=FORM, body=said)
    logging.getLogger("tests").warning("something is logged")

    assert "something is logged" in caplog.text
    for kept in (app.secret, code, tokens["access_token"], tokens["refresh_token"]):
        assert kept not in caplog.text
