"""Addresses, telephones, e-mail and contacts of a pupil."""

import re
from typing import Final

from consentry.imports.cells import Cells
from consentry.imports.ctf.elements import Part
from consentry.imports.ctf.rows import Address, Contact, Phone
from consentry.imports.problems import Reason

SEXES: Final = frozenset({"M", "F", "U", "N"})
PHONE_TYPES: Final = frozenset("HMWAFDO")

_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()./-]{2,29}(?: ?(?:x|ext\.?) ?[0-9]{1,6})?", re.ASCII)
_EMAIL: Final = re.compile(r"[^\s@,;<>\"]{1,64}@[^\s@,;<>\"]{1,189}\.[^\s@,;<>\".]{2,}")
_POSTCODE: Final = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})", re.ASCII)
_UPRN: Final = re.compile(r"[0-9]{1,12}", re.ASCII)
_RELATIONSHIP: Final = re.compile(r"[A-Z]{3}", re.ASCII)


def read_contacts(pupil: Part) -> tuple[Contact, ...]:
    """The contacts of a pupil, in the order of the file."""
    return tuple(_contact(found) for found in pupil.parts("Contacts", "Contact"))


def read_phones(holder: Part) -> tuple[Phone, ...]:
    """The telephones of a pupil or a contact; one without a number is left out and noted."""
    found = [_phone(phone.said) for phone in holder.parts("Phones", "Phone")]
    return tuple(phone for phone in found if phone.number)


def read_email(said: Cells) -> str:
    """The e-mail address of a pupil or a contact."""
    return said.form("Email", _EMAIL)


def read_sex(said: Cells, *, required: bool = False) -> str:
    """Sex, which the format called Gender before 2023."""
    return said.choice("Gender" if "Gender" in said.values else "Sex", SEXES, required=required)


def read_address(holder: Part) -> Address | None:
    """The address of a pupil or a contact, None when nothing is said."""
    address = holder.part("Address")
    if address is None:
        return None
    outer, split, plain = address.said, address.part("BS7666Address"), address.part("AddressLines")
    inner = (split or plain or address).said
    if split or "PAON" in inner.values or "Street" in inner.values:
        lines, town, state = _of_bs7666(inner)
    else:
        lines, town, state = [inner.text(f"AddressLine{number}") for number in range(1, 6)], "", ""
    address1, address2, address3 = _three([line for line in lines if line])
    return Address(
        line=outer.line,
        address1=address1,
        address2=address2,
        address3=address3,
        postal_town=town,
        postal_state=state or outer.text("County"),
        postal_code=_postcode(outer) or outer.text("Zip", longest=20),
        unique_property_reference_number=inner.form("UniquePropertyReferenceNumber", _UPRN),
        country=outer.text("Country"),
    )


def _of_bs7666(inner: Cells) -> tuple[list[str], str, str]:
    """The lines, post town and administrative area of an address in the split form."""
    street = f"{inner.text('PAON')} {inner.text('Street')}".strip()
    town, post_town = inner.text("Town"), inner.text("PostTown")
    lines = [inner.text("SAON"), street, inner.text("Locality")]
    if post_town and town != post_town:
        lines.append(town)
    return lines, post_town or town, inner.text("AdministrativeArea")


def _three(lines: list[str]) -> tuple[str, str, str]:
    """Any number of lines as three: what is over stands on the third."""
    first, second, *rest = [*lines, "", ""]
    return first, second, ", ".join(line for line in rest if line)


def _postcode(outer: Cells) -> str:
    value = outer.raw("PostCode").upper()
    parts = _POSTCODE.fullmatch(" ".join(value.split()))
    if value and parts is None:
        outer.note("PostCode", Reason.BAD_FORM, value)
    return f"{parts[1]} {parts[2]}" if parts else ""


def _phone(said: Cells) -> Phone:
    return Phone(said.line, said.choice("TelephoneType", PHONE_TYPES), said.form("PhoneNo", _PHONE, required=True))


def _contact(contact: Part) -> Contact:
    said = contact.said
    return Contact(
        line=said.line,
        order=said.number("Order" if "Order" in said.values else "Priority", most=99),
        title=said.text("Title", longest=40),
        first_name=said.text("Forename"),
        middle_names=said.text("MiddleNames"),
        last_name=said.text("Surname", required=True),
        sex=read_sex(said),
        relationship=said.form("Relationship", _RELATIONSHIP),
        has_responsibility=said.flag(
            "ParentalResponsibility" if "ParentalResponsibility" in said.values else "Responsibility"
        ),
        address=read_address(contact),
        lives_with_pupil=bool(said.flag("AddressAsPupil")),
        phones=read_phones(contact),
        email=read_email(said),
    )
