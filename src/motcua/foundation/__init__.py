"""What every room stands on; no citizen, no dossier, no index here."""
