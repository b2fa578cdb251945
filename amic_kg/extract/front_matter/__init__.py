"""Bibliographic front matter: title, authors, supervisors, publisher, year, identifiers and more.

Each field carries the place on the page that says so. Labels in Finnish, English and Swedish come
first, then what the lines of cover and title page are by their shape and place.
"""

from amic_kg.extract.front_matter.fields import Field, FieldName, FrontMatter
from amic_kg.extract.front_matter.reader import FrontMatterReader, read_front_matter

__all__ = ["Field", "FieldName", "FrontMatter", "FrontMatterReader", "read_front_matter"]
