"""What everybody can see of published pieces: gallery, feeds, the proof of each (DIST-1)."""
