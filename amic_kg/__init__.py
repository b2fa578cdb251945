"""The core of AMIC-KG: values, language, extraction, graph, index; no web framework, no feed."""

from importlib.metadata import version

__version__ = version("amic-kg")
