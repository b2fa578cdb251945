"""Statements in running text, each with the sentence, row or item that says so."""

from amic_kg.extract.statements.finding import find_statements

__all__ = ["find_statements"]
