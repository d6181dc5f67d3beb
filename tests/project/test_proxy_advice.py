"""What `consentry check` says of the proxy in front."""

from dataclasses import replace

import pytest
from django.conf import settings

from consentry.project.deployment import findings


def test_the_proxys_duties_are_told_while_none_is_trusted(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    config = replace(settings.CONFIG, base_url="https://consentry.example.org", trusted_proxies=())
    monkeypatch.setattr(settings, "CONFIG", config)

    (advice,) = (each.remedy for each in findings() if "CONSENTRY_TRUSTED_PROXIES" in each.remedy)

    for duty in ("underscores", "buffer request bodies", "8 KiB"):
        assert duty in advice
