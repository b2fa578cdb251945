"""All that must hold of ontology/: syntax, SKOS, shapes, reasoning, links, mappings, coverage.

`make ontology-check` runs it; `make ontology-check ARGS="shapes coverage"` runs these parts alone.
"""
