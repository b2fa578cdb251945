"""From records to the knowledge graph: quads (pure), and the stores that hold and answer them."""
