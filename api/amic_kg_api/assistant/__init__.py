"""The collection as tools for AI assistants; `server` speaks the protocol, the rest does not."""
