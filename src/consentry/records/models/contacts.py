"""How people are reached: e-mail, telephone, post."""

from django.db import models

from consentry.records.data_type import Declared
from consentry.records.fields import AnyReference, Reference
from consentry.records.models.constraints import between, in_order
from consentry.records.models.imported import ImportedRecord


class EmailAddress(ImportedRecord):
    """An e-mail address of a person."""

    data_type = Declared(display=("emailAddress",))

    email_address_owner = AnyReference(verbose_name="email address owner")
    email_address_type = models.TextField(null=True, verbose_name="email address type")
    email_address = models.TextField(verbose_name="email address")
    data_order = models.IntegerField(null=True)
    role = models.BooleanField(null=True, verbose_name="belongs to a role")
    free = models.BooleanField(null=True, verbose_name="from a free provider")
    disposable = models.BooleanField(null=True)

    class Meta(ImportedRecord.Meta):
        verbose_name = "email address"
        verbose_name_plural = "email addresses"


class TelephoneNumber(ImportedRecord):
    """A telephone number of a person."""

    data_type = Declared(display=("number",))

    number_owner = AnyReference()
    telephone_number_type = models.TextField(null=True)
    number = models.TextField()
    extension_number = models.TextField(null=True)
    notes = models.TextField(null=True)
    telephone_number_ranking = models.IntegerField(null=True)

    class Meta(ImportedRecord.Meta):
        verbose_name = "telephone number"
        verbose_name_plural = "telephone numbers"


class PostalAddress(ImportedRecord):
    """A place that post is sent to; occupancies say who lives there and since when."""

    data_type = Declared(display=("address1", "postalTown", "postalCode"))

    address1 = models.TextField(null=True, verbose_name="address line 1")
    address2 = models.TextField(null=True, verbose_name="address line 2")
    address3 = models.TextField(null=True, verbose_name="address line 3")
    postal_town = models.TextField(null=True, verbose_name="town")
    postal_state = models.TextField(null=True, verbose_name="county")
    postal_code = models.TextField(null=True, verbose_name="postcode")
    unique_property_reference_number = models.TextField(
        null=True, verbose_name="unique property reference number (UPRN)"
    )
    country = Reference("Country", null=True, index=False)
    lat = models.DecimalField(null=True, max_digits=9, decimal_places=6, verbose_name="latitude")
    lng = models.DecimalField(null=True, max_digits=9, decimal_places=6, verbose_name="longitude")
    geocode_type = models.TextField(null=True)

    class Meta(ImportedRecord.Meta):
        verbose_name = "postal address"
        verbose_name_plural = "postal addresses"
        constraints = [*ImportedRecord.Meta.constraints, between("lat", -90, 90), between("lng", -180, 180)]


class PostalAddressOccupancy(ImportedRecord):
    """That someone lives at, or gets post at, an address for a time."""

    data_type = Declared(display=("postalAddress.address1", "postalAddress.postalTown", "postalAddress.postalCode"))

    postal_address = Reference("PostalAddress")
    occupant = AnyReference()
    effective_date = models.DateField(null=True)
    end_date = models.DateField(null=True)
    postal_address_type = models.TextField(null=True)
    is_correspondence_address = models.BooleanField(null=True)

    class Meta(ImportedRecord.Meta):
        verbose_name = "postal address occupancy"
        verbose_name_plural = "postal address occupancies"
        constraints = [*ImportedRecord.Meta.constraints, in_order("effective_date", "end_date")]
