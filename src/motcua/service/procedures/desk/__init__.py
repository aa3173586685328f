"""Officers' screens of procedures."""
