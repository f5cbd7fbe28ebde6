MIDDLE = (0.0,) * 48
SPREAD = (1.0,) * 48
