"""Names in running text: linked to the registry, or candidates; persons are none of it."""
