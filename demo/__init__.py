"""The demonstration: the whole loop on a real platform, through the public API alone, on scenes of the studio."""
