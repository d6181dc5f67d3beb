"""A school adds a subject to its list."""

from datetime import datetime

from django.db.models import Q, TextField, Value
from django.db.models.functions import Replace

from consentry.audit.names import EventName
from consentry.people.models import Account
from consentry.records.mending import mending, tidy
from consentry.records.models import Subject
from consentry.records.writing.revision import take_revision
from consentry.rules.codes import as_code
from consentry.rules.invalid import InvalidError
from consentry.schools.models import Site


def add_subject(site: Site, name: str, *, by: Account, at: datetime) -> int:
    """The school's list has this subject too; its id. Its code is made from its name, as importers make it.

    Raises NotPermittedError, TurnTakenError, and InvalidError for a name that cannot be or that the list has already.
    """
    line = tidy("name", name)
    code = as_code(line)
    if not code:
        raise InvalidError("name", "enter the name of the subject")
    with mending(site, by=by, at=at) as this:
        listed = Subject.objects.annotate(
            address=Replace("code", Value(" "), Value("_"), output_field=TextField())
        ).filter(school=this.school)
        if listed.filter(Q(address=code) | Q(code__iexact=code) | Q(subject_name__iexact=line)).exists():
            raise InvalidError("name", f"{line} is in the school’s list already")
        revision = take_revision(this)
        subject = Subject.objects.create(
            school_id=this.school, revision_id=revision, code=code, subject_name=line, active=True
        )
        this.record(EventName.SUBJECT_ADDED, subject, revision=revision)
    return int(subject.id)
