"""One module a capability; routes speak to the ports in `Services`, never to an engine."""
