"""What a school is told about a collector, in words."""

from dataclasses import dataclass

from consentry.returns.models import Collector
from consentry.schools.models import Site


@dataclass(frozen=True)
class News:
    """A notification."""

    title: str
    text: str


_DISCONTINUED = """{recipient} is no longer collecting attendance data by {collector}.

{notice}

The consent of {site} was ended automatically, and nothing more is sent. There is nothing for you to do."""

_WIDENED = """{collector} asks for more than {site} agreed to: {ways}.

Its consent has therefore ended. Nothing is sent until somebody of your school gives consent again."""


def news_of_end(collector: Collector, site: Site, ways: tuple[str, ...]) -> News:
    """That the school's consent has ended: the collector is discontinued, or asks for more, in these ways."""
    title = f"{collector.name} is discontinued" if collector.is_over else f"{collector.name} asks for more"
    text = _DISCONTINUED if collector.is_over else _WIDENED
    words = {
        "recipient": collector.recipient,
        "collector": collector.name,
        "notice": collector.notice,
        "site": site.name,
        "ways": "; ".join(ways) or "see its page",
    }
    return News(title, text.format(**words))


def page_of(site: Site, collector: Collector) -> str:
    """The address of the school's page about this collector."""
    return f"/{site.slug}/data/export/attendance-api-submissions/{collector.slug}"
