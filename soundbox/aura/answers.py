"""What programs read about Aura."""

from __future__ import annotations

from pydantic import BaseModel, Field


class AuraAnswer(BaseModel):
    balance: int = Field(description="Aura that can be spent")
    held: int = Field(description="Aura set aside for skips that are not settled yet")
    packs: list[dict[str, object]] = Field(description="What can be bought here; nothing without a shop")
