"""Who the contacts of a pupil of a common transfer file are.

A contact has no number of its own. One contact is known by the pupil it belongs to and by name; contacts of several
pupils are one person when name and e-mail, else mobile telephone, else address are the same.
"""

import hashlib
from collections import Counter
from typing import Final

from consentry.imports.applying.batch import Batch
from consentry.imports.ctf.rows import Contact, Pupil
from consentry.imports.ctf.sheets import GUARDIAN, PERSON, RELATIONSHIP
from consentry.imports.ctf.stage_reach import stage_email, stage_home, stage_occupancy, stage_phones
from consentry.records.models import (
    Gender,
    Guardian,
    GuardianRelationshipType,
    Person,
    StudentGuardianRelationship,
    Title,
)

_FIRST: Final = 1  # the order of the contact who is called before all others


class ContactStager:
    """Stages the contacts of pupil after pupil."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        relationships = StudentGuardianRelationship.objects.filter(school=batch.school).exclude(source_key=None)
        rows = relationships.values_list("source_key", "guardian_id")
        self._guardians: dict[str, int] = {str(key): guardian for key, guardian in rows}
        guardians = Guardian.objects.filter(school=batch.school)
        self._persons: dict[int, int] = dict(guardians.values_list("id", "person_id"))

    def add(self, pupil: Pupil, student: int, home: int | None) -> None:
        """Stage the contacts of the pupil, who may live at its address `home`."""
        same_name: Counter[str] = Counter()
        for contact in pupil.contacts:
            name = f"{contact.first_name} {contact.last_name}".casefold()
            same_name[name] += 1
            key = f"student:{student}:contact:{_digest(name, str(same_name[name]))}"
            guardian = self._guardian(pupil, contact, key)
            self._relationship(contact, key, student, guardian)
            if self._person(contact, guardian, _likeness(pupil, contact)):
                self._reach(contact, guardian, home)

    def _guardian(self, pupil: Pupil, contact: Contact, key: str) -> int:
        """Whom this pupil's contact of this name is already; else whom it is by all that is said."""
        if key not in self._guardians:
            self._guardians[key] = self._batch.ids(Guardian).of(_likeness(pupil, contact))
        return self._guardians[key]

    def _relationship(self, contact: Contact, key: str, student: int, guardian: int) -> None:
        code, line = contact.relationship, contact.line
        self._batch.add(
            RELATIONSHIP,
            self._batch.ids(StudentGuardianRelationship).of(key),
            guardian_relationship_type_id=self._batch.code(GuardianRelationshipType, code, line, "Relationship"),
            is_legal_guardian=contact.has_responsibility,
            is_primary_guardian=None if contact.order is None else contact.order == _FIRST,
            emergency_contact_priority=None if contact.order is None else str(contact.order),
            student_id=student,
            guardian_id=guardian,
            source_key=key,
        )

    def _person(self, contact: Contact, guardian: int, key: str) -> bool:
        """Stage the person and the guardian; whether the file speaks of them for the first time."""
        batch = self._batch
        person = self._persons.setdefault(guardian, batch.ids(Person).of(f"guardian:{guardian}"))
        batch.add(GUARDIAN, guardian, person_id=person, source_key=key)
        return batch.add(
            PERSON,
            person,
            gender_id=batch.code(Gender, contact.sex, contact.line, "Sex"),
            title_id=batch.code(Title, contact.title, contact.line, "Title"),
            legal_first_name=contact.first_name,
            legal_middle_names=contact.middle_names,
            legal_last_name=contact.last_name,
            preferred_first_name=None,
            preferred_last_name=None,
            date_of_birth=None,
            source_key=f"guardian:{guardian}",
        )

    def _reach(self, contact: Contact, guardian: int, home: int | None) -> None:
        stage_email(self._batch, contact.email, "Guardian", guardian)
        stage_phones(self._batch, contact.phones, "Guardian", guardian)
        own = stage_home(self._batch, contact.address, "Guardian", guardian)
        if own is None and home is not None and contact.lives_with_pupil:
            stage_occupancy(self._batch, home, "Guardian", guardian)


def _likeness(pupil: Pupil, contact: Contact) -> str:
    """The key under which contacts of several pupils are one person."""
    mobile = next((phone.number for phone in contact.phones if phone.type == "M"), "")
    address = contact.address or (pupil.address if contact.lives_with_pupil else None)
    place = f"{address.address1} {address.postal_code}" if address else ""
    known_by = contact.email or mobile or place or pupil.upn
    return f"contact:{_digest(contact.first_name, contact.last_name, known_by)}"


def _digest(*texts: str) -> str:
    """A key that holds no name."""
    return hashlib.sha256("\n".join(text.casefold() for text in texts).encode()).hexdigest()[:32]
