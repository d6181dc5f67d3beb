"""The code lists about persons: genders, titles, ethnicities, religions, languages, countries."""

from django.db import models

from consentry.records.data_type import Declared
from consentry.records.fields import AnyReference, Reference
from consentry.records.models.base import Record
from consentry.records.models.code_list import CodeList
from consentry.records.models.constraints import one_per_school


class Gender(CodeList):
    """A gender as a school records it."""

    data_type = Declared(addressed_by="code", display=("longName|shortName|code",))

    short_name = models.TextField(null=True)
    long_name = models.TextField(null=True)

    class Meta(CodeList.Meta):
        verbose_name = "gender"
        verbose_name_plural = "genders"


class Title(CodeList):
    """A form of address before a name, such as Ms or Dr."""

    data_type = Declared(addressed_by="code", display=("title|code",))

    title = models.TextField(null=True)
    is_male = models.BooleanField(default=False, db_default=False)
    is_female = models.BooleanField(default=False, db_default=False)

    class Meta(CodeList.Meta):
        verbose_name = "title"
        verbose_name_plural = "titles"


class Ethnicity(CodeList):
    """An ethnic background by the codes of the Department for Education."""

    data_type = Declared(addressed_by="code", display=("ethnicityName|code",))

    ethnicity_name = models.TextField(null=True)
    applies_to_students = models.BooleanField(default=True, db_default=True)
    applies_to_staff = models.BooleanField(default=True, db_default=True)
    notes = models.TextField(null=True)
    export_code = models.TextField(null=True)
    dfes_main_code = models.TextField(null=True, verbose_name="DfE main code")
    d00005 = models.TextField(null=True, verbose_name="DfE code (D00005)")
    ons_code = models.TextField(null=True, verbose_name="ONS code")
    d00250 = models.TextField(null=True, verbose_name="DfE code (D00250)")

    class Meta(CodeList.Meta):
        verbose_name = "ethnicity"
        verbose_name_plural = "ethnicities"


class Religion(CodeList):
    """A religion or belief."""

    data_type = Declared(addressed_by="code", display=("label|code",))

    label = models.TextField(null=True)
    d00009 = models.TextField(null=True, verbose_name="DfE code (D00009)")
    d00195 = models.TextField(null=True, verbose_name="DfE code (D00195)")

    class Meta(CodeList.Meta):
        verbose_name = "religion"
        verbose_name_plural = "religions"


class Language(CodeList):
    """A language, spoken or signed."""

    data_type = Declared(addressed_by="code", display=("label|code",))

    label = models.TextField(null=True)
    iso6391_alpha2 = models.TextField(null=True, verbose_name="ISO 639-1 code")
    iso6392_alpha3 = models.TextField(null=True, verbose_name="ISO 639-2 code")
    iso6392_alpha3_terminology = models.TextField(null=True, verbose_name="ISO 639-2 terminology code")
    parent_code = models.TextField(null=True)
    d00011_alpha3 = models.TextField(null=True, verbose_name="DfE code (D00011), three letters")
    d00011_alpha4 = models.TextField(null=True, verbose_name="DfE code (D00011), four letters")

    class Meta(CodeList.Meta):
        verbose_name = "language"
        verbose_name_plural = "languages"


class LanguageAbility(Record):
    """How well a person knows a language, and whether it is their first."""

    data_type = Declared(display=("language.label",))

    person = AnyReference()
    language = Reference("Language", index=False)
    is_first_language = models.BooleanField(null=True)
    is_native_language = models.BooleanField(null=True)
    speaks_language = models.BooleanField(null=True)
    understands_language = models.BooleanField(null=True)
    is_spoken_at_home = models.BooleanField(null=True)
    language_proficiency = models.TextField(null=True)
    notes = models.TextField(null=True)

    class Meta:
        verbose_name = "language ability"
        verbose_name_plural = "language abilities"
        constraints = [one_per_school("person_id", "person_type", "language_id", name="once")]


class Country(CodeList):
    """A country or territory of ISO 3166."""

    data_type = Declared(addressed_by="code", display=("shortName|longName|code",))

    short_name = models.TextField(null=True)
    long_name = models.TextField(null=True)
    iso31661_alpha2 = models.TextField(null=True, verbose_name="ISO 3166-1 code, two letters")
    iso31661_alpha3 = models.TextField(null=True, verbose_name="ISO 3166-1 code, three letters")
    iso31661_numeric = models.TextField(null=True, verbose_name="ISO 3166-1 number")
    note = models.TextField(null=True)
    applies_to_postal_address = models.BooleanField(default=True, db_default=True)

    class Meta(CodeList.Meta):
        verbose_name = "country"
        verbose_name_plural = "countries"
