"""What a citizen meets: the procedures an office offers and the dossiers it settles."""
