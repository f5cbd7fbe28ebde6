"""Attention of one new column over what the slots remember, in two ways that agree.

Shapes of both: `queries` (n, rows, head, .), one of each of the `slots`; `keys` and `values` (slot, rows, head, column,
.), of which the first `lengths` columns are filled. They return the shape of `queries`.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn.functional import scaled_dot_product_attention


def slot_by_slot(queries: Tensor, keys: Tensor, values: Tensor, slots: Sequence[int], lengths: Sequence[int]) -> Tensor:
    """For a CPU: each slot looks at its own columns alone, so who else is there changes not even its last digit."""
    found = [
        scaled_dot_product_attention(query.unsqueeze(2), keys[slot, :, :, :length], values[slot, :, :, :length])
        for query, slot, length in zip(queries, slots, lengths, strict=True)
    ]
    return torch.stack(found).squeeze(3)


def all_at_once(queries: Tensor, keys: Tensor, values: Tensor, slots: Sequence[int], lengths: Sequence[int]) -> Tensor:
    """For a GPU, where many small calls cost more than columns that are masked."""
    n, rows, _, _ = queries.shape
    longest, device = max(lengths), queries.device
    together = slice(n) if list(slots) == list(range(n)) else torch.tensor(slots, device=device)  # a view, or a copy
    seen = torch.arange(longest, device=device) < torch.tensor(lengths, device=device)[:, None]
    found = scaled_dot_product_attention(
        queries.flatten(0, 1).unsqueeze(2),
        keys[together][:, :, :, :longest].flatten(0, 1),
        values[together][:, :, :, :longest].flatten(0, 1),
        attn_mask=seen.repeat_interleave(rows, 0)[:, None, None],
    )
    return found.squeeze(2).unflatten(0, (n, rows))
