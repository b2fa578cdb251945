"""Mines and deposits by their names, in whatever spelling."""
