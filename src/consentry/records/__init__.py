"""The school's data: typed models by domain, the catalogue read from them, revisions, compiling a page, writing."""
