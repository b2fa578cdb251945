"""How good extraction is: gold sets by reading, corpora of others, and the figures over them."""
