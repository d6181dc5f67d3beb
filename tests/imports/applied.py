"""Applying invented schools' files to sites of the world, and looking at what the database then holds."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.imports.actions.import_ctf import import_ctf
from consentry.imports.actions.import_marks import import_marks
from consentry.imports.actions.import_oneroster import import_oneroster
from consentry.imports.applying.outcome import Imported, RefusedFileError
from consentry.imports.problems import Problem
from consentry.imports.sample.people import SamplePupil
from consentry.imports.sample.school import SampleSchool, make_school
from consentry.records.catalogue import record_models
from consentry.records.models import RecordChange, RegisterEntry, Revision
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from tests.world import NOW

MONDAY, FRIDAY = date(2025, 9, 8), date(2025, 9, 12)
Importer = Callable[..., Imported]


def sample_of(site: Site, pupils: int = 12) -> SampleSchool:
    """An invented school with this site's numbers and name."""
    return make_school(7, pupils, str(site.urn), str(site.laestab), site.name)


def with_pupil(school: SampleSchool, place: int, **said: Any) -> SampleSchool:
    """The school with something else said of one pupil; `household` may be a dict of what differs in it."""
    pupil: SamplePupil = school.pupils[place]
    if isinstance(said.get("household"), dict):
        said["household"] = replace(pupil.household, **said["household"])
    pupils = list(school.pupils)
    pupils[place] = replace(pupil, **said)
    return replace(school, pupils=tuple(pupils))


def apply(importer: Importer, site: Site, data: bytes, **more: Any) -> Imported:
    """Import the bytes as the operator, now."""
    return importer(site, io.BytesIO(data), by=OPERATOR, at=NOW, **more)


def apply_ctf(site: Site, school: SampleSchool, **more: Any) -> Imported:
    return apply(import_ctf, site, school.ctf(), **more)


def apply_marks(site: Site, data: bytes, **more: Any) -> Imported:
    return apply(import_marks, site, data, **more)


def apply_oneroster(site: Site, school: SampleSchool, **more: Any) -> Imported:
    return apply(import_oneroster, site, school.oneroster(), **more)


def problems_of(importer: Importer, site: Site, data: bytes) -> list[Problem]:
    """Why the file is refused; none when it was applied."""
    try:
        apply(importer, site, data)
    except RefusedFileError as refused:
        return refused.problems.kept
    return []


def rows(model: Any, site: Site, *columns: str, **filters: Any) -> list[tuple[Any, ...]]:
    """The site's rows of a model."""
    with reading(school_id(site)):
        return list(QuerySet(model).filter(school_id=site.id, **filters).values_list(*columns))


def everything(site: Site) -> dict[str, list[tuple[Any, ...]]]:
    """All that the database holds of a site's records and their history, every column."""
    models: tuple[type[Model], ...] = (*record_models(), RegisterEntry, RecordChange, Revision)
    with reading(school_id(site)):
        return {model.__name__: sorted(_all_of(model, site), key=repr) for model in models}


def _all_of(model: type[Model], site: Site) -> list[tuple[Any, ...]]:
    found: QuerySet[Model] = QuerySet(model).filter(school_id=site.id)
    return list(found.values_list())


def changes(site: Site, revision: int | None) -> list[tuple[str, list[str]]]:
    """Which fields of which data types changed in a revision."""
    return sorted(rows(RecordChange, site, "entity_type", "fields", revision=revision))


def last_event(site: Site) -> Event:
    """What happened last at the site."""
    with reading(school_id(site)):
        return Event.objects.filter(school_id=site.id).latest("number")
