"""Which documents are one work: signatures of texts, likeness of two documents, works of many."""
