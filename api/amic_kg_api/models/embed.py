"""What `/api/embed` gives; the names are a contract, see docs/reference."""

from __future__ import annotations

from pydantic import BaseModel, Field


class EmbedAddress(BaseModel):
    """How another site takes in the search box."""

    script: str = Field(description="Address of the script; it changes when the script does")
    integrity: str = Field(description="For the attribute integrity, as the W3C's SRI has it")
    html: str = Field(description="What to put into a page")
