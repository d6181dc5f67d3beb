"""How the people of a common transfer file are reached: e-mail, telephones, address."""

from collections import Counter
from typing import Final

from consentry.imports.applying.batch import Batch
from consentry.imports.ctf.rows import Address, Phone
from consentry.imports.ctf.sheets import ADDRESS, EMAIL, OCCUPANCY, PHONE
from consentry.records.models import Country, EmailAddress, PostalAddress, PostalAddressOccupancy, TelephoneNumber

_PHONE_TYPES: Final = {
    "H": "Home",
    "M": "Mobile",
    "W": "Work",
    "A": "Alternate",
    "F": "Fax",
    "D": "Minicom",
    "O": "Other",
}


def stage_email(batch: Batch, address: str, owner_type: str, owner: int) -> None:
    """Stage the e-mail address of a student or a guardian, if there is one."""
    if not address:
        return
    key = f"{owner_type}:{owner}:email".lower()
    batch.add(
        EMAIL,
        batch.ids(EmailAddress).of(key),
        email_address=address,
        email_address_owner_type=owner_type,
        email_address_owner_id=owner,
        source_key=key,
    )


def stage_phones(batch: Batch, phones: tuple[Phone, ...], owner_type: str, owner: int) -> None:
    """Stage the telephones of a student or a guardian, known by their type and place among those of the type."""
    of_type: Counter[str] = Counter()
    for ranking, phone in enumerate(phones, start=1):
        of_type[phone.type] += 1
        key = f"{owner_type}:{owner}:telephone:{phone.type}{of_type[phone.type]}".lower()
        batch.add(
            PHONE,
            batch.ids(TelephoneNumber).of(key),
            number=phone.number,
            telephone_number_ranking=ranking,
            number_owner_type=owner_type,
            number_owner_id=owner,
            telephone_number_type=_PHONE_TYPES.get(phone.type),
            source_key=key,
        )


def stage_home(batch: Batch, address: Address | None, owner_type: str, owner: int) -> int | None:
    """Stage the own address of a student or a guardian and that they live there; its id, None when there is none."""
    if address is None:
        return None
    key = f"{owner_type}:{owner}:home".lower()
    number = batch.ids(PostalAddress).of(key)
    batch.add(
        ADDRESS,
        number,
        address1=address.address1,
        address2=address.address2,
        address3=address.address3,
        postal_town=address.postal_town,
        postal_state=address.postal_state,
        postal_code=address.postal_code,
        unique_property_reference_number=address.unique_property_reference_number,
        country_id=batch.code(Country, address.country, address.line, "Country"),
        source_key=key,
    )
    stage_occupancy(batch, number, owner_type, owner)
    return number


def stage_occupancy(batch: Batch, address: int, occupant_type: str, occupant: int) -> None:
    """Stage that a student or a guardian lives at this address and gets post there."""
    key = f"{occupant_type}:{occupant}:home".lower()
    batch.add(
        OCCUPANCY,
        batch.ids(PostalAddressOccupancy).of(key),
        postal_address_id=address,
        occupant_type=occupant_type,
        occupant_id=occupant,
        postal_address_type="Home",
        is_correspondence_address=True,
        source_key=key,
    )
