"""How fast the decoder is beside its references."""
