"""A tier that is full soon, in GB: ten seconds of sound."""

SMALL = 0.002
