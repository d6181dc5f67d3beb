"""Every way in which single sign-on comes to nothing has words; the operator's addresses of issuers are checked."""

from itertools import chain

import pytest

from consentry.project.config import ConfigurationError, read_config
from consentry.project.sign_in.letting_in import OUTCOMES
from consentry.rules.single_sign_on import Refusal
from consentry.web.shown.single_sign_on import WORDS, Broken

ENVIRONMENT = {
    "DATABASE_URL": "postgresql://consentry@db.example/consentry",
    "CONSENTRY_SECRET_KEY": "k" * 60,
    "CONSENTRY_FIELD_KEY": "f" * 60,
}


def test_every_refusal_has_words_and_every_one_of_a_person_an_outcome() -> None:
    assert set(WORDS) == set(chain(Refusal, Broken))
    assert set(OUTCOMES) == set(Refusal)
    for words in WORDS.values():
        shown = f"{words.heading} {words.text}".format(provider="Google", site="Oakfield School")
        assert "{" not in shown
        assert 400 <= words.status < 600


@pytest.mark.parametrize("name", ["CONSENTRY_GOOGLE_ISSUER", "CONSENTRY_MICROSOFT_BASE"])
@pytest.mark.parametrize("address", ["http://accounts.example.org", "accounts.google.com", "https://", "", "ftp://x"])
def test_an_issuer_is_reached_by_https(name: str, address: str) -> None:
    with pytest.raises(ConfigurationError, match=name):
        read_config(ENVIRONMENT | {name: address})


def test_an_issuer_may_be_on_this_machine_for_trials() -> None:
    config = read_config(ENVIRONMENT | {"CONSENTRY_GOOGLE_ISSUER": "http://127.0.0.1:9000/"})

    assert config.google_issuer == "http://127.0.0.1:9000"
    assert config.microsoft_base == "https://login.microsoftonline.com"
