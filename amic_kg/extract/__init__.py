"""From pages to what they say: passages, mentions of entities with evidence, subjects, record."""
