"""What is sealed in the database: read by the deployment's keys, for its own purpose, and never in the clear."""

from dataclasses import replace

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from consentry.people.sealed import CannotUnsealError, seal, unseal

OLD, NEW = "o" * 60, "n" * 60
SECRET = b"JBSWY3DPEHPK3PXP"


def use_keys(monkeypatch: pytest.MonkeyPatch, *keys: str) -> None:
    monkeypatch.setattr(settings, "CONFIG", replace(settings.CONFIG, field_keys=keys))


@given(purpose=st.text(st.characters(exclude_categories=["Cs"])), clear=st.binary(max_size=500))
def test_what_is_sealed_opens_again_and_shows_nothing(purpose: str, clear: bytes) -> None:
    sealed = seal(purpose, clear)

    assert unseal(purpose, sealed) == unseal(purpose, memoryview(sealed)) == clear
    assert len(clear) < 4 or clear not in sealed


def test_the_same_secret_is_sealed_differently_each_time() -> None:
    assert seal("second factor", SECRET) != seal("second factor", SECRET)


def test_it_opens_for_nothing_but_its_purpose() -> None:
    with pytest.raises(CannotUnsealError):
        unseal("identity provider 8", seal("identity provider 7", SECRET))


@pytest.mark.parametrize("at", [0, 1, 5, 17, -1])
def test_a_changed_byte_is_noticed(at: int) -> None:
    sealed = bytearray(seal("second factor", SECRET))
    sealed[at] ^= 1

    with pytest.raises(CannotUnsealError):
        unseal("second factor", bytes(sealed))


@pytest.mark.parametrize("length", [0, 1, 4, 5, 6, 16, 17, 32])
def test_what_is_too_short_is_noticed(length: int) -> None:
    with pytest.raises(CannotUnsealError):
        unseal("second factor", seal("second factor", b"")[:length])


def test_while_a_new_key_takes_over_both_open_and_the_first_seals(monkeypatch: pytest.MonkeyPatch) -> None:
    use_keys(monkeypatch, OLD)
    before = seal("second factor", SECRET)
    use_keys(monkeypatch, NEW, OLD)
    after = seal("second factor", SECRET)

    assert unseal("second factor", before) == unseal("second factor", after) == SECRET

    use_keys(monkeypatch, NEW)
    assert unseal("second factor", after) == SECRET
    with pytest.raises(CannotUnsealError):
        unseal("second factor", before)
