"""What programs may know beforehand (AS-09), exactly what works (AS-05); clients cannot be told apart (AS-12)."""

import base64

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consentry.api.oauth.validator import ConsentryValidator
from tests.api.calls import call
from tests.api.oauth.conftest import Linked
from tests.linking import FORM, issuer


def test_the_server_tells_of_its_addresses_and_of_what_works(linked: Linked) -> None:
    """AS-09, AS-05: RFC 8414; no implicit, password or device, S256 alone."""
    answered = call("/.well-known/oauth-authorization-server")
    base = issuer()

    assert answered.status == 200
    assert answered.json == {
        "issuer": base,
        "authorization_endpoint": f"{base}/oauth/authorize",
        "token_endpoint": f"{base}/oauth/token",
        "revocation_endpoint": f"{base}/oauth/revoke",
        "introspection_endpoint": f"{base}/oauth/introspect",
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "client_credentials", "refresh_token"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["records"],
        "authorization_response_iss_parameter_supported": True,
        "client_id_metadata_document_supported": False,
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "revocation_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "introspection_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
    }


def test_the_issuer_is_the_configured_address_whatever_the_request_says(linked: Linked) -> None:
    """AS-09: byte for byte."""
    told = Client().get("/.well-known/oauth-authorization-server", headers={"host": "testserver"}).json()
    assert told["issuer"] == issuer()
    assert told["token_endpoint"] == f"{issuer()}/oauth/token"


def test_each_site_is_a_resource_of_its_own(linked: Linked) -> None:
    """AS-09: RFC 9728."""
    whole, site = (call(f"/.well-known/oauth-protected-resource{end}") for end in ("", f"/{linked.site.slug}"))

    assert whole.json["resource"] == issuer()
    assert site.json == {
        "resource": f"{issuer()}/{linked.site.slug}",
        "authorization_servers": [issuer()],
        "scopes_supported": ["records"],
        "bearer_methods_supported": ["header"],
        "resource_name": "Consentry",
    }
    assert call("/.well-known/oauth-protected-resource/no-such-school").status == 404


def test_a_call_without_a_good_token_is_told_where_the_metadata_is(linked: Linked) -> None:
    """AS-09: RFC 9728 5.1; of the site where the call names one, by its path or by the header."""
    site, header = f"/{linked.site.slug}", {"X-MIS-Application-Id": linked.site.slug}
    for path, sent, of in (
        (f"{site}/rest-v2/students", {}, site),
        (f"{site}/rest-v2/students", {"Accept": "application/xml"}, site),
        ("/rest-v2/students", header, site),
        ("/no-such-school/rest-v2/students", {}, ""),
        ("/partners/connections", {}, ""),
    ):
        named = call(path, headers=sent).header("WWW-Authenticate")
        assert named == f'Bearer resource_metadata="{issuer()}/.well-known/oauth-protected-resource{of}"'
    told = call(f"/.well-known/oauth-protected-resource{site}").json["resource"]
    assert told == f"{issuer()}{site}"


@pytest.mark.parametrize("path", ["/oauth/token", "/oauth/introspect", "/oauth/revoke"])
def test_an_unknown_client_is_as_much_work_as_a_wrong_secret(linked: Linked, path: str) -> None:
    """AS-12: the same queries and the same answer."""
    answers, asked = [], []
    for number, user in enumerate(("nobody-there", linked.app.app.application_user)):
        header = "Basic " + base64.b64encode(f"{user}:wrong".encode()).decode()
        with CaptureQueriesContext(connection) as queries:
            said = b"grant_type=client_credentials&token=x"
            answers.append(call(path, method="POST", headers=FORM | {"Authorization": header}, body=said))
        asked.append([each["sql"].split("WHERE")[0] for each in queries])
        assert number < 2

    assert answers[0].status == 401
    assert (answers[0].body, answers[0].headers) == (answers[1].body, answers[1].headers)
    assert asked[0] == asked[1]


def test_the_toolkits_own_secret_is_never_asked(linked: Linked) -> None:
    """Its entry has none: an empty secret proves nothing."""
    said = f"grant_type=client_credentials&client_id={linked.app.app.application_user}&client_secret="
    assert call("/oauth/token", method="POST", headers=FORM, body=said.encode()).status == 401
    assert not hasattr(ConsentryValidator, "client_secret")
