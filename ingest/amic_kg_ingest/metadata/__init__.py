"""What catalogues write, in one form: pure functions over texts, shared by all sources of records.

Nothing is repaired silently: a value that is not understood gives None, and the sources keep what
was given beside what it was taken for.
"""
