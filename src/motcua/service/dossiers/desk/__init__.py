"""Officers' screens of dossiers: the queue, the page of one, intake, and the head's page."""
