"""Concepts and registered names by their labels, each read by what stands around it."""
