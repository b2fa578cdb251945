"""The web API and the public pages of AMIC-KG: search, documents, linked data, SPARQL."""
