"""Pages that tell of the records: the catalogue of data types and fields, and what is left out of it."""

from consentry.records.catalogue import catalogue
from consentry.records.models.left_out import LEFT_OUT
from consentry.rules.catalogue import DataType, Field
from docs.markdown import code, page, table

_ABOUT = """Everything that an app can ask for. Identity (`entityType`, `href`, `id`) comes with every record that may
be read, `displayName` where every field that it is made of may be; every other field is granted by name. **Special**
marks special-category data (UK GDPR Article 9: health, ethnicity, religion) and special educational needs."""

_NOT_HERE = """Fields that partner apps may know and that are not here, because they refer to a data type that is not
here yet. Naming one is answered like any field that does not exist."""


def catalogue_page() -> str:
    """Every data type with its fields."""
    types = list(catalogue())
    fields = sum(len(each.fields) for each in types)
    index = table(
        ["Data type", "Address", "Fields", "Special"],
        [
            [
                f"[{each.name}](#{each.name.lower()})",
                code(f"/rest-v2/{each.collection}"),
                str(len(each.fields)),
                _special(each),
            ]
            for each in types
        ],
    )
    counted = f"{len(types)} data types with {fields} fields."
    return page("Catalogue of data types", _ABOUT, counted, index, *map(_data_type, types))


def _special(data_type: DataType) -> str:
    marked = len(data_type.special_fields)
    return str(marked) if marked else ""


def _data_type(data_type: DataType) -> str:
    rows = [
        [code(field.name), field.label, _kind(field), "special" if field.special else ""]
        for field in data_type.fields.values()
    ]
    told = f"{data_type.plural}, at `/rest-v2/{data_type.collection}`, each addressed by its {data_type.addressed_by}."
    if data_type.display:
        parts = " + ".join(" or ".join(code(".".join(path)) for path in part) for part in data_type.display)
        told += f" `displayName` is made of {parts}."
    return "\n\n".join([f"## {data_type.name}", told, table(["Field", "Label", "Kind", ""], rows)])


def _kind(field: Field) -> str:
    return f"{field.kind.value}: [{field.target}](#{field.target.lower()})" if field.target else field.kind.value


def left_out_page() -> str:
    """The fields that are left out, by data type."""
    rows = [[name, ", ".join(map(code, fields))] for name, fields in sorted(LEFT_OUT.items())]
    return page("Fields that are left out", _NOT_HERE, table(["Data type", "Fields"], rows))
